"""Options from a file of TOML: below those of the command and the environment, checked like them."""

import json
import os
import subprocess
import sys

import pytest
import typer

from rallybook.cli.app import app
from rallybook.cli.settings import settings_of
from rallybook.errors import InputError
from rallybook.server import running


@pytest.fixture
def settings(tmp_path):
    def write(text):
        file = tmp_path / "rallybook.toml"
        file.write_text(text)
        return file

    return write


@pytest.fixture
def started(monkeypatch):
    told = []
    monkeypatch.setattr(running.uvicorn, "run", lambda app, **options: told.append((app, options)))
    return told


def test_a_file_says_what_the_options_are(rallybook, book, settings, started):
    file = settings('[serve]\nport = 8123\ntexts = "none"\nprivate = true\n')
    assert rallybook("--settings", file, "serve").exit_code == 0
    ((served, options),) = started
    told = served.state.shelf.settings
    assert (options["port"], told.texts, told.open_to_all) == (8123, "none", False)


def test_the_command_outranks_the_environment_and_that_the_file(
    rallybook, book, settings, tmp_path, monkeypatch
):
    other = tmp_path / "other.db"
    file = settings(f'book = "{other}"\n[events]\nlimit = 1\n')
    # RALLYBOOK_BOOK is set to a book that is there
    assert rallybook("--settings", file, "events", "--format", "jsonl").stdout.count("\n") == 1
    assert rallybook("--settings", file, "events", "--format", "jsonl", "--limit", 2).stdout.count("\n") == 2
    monkeypatch.delenv("RALLYBOOK_BOOK")
    result = rallybook("--settings", file, "events")
    assert result.exit_code == 1
    assert f"{other}: received no such file" in result.stderr


def test_the_environment_names_the_file(rallybook, book, settings, monkeypatch):
    monkeypatch.setenv("RALLYBOOK_SETTINGS", str(settings("[events]\nlimit = 1\n")))
    assert rallybook("events", "--format", "jsonl").stdout.count("\n") == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[serv]\nport = 1\n", r"rallybook.toml: received 'serv', allowed: book, \[code\].*\[serve\]"),
        ("[serve]\nports = 1\n", r"rallybook.toml: \[serve\]: received 'ports', allowed: host, port"),
        ("serve = 3\n", r"rallybook.toml: received 'serve', allowed: a table, \[serve\]"),
        ("[serve]\nport = [1]\n", r"\[serve\] port: received \[1\], allowed: a text, a number"),
        ("port: 1\n", r"--settings: received '.*rallybook.toml', allowed: a file of TOML \(Expected '='"),
        ("\x00", "allowed: a file of TOML"),
    ],
)
def test_what_is_none_is_named(settings, text, said):
    with pytest.raises(InputError, match=said):
        settings_of(settings(text), typer.main.get_command(app).commands)


def test_a_wrong_file_ends_the_run_in_a_line(rallybook, settings):
    result = rallybook("--settings", settings("[serv]\n"), "events")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)


def test_a_missing_file_is_named(rallybook, tmp_path):
    result = rallybook("--settings", tmp_path / "none.toml", "events")
    assert result.exit_code == 1
    assert "none.toml: No such file" in result.stderr


def test_a_wrong_value_is_refused_as_on_the_command_line(rallybook, settings):
    result = rallybook("--settings", settings("[serve]\nport = 99999\n"), "serve")
    assert result.exit_code == 2
    assert "--port" in result.stderr


def _run(*arguments, **environment):
    return subprocess.run(
        [sys.executable, "-c", "from rallybook.cli.app import run; run()", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, **environment},
    )


def test_all_that_is_said_is_json_where_asked(tmp_path):
    rows = tmp_path / "rows.jsonl"
    rows.write_text('{"text": 3}\n')
    result = _run("--log", "json", "add", rows, "--book", tmp_path / "book.db", "--jobs", 1)
    assert result.returncode == 1
    lines = [json.loads(line) for line in result.stderr.splitlines()]
    assert {line["level"] for line in lines} == {"info", "warning"}
    (failed,) = [line for line in lines if line["level"] == "warning"]
    assert failed["stage"] == "read"
    assert failed["article"].endswith("rows.jsonl:1")


def test_an_error_is_json_where_asked(tmp_path):
    result = _run("events", "--book", tmp_path / "none.db", RALLYBOOK_LOG="json")
    line = json.loads(result.stderr)
    assert (result.returncode, line["level"]) == (1, "error")
    assert "no such file" in line["event"]


def test_an_unforeseen_error_is_json_where_asked(tmp_path):
    program = (
        "import rallybook.cli.book as b; import rallybook.cli.events as e; e.opened = lambda *_: 1 / 0; "
    )
    result = subprocess.run(
        [
            sys.executable,
            "-c",
            program + "from rallybook.cli.app import run; run()",
            "--log",
            "json",
            "events",
        ],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert json.loads(result.stderr)["event"].startswith("stopped by an unforeseen error: ZeroDivisionError")


def test_other_forms_are_named(rallybook):
    result = rallybook("--log", "xml", "events")
    assert result.exit_code == 2
    assert "json" in result.stderr
