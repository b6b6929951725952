"""How a verb ends: exit codes and the words on stderr, never a traceback."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator

import typer

from rallybook.errors import InputError, RallybookError
from rallybook.logs import say

DONE, SOME_FAILED, WRONG_USAGE = 0, 1, 2
_INTERRUPTED = 130  # 128 + SIGINT, as shells count


def usage_error(message: str) -> typer.Exit:
    """Say on stderr what is wrong with the command, and give the exit to raise."""
    say(message, level="error")
    return typer.Exit(WRONG_USAGE)


@contextlib.contextmanager
def quiet_exits() -> Iterator[None]:
    """Turn what can go wrong in a run into an exit code and one line on stderr.

    A reader that closes the pipe ("| head") ends the run in silence, as does Ctrl-C.
    """
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        # else Python would complain when it flushes stdout at its end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(DONE) from None
    except KeyboardInterrupt:
        raise typer.Exit(_INTERRUPTED) from None
    except InputError as error:
        raise usage_error(str(error)) from None
    except RallybookError as error:
        say(str(error), level="error")
        raise typer.Exit(SOME_FAILED) from None
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        say(f"{where}{error.strerror or error}", level="error")
        raise typer.Exit(SOME_FAILED) from None
