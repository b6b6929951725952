import pytest
import typer

from rallybook.cli.exits import quiet_exits
from rallybook.errors import InputError, SourceError


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (InputError("colour", "red", ["blue"]), 2),
        (SourceError("a.txt", "is a folder"), 1),
        (OSError(28, "No space left on device", "out.csv"), 1),
        (KeyboardInterrupt(), 130),
    ],
)
def test_each_kind_of_error_has_its_exit_code(error, code):
    with pytest.raises(typer.Exit) as stop, quiet_exits():
        raise error
    assert stop.value.exit_code == code


def test_an_error_is_said_in_one_line_on_stderr(capsys):
    with pytest.raises(typer.Exit), quiet_exits():
        raise InputError("colour", "red", ["blue", "green"])
    said = capsys.readouterr()
    assert said.err == "rallybook: colour: received 'red', allowed: blue, green\n"
    assert said.out == ""


def test_a_run_without_errors_goes_on():
    with quiet_exits():
        pass


def test_errors_that_nobody_foresaw_are_not_hidden():
    with pytest.raises(ZeroDivisionError), quiet_exits():
        raise ZeroDivisionError
