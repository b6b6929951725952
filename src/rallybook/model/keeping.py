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
    been kept before, `taken_down` are not to come back. `failed` says what could not be read or coded, and why;
    `unnamed` is how many more failures a large run had, which the book has, too. `set_aside` are
    pages of archives whose words tell no protest, `other_language` those in languages that cannot be read yet: neither
    were read further, nor kept.
    """

    new: int = 0
    there: int = 0
    taken_down: int = 0
    no_event: int = 0
    records: int = 0
    failed: tuple[Failure, ...] = ()
    set_aside: int = 0
    other_language: int = 0
    unnamed: int = 0


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


class Coverage(msgspec.Struct, frozen=True, kw_only=True):
    """What a source published in a month ("2024-05", "" where it is not known), as far as a book has it.

    `no_event` of the `articles` tell none; the others have `records` in `events`, of which one that several sources
    tell counts for each of them. `failures` are those of articles that could not be read whole; what could not be
    read at all has no source and no month.
    """

    source: str
    month: str
    articles: int = 0
    no_event: int = 0
    records: int = 0
    events: int = 0
    failures: int = 0


class Holdings(msgspec.Struct, frozen=True, kw_only=True):
    """What a book has: its coverage by source and month, and the coders that read it, each with its versions.

    The last of these is "people" where they found what no machine had read.
    """

    coverage: tuple[Coverage, ...] = ()
    coders: tuple[str, ...] = ()


class Change(msgspec.Struct, frozen=True):
    """An event that was new or became another at `at`."""

    event: Event
    at: dt.datetime


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """What a book has in numbers.

    `records` are all that were read, those of older versions of an article, too; `waiting` are records to be linked;
    `failures` counts what could not be read or coded by stage; `last_added` is when the last article came.
    """

    articles: int = 0
    records: int = 0
    events: int = 0
    decisions: int = 0
    waiting: int = 0
    failures: dict[str, int] = {}
    last_added: dt.datetime | None = None
