"""What the book holds of one protest event: the consolidated values, the records that tell it, who supports what."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

import msgspec

from rallybook.model.record import (
    EventDate,
    EventPlace,
    Focus,
    Form,
    Harm,
    ReadBy,
    Record,
    Response,
    Size,
    Status,
)
from rallybook.model.row import Imported


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """A record with what is known of the article that it was read in.

    `author` is the salted hash of whose post it is, `seen` the earliest day on which any of its pictures was there, as
    far as the book has them. Both are for linking only: no event has them.
    """

    record: Record
    article: str
    published: dt.date | None = None
    source: str = ""
    url: str = ""
    author: str = ""
    seen: dt.date | None = None


class Comparison(NamedTuple):
    """Two records that may tell one event, by their ids, and the log odds that they do.

    `apart` where they rather tell two: of each, the other is one of its crowd.
    """

    one: str
    other: str
    weight: float
    apart: bool


class Telling(msgspec.Struct, frozen=True, kw_only=True):
    """A report as an event shows it: where it stands, and the words that prove it.

    `copy_of` is the article of the event that this one repeats, `superseded_by` the newer version of this one;
    either is empty where there is none. A copy speaks once with its original. `imported` is there for a row of a table
    that others made: no text was read for it; `coder` where people found what no machine had read. `recycled` is there
    for a post with pictures, and true where one of them was there before the event, by its own file or any older post.
    """

    article: str
    record: str
    published: dt.date | None = None
    source: str = ""
    url: str = ""
    quote: str = ""
    spans: dict[str, tuple[tuple[int, int], ...]] = {}
    copy_of: str = ""
    superseded_by: str = ""
    imported: Imported | msgspec.UnsetType = msgspec.UNSET
    recycled: bool | msgspec.UnsetType = msgspec.UNSET
    coder: ReadBy | msgspec.UnsetType = msgspec.UNSET


class SizeClaim(msgspec.Struct, frozen=True, kw_only=True):
    """A head count that a report gives, with its words and, where it is told, who counted."""

    low: int | None = None
    high: int | None = None
    text: str = ""
    by: str = ""
    article: str = ""


class StatusChange(msgspec.Struct, frozen=True):
    """What an event's status was told to be, from which publication on, and by which records."""

    status: Status
    published: dt.date | None
    records: tuple[str, ...]


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One protest event: a value for each field of the codebook, each with the records and decisions behind it.

    `status_history` has what its status was told to be, from an announcement to the outcome.
    `support` gives for each field the ids of these; `confidence` the probability that it is an event (`record`) and
    that its fields are right; `revision` is 1 for its first version in a book and goes up with each change.
    """

    id: str
    form: Form
    status: Status
    focus: Focus
    umbrella: bool
    date: EventDate = EventDate()
    place: EventPlace = EventPlace()
    size: Size = Size()
    participants: tuple[str, ...] = ()
    organisers: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    response: Response = Response()
    harm: Harm = Harm()
    records: tuple[Telling, ...] = ()
    claims_of_size: tuple[SizeClaim, ...] = ()
    status_history: tuple[StatusChange, ...] = ()
    support: dict[str, tuple[str, ...]] = {}
    confidence: dict[str, float] = {}
    revision: int = 0
