"""What every endpoint works with: the open book, the settings, and who asks."""

from __future__ import annotations

import copy
from functools import partial
from threading import BoundedSemaphore
from typing import Annotated, cast

import msgspec
from fastapi import Depends, Request

from rallybook.accounts import Accounts
from rallybook.errors import InputError
from rallybook.model.decision import WHOLE
from rallybook.model.keeping import Figures
from rallybook.model.question import Question
from rallybook.opened import OpenBook
from rallybook.ports import Book
from rallybook.reviewing.second import open_takes
from rallybook.server.callers import Caller
from rallybook.server.doorkeeper import AccountDoorkeeper, Doorkeeper, LocalDoorkeeper
from rallybook.server.metrics import Requests
from rallybook.server.remembered import Remembered, Timed
from rallybook.server.review_queue import queued
from rallybook.server.settings import Settings
from rallybook.server.veil import Veiled
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
        # the articles of which nothing is shown, and the shelf on which all of them lie open
        self.hidden: tuple[str, ...] = ()
        self.whole = self
        self._takes: tuple[str, dict[str, tuple[str, ...]]] = ("", {})

    def mark(self) -> str:
        """Give a mark of the state of the book, of the program and of how much it shows."""
        return f"{self.opened.book.state()}/{__version__}/{self.settings.texts}/{' '.join(self.hidden)}"

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

    def seen_by(self, caller: Caller) -> Shelf:
        """Give this shelf as somebody sees it: without what they code blind now."""
        articles = self.taken().get(caller.name, ()) if caller.may("coder") else ()
        if not articles:
            return self
        veiled = copy.copy(self)
        veiled.opened = OpenBook(cast("Book", Veiled(self.opened.book, articles)))
        veiled.hidden = articles
        return veiled

    def taken(self) -> dict[str, tuple[str, ...]]:
        """Give for each person the articles that they code blind now."""
        state = self.opened.book.state()
        if self._takes[0] != state:
            self._takes = (state, open_takes(self.opened.book.decisions([WHOLE])))
        return self._takes[1]

    def close(self) -> None:
        """Let go of the book and the accounts."""
        if isinstance(self.doorkeeper, AccountDoorkeeper):
            self.doorkeeper.accounts.close()
        self.opened.close()


def shelf(request: Request) -> Shelf:
    """Give the shelf of the server that got a request, as whoever asks may see it."""
    known = getattr(request.state, "shelf", None)
    if isinstance(known, Shelf):
        return known
    found = request.app.state.shelf
    assert isinstance(found, Shelf)
    seen = request.state.shelf = found.seen_by(found.caller(request))
    return seen


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
