"""What every endpoint works with: the open book, the settings, and who asks."""

from __future__ import annotations

import getpass
from typing import Annotated

from fastapi import Depends, Request

from rallybook.opened import OpenBook
from rallybook.server.callers import NOBODY, Caller
from rallybook.server.settings import Settings
from rallybook.version import __version__


class Shelf:
    """An open book that is served."""

    def __init__(self, opened: OpenBook, settings: Settings, *, name: str) -> None:
        self.opened = opened
        self.settings = settings
        self.name = name

    def mark(self) -> str:
        """Give a mark of the state of the book, of the program and of how much it shows."""
        return f"{self.opened.book.state()}/{__version__}/{self.settings.texts}"

    def caller(self, request: Request) -> Caller:  # noqa: ARG002 - accounts will look at it
        """Tell who asks."""
        return _this_user() if self.settings.is_local else NOBODY


def shelf(request: Request) -> Shelf:
    """Give the shelf of the server that got a request."""
    found = request.app.state.shelf
    assert isinstance(found, Shelf)
    return found


def _this_user() -> Caller:
    try:
        name = getpass.getuser()
    except (KeyError, OSError):  # no name for this user
        name = "local"
    return Caller(name=name, role="admin", local=True)


Here = Annotated[Shelf, Depends(shelf)]
