"""What became of an article: its records, and what failed."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec

from rallybook.model.record import Record

# why a page was not read further: no word of it may tell a protest, or it is in a language that cannot be read yet
Unread = Literal["", "words", "language"]


class SetAside(msgspec.Struct, frozen=True):
    """A page that was not read further, as its words tell no protest, and why."""

    article: str
    why: Unread


class Failure(msgspec.Struct, frozen=True):
    """An input, the stage at which it failed, and why; bad input is a record of its own."""

    article: str
    stage: str
    reason: str


class Coded(msgspec.Struct, frozen=True, kw_only=True):
    """One article's line: what was read in it, by which coder, and what failed."""

    id: str
    published: dt.date | None = None
    language: str = ""
    coder: str = ""
    events: tuple[Record, ...] = ()
    failures: tuple[Failure, ...] = ()
