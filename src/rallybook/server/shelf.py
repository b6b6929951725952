"""What every endpoint works with: the open book, the settings, and who asks."""

from __future__ import annotations

from functools import partial
from threading import BoundedSemaphore
from typing import Annotated

import msgspec
from fastapi import Depends, Request

from rallybook.accounts import Accounts
from rallybook.errors import InputError
from rallybook.model.keeping import Figures
from rallybook.model.question import Question
from rallybook.opened import OpenBook
from rallybook.server.callers import Caller
from rallybook.server.doorkeeper import AccountDoorkeeper, Doorkeeper, LocalDoorkeeper
from rallybook.server.metrics import Requests
from rallybook.server.remembered import Remembered, Timed
from rallybook.server.review_queue import queued
from rallybook.server.settings import Settings
from rallybook.version import __version__

MOST_EXPORTS = 4
# seconds; to count what needs a person takes up to two
_REVIEW_S = 300.0


class Shelf:
    """An open book that is served, and the one who tells who asks."""

    def __init__(self, opened: OpenBook, settings: Settings, doorkeeper: Doorkeeper, *, name: str) -> None:
        self.opened = opened
        self.settings = settings
        self.doorkeeper = doorkeeper
        self.name = name
        self.remembered = Remembered()
        # each export holds a connection, and one state of the book, until its last piece is sent
        self.exports = BoundedSemaphore(MOST_EXPORTS)
        self.requests = Requests()
        self._for_review = Timed(partial(queued, opened.book), seconds=_REVIEW_S)

    def mark(self) -> str:
        """Give a mark of the state of the book, of the program and of how much it shows."""
        return f"{self.opened.book.state()}/{__version__}/{self.settings.texts}"

    def facets(self, asked: Question) -> dict[str, dict[str, int]]:
        """Give the facets of the events that fulfil a question, which several parts of one page ask for."""
        mark = self.mark()
        tag = f"facets {mark} {msgspec.json.encode(asked).decode()}"
        if (kept := self.remembered.get(tag)) is not None:
            return msgspec.json.decode(kept, type=dict[str, dict[str, int]])
        counted = self.opened.book.facets(asked)
        if self.mark() == mark:
            self.remembered.put(tag, msgspec.json.encode(counted))
        return counted

    def caller(self, request: Request) -> Caller:
        """Tell who asks."""
        known = getattr(request.state, "caller", None)
        if not isinstance(known, Caller):
            known = request.state.caller = self.doorkeeper.caller(request)
        return known

    def figures(self) -> tuple[Figures, int]:
        """Give what the book has in numbers, and how many events needed a person when that was counted last."""
        return self.opened.book.figures(), self._for_review()

    def close(self) -> None:
        """Let go of the book and the accounts."""
        if isinstance(self.doorkeeper, AccountDoorkeeper):
            self.doorkeeper.accounts.close()
        self.opened.close()


def shelf(request: Request) -> Shelf:
    """Give the shelf of the server that got a request."""
    found = request.app.state.shelf
    assert isinstance(found, Shelf)
    return found


def doorkeeper_of(accounts: Accounts, settings: Settings) -> Doorkeeper:
    """Give the one who tells who asks; raises `InputError` where everybody could reach a server without accounts."""
    if accounts.all():
        return AccountDoorkeeper(accounts, settings)
    accounts.close()
    if not settings.is_local:
        allowed = (
            "127.0.0.1 as long as there is no account; `rallybook account add NAME --role admin` makes one"
        )
        raise InputError("host", settings.host, allowed)
    return LocalDoorkeeper()


Here = Annotated[Shelf, Depends(shelf)]
