"""What a release shows of an event: everything but the words of its articles beyond the coded fields.

Public by schema: a field that is not listed here is in no release. A quote may name people who merely took part, and
belongs to its source; the offsets of its words and the address of the article say where it stands.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import msgspec

from rallybook.model.event import Event, SizeClaim
from rallybook.model.record import EventDate, EventPlace, Focus, Form, Harm, ReadBy, Response, Size, Status
from rallybook.model.row import Imported


class ReleasedTelling(msgspec.Struct, frozen=True, kw_only=True):
    """A report of an event: its article, and where in it the words stand that prove each field."""

    article: str
    record: str
    published: dt.date | None = None
    source: str = ""
    url: str = ""
    imported: Imported | msgspec.UnsetType = msgspec.UNSET
    recycled: bool | msgspec.UnsetType = msgspec.UNSET
    coder: ReadBy | msgspec.UnsetType = msgspec.UNSET
    spans: dict[str, tuple[tuple[int, int], ...]] = {}


class ReleasedEvent(msgspec.Struct, frozen=True, kw_only=True):
    """An event as a release shows it; the fields are those of `Event`."""

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
    records: tuple[ReleasedTelling, ...] = ()
    claims_of_size: tuple[SizeClaim, ...] = ()
    support: dict[str, tuple[str, ...]] = {}
    confidence: dict[str, float] = {}
    revision: int = 0


def released(event: Event) -> ReleasedEvent:
    """Give what a release shows of an event."""
    fields = {name: getattr(event, name) for name in ReleasedEvent.__struct_fields__ if name != "records"}
    tellings = tuple(
        ReleasedTelling(**{name: getattr(telling, name) for name in ReleasedTelling.__struct_fields__})
        for telling in event.records
    )
    return ReleasedEvent(records=tellings, **fields)


def released_events(lines: Path) -> Iterator[Event]:
    """Give the events of a release's lines, as far as they were shown."""
    decoder = msgspec.json.Decoder(Event)
    with lines.open("rb") as file:
        for line in file:
            yield decoder.decode(line)
