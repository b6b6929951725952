"""What a book says of what it was given: kept, there before, failed, taken down."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec

from rallybook.model.event import Event
from rallybook.model.outcome import Failure

# of an article that is to be added: not there yet, there with this very text, or taken down and not to come back
Standing = Literal["new", "there", "taken down"]


class Added(msgspec.Struct, frozen=True, kw_only=True):
    """What became of the articles of an `add`.

    `new` were kept, of which `no_event` tell no event; `records` is the number of records in the others. `there` had
    been kept before, `taken_down` are not to come back. `failed` says what could not be read or coded, and why.
    """

    new: int = 0
    there: int = 0
    taken_down: int = 0
    no_event: int = 0
    records: int = 0
    failed: tuple[Failure, ...] = ()


class Tombstone(msgspec.Struct, frozen=True, kw_only=True):
    """What is left of an article that was taken down: its id, when, by whom and why."""

    article: str
    at: dt.datetime
    by: str
    why: str


class Version(msgspec.Struct, frozen=True):
    """An event as it was until `until`."""

    event: Event
    until: dt.datetime


class Change(msgspec.Struct, frozen=True):
    """An event that was new or became another at `at`."""

    event: Event
    at: dt.datetime
