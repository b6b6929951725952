"""What systemd and Docker are given: sound, telling commands that are there, with no rights that are not needed."""

import fnmatch
import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import typer
import yaml
from source import ROOT

from rallybook.cli.app import app
from rallybook.cli.settings import settings_of

_DEPLOY = ROOT / "deploy"
_UNITS = sorted((_DEPLOY / "systemd").glob("rallybook-*"))
_SERVICES = [unit for unit in _UNITS if unit.suffix == ".service"]
_INSTALLED = "/opt/rallybook/bin/rallybook"
# tenths of what systemd calls the exposure of a service: 10 is everything, below 2 is "OK"
_MOST_EXPOSED = 20
needs_systemd = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None,
    reason="systemd-analyze is not installed (Debian package systemd)",
)


@pytest.fixture
def units(tmp_path):
    """The units, as if rallybook were installed where this Python is."""
    here = Path(sys.executable).with_name("rallybook")
    for unit in _UNITS:
        told = unit.read_text(encoding="utf-8").replace(_INSTALLED, str(here))
        (tmp_path / unit.name).write_text(told, encoding="utf-8")
    return tmp_path


def _analyze(*arguments):
    return subprocess.run(
        ["systemd-analyze", *map(str, arguments)], capture_output=True, text=True, timeout=60, check=False
    )


@needs_systemd
def test_systemd_takes_the_units(units):
    result = _analyze("verify", "--man=no", *sorted(units.iterdir()))
    assert (result.returncode, [line for line in result.stderr.splitlines() if "rallybook" in line]) == (
        0,
        [],
    )


@needs_systemd
@pytest.mark.parametrize("service", _SERVICES, ids=lambda service: service.name)
def test_a_service_has_few_rights(units, service):
    result = _analyze("security", "--offline=true", f"--threshold={_MOST_EXPOSED}", units / service.name)
    assert result.returncode == 0, result.stdout


@needs_systemd
@pytest.mark.parametrize(
    "timer", [unit for unit in _UNITS if unit.suffix == ".timer"], ids=lambda timer: timer.name
)
def test_a_timer_has_a_service_and_a_time(timer):
    assert timer.with_suffix(".service") in _SERVICES
    (when,) = re.findall(r"^OnCalendar=(.*)$", timer.read_text(encoding="utf-8"), re.MULTILINE)
    assert _analyze("calendar", when).returncode == 0


@pytest.mark.parametrize("service", _SERVICES, ids=lambda service: service.name)
def test_a_service_runs_a_command_that_is_there(service):
    (line,) = re.findall(r"^ExecStart=(.*)$", service.read_text(encoding="utf-8"), re.MULTILINE)
    program, verb, *words = shlex.split(line)
    assert program == _INSTALLED
    _check_options(verb, words)


def test_the_settings_are_those_that_are_there():
    told = settings_of(_DEPLOY / "rallybook.toml", typer.main.get_command(app).commands)
    assert told["serve"]["book"] == told["watch"]["book"] == "/var/lib/rallybook/rallybook.db"


def _check_options(verb, words):
    known = {option for part in typer.main.get_command(app).commands[verb].params for option in part.opts}
    assert {word for word in words if word.startswith("--")} <= known


# --- Docker


def _instructions():
    """Give the instructions of the Dockerfile with their words."""
    text = (_DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    lines = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))
    return [tuple(line.split(maxsplit=1)) for line in lines.replace("\\\n", " ").splitlines() if line.strip()]


def _all(name):
    return [words for instruction, words in _instructions() if instruction == name]


def _last_stage():
    every = _instructions()
    return every[max(i for i, (name, _) in enumerate(every) if name == "FROM") :]


def test_an_image_is_built_in_two_stages_from_a_pinned_base():
    assert _all("FROM") == ["python:3.11-slim AS build", "python:3.11-slim"]
    assert {name for name, _ in _instructions()} <= {
        "FROM", "WORKDIR", "COPY", "RUN", "ENV", "VOLUME", "USER", "EXPOSE", "STOPSIGNAL", "HEALTHCHECK",
        "ENTRYPOINT", "CMD",
    }  # fmt: skip


def test_the_image_does_not_run_as_root():
    stage = _last_stage()
    (user,) = [words for name, words in stage if name == "USER"]
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", user)
    after = [name for name, _ in stage[[name for name, _ in stage].index("USER") :]]
    assert "RUN" not in after
    assert "COPY" not in after
    made = next(words for name, words in stage if name == "RUN")
    assert all(
        f"--{kind} {number}" in made for kind, number in zip(("uid", "gid"), user.split(":"), strict=True)
    )


@pytest.mark.parametrize("name", ["ENTRYPOINT", "CMD", "VOLUME"])
def test_programs_are_named_as_lists(name):
    assert all(isinstance(word, str) for word in json.loads(_all(name)[-1]))


def test_the_image_starts_a_command_that_is_there():
    program = json.loads(_all("ENTRYPOINT")[0])
    verb, *words = json.loads(_all("CMD")[0])
    assert program == ["rallybook"]
    _check_options(verb, words)


def test_the_check_of_health_is_a_program_that_fails_where_the_server_does_not_answer():
    (check,) = _all("HEALTHCHECK")
    program = json.loads(check.partition("CMD ")[2])
    assert program[:2] == ["python", "-c"]
    assert "/health/ready" in program[2]
    # nothing listens at port 9, which is for throwing away
    silent = program[2].replace(":8000", ":9")
    assert subprocess.run(
        [sys.executable, "-c", silent], capture_output=True, timeout=30, check=False
    ).returncode


def test_what_is_copied_is_there_and_let_through():
    ignored = (_DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    let_through = [line[1:] for line in ignored if line.startswith("!")]
    assert "*" in ignored
    for words in _all("COPY"):
        if words.startswith("--from"):
            continue
        for source in words.split()[:-1]:
            name = source.removeprefix("./")
            assert (ROOT / name).exists(), name
            assert any(fnmatch.fnmatch(name, allowed) for allowed in let_through), name


@pytest.mark.parametrize("script", _all("RUN"))
def test_a_script_of_the_image_is_one_that_a_shell_takes(script):
    assert subprocess.run(["sh", "-n", "-c", script], check=False, timeout=10).returncode == 0
    assert not re.search(r"\bsudo\b|curl|wget|apt-get|;", script)
    if "pip install" in script or "pip wheel" in script:
        assert script.count("--no-cache-dir") == len(re.findall(r"pip (?:install|wheel)", script))


def test_the_composition_gives_no_rights():
    told = yaml.safe_load((_DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    (service,) = told["services"].values()
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert [volume.partition(":")[2] for volume in service["volumes"]] == json.loads(_all("VOLUME")[0])
    assert all(port.startswith("127.0.0.1:") for port in service["ports"])
    assert (_DEPLOY / service["build"]["context"] / service["build"]["dockerfile"]).is_file()


@pytest.mark.parametrize(
    "file", [file for file in sorted(_DEPLOY.rglob("*")) if file.is_file()], ids=lambda file: file.name
)
def test_no_host_of_the_internet_is_named(file):
    hosts = re.findall(r"https?://([^/:'\"\s]+)", file.read_text(encoding="utf-8"))
    assert set(hosts) <= {"127.0.0.1"}
