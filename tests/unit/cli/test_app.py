import os
import signal
import subprocess
import sys
import time

import pytest

from rallybook.version import __version__

_RUN = "from rallybook.cli.app import run; run()"
# a shell that starts the tests behind it has its children ignore interrupts
_HEARS = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "


def _command(*arguments, **options):
    return subprocess.run(
        [sys.executable, "-c", _RUN, *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        **options,
    )


def test_version_is_printed(rallybook):
    assert rallybook("--version").stdout == f"rallybook {__version__}\n"


def test_help_lists_the_verbs(rallybook):
    text = rallybook("--help").stdout
    for verb in ("code", "ground", "evaluate"):
        assert f"\n  {verb} " in text


def test_an_unknown_verb_is_a_usage_error(rallybook):
    result = rallybook("cod")
    assert result.exit_code == 2
    assert "cod" in result.stderr


def test_a_closed_pipe_ends_the_run_in_silence(articles):
    shell = f"{sys.executable} -c '{_RUN}' code {articles} {articles} --format jsonl --jobs 1 | true"
    result = subprocess.run(["bash", "-c", shell], capture_output=True, text=True, timeout=60, check=False)
    assert (result.stdout, result.stderr) == ("", "")


def test_nothing_to_read_on_a_terminal_is_a_usage_error():
    ours, theirs = os.openpty()
    result = _command("code", stdin=theirs)
    os.close(ours)
    os.close(theirs)
    assert result.returncode == 2
    assert "nothing to read" in result.stderr


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_interrupt_ends_the_run_in_silence(jobs):
    process = subprocess.Popen(
        [sys.executable, "-c", _HEARS + _RUN, "code", "-", "--jobs", jobs],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    time.sleep(1.5)  # it waits for standard input by then
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (130, "", "")


def test_an_unforeseen_error_is_one_line():
    broken = "import rallybook.cli.code as code; code.jobs_of = lambda _: 1 / 0; " + _RUN
    result = subprocess.run(
        [sys.executable, "-c", broken, "code", "x"], capture_output=True, text=True, timeout=60, check=False
    )
    assert result.returncode == 1
    assert result.stderr == "rallybook: stopped by an unforeseen error: ZeroDivisionError: division by zero\n"


def test_an_error_in_a_worker_is_one_line(articles):
    broken = "import rallybook.api as api; api.coder = lambda: 1 / 0; " + _RUN
    result = subprocess.run(
        [sys.executable, "-c", broken, "code", str(articles), "--jobs", "2"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert result.returncode == 1
    assert len(result.stderr.splitlines()) == 1


def test_a_closed_standard_input_is_no_hindrance_to_reading_files(articles):
    shell = f"{sys.executable} -c '{_RUN}' ground {articles} <&-"
    result = subprocess.run(["bash", "-c", shell], capture_output=True, text=True, timeout=60, check=False)
    assert (result.returncode, result.stderr) == (0, "")
