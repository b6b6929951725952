"""What became of an article: its records, and what failed."""

from __future__ import annotations

import datetime as dt

import msgspec

from rallybook.model.record import Record


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
