"""The flat columns of an event, which CSV, GeoJSON and the data frames share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from rallybook.model.event import Event
from rallybook.publishing.columns import Cell, Kind


class EventColumn(NamedTuple):
    """One column: its name, the kind of its cells, what it holds, and how to read it from an event."""

    name: str
    kind: Kind
    about: str
    cell: Callable[[Event], Cell]


EVENT_COLUMNS: tuple[EventColumn, ...] = (
    EventColumn("event", "text", "id of the event, which stays", lambda e: e.id),
    EventColumn(
        "revision", "integer", "1 for the first version, more with each change", lambda e: e.revision
    ),
    EventColumn("form", "text", "form of the act", lambda e: e.form),
    EventColumn("status", "text", "happened, planned, cancelled, prevented or denied", lambda e: e.status),
    EventColumn("focus", "text", "focal or background", lambda e: e.focus),
    EventColumn("umbrella", "flag", "the action as a whole, over many places", lambda e: e.umbrella),
    EventColumn("date", "text", "EDTF level 1; empty: not known", lambda e: e.date.edtf),
    EventColumn("place", "text", "populated place, region or country", lambda e: e.place.name),
    EventColumn("place_text", "text", "the words for the place", lambda e: e.place.text),
    EventColumn("country", "text", "ISO 3166-1 alpha-2", lambda e: e.place.country),
    EventColumn("lat", "number", "latitude, WGS 84 degrees", lambda e: _degrees(e.place.lat)),
    EventColumn("lon", "number", "longitude, WGS 84 degrees", lambda e: _degrees(e.place.lon)),
    EventColumn("precision", "text", "site, city, region, country or unknown", lambda e: e.place.precision),
    EventColumn("size_low", "integer", "fewest participants", lambda e: e.size.low),
    EventColumn("size_high", "integer", "most participants", lambda e: e.size.high),
    EventColumn("participants", "list", "who took part", lambda e: e.participants),
    EventColumn("organisers", "list", "who called for it or led it", lambda e: e.organisers),
    EventColumn("targets", "list", "whom it was addressed to", lambda e: e.targets),
    EventColumn("claims", "list", "what they demand, support or oppose", lambda e: e.claims),
    EventColumn("response", "list", "what the authorities did", lambda e: e.response.actions),
    EventColumn("arrests_low", "integer", "fewest arrests", lambda e: e.response.arrests.low),
    EventColumn("arrests_high", "integer", "most arrests", lambda e: e.response.arrests.high),
    EventColumn("injured_low", "integer", "fewest injured", lambda e: e.harm.injured.low),
    EventColumn("injured_high", "integer", "most injured", lambda e: e.harm.injured.high),
    EventColumn("killed_low", "integer", "fewest killed", lambda e: e.harm.killed.low),
    EventColumn("killed_high", "integer", "most killed", lambda e: e.harm.killed.high),
    EventColumn(
        "articles", "list", "ids of the articles that tell it", lambda e: _once(t.article for t in e.records)
    ),
    EventColumn("sources", "list", "their sources", lambda e: _once(t.source for t in e.records)),
    EventColumn(
        "quote", "text", "words that prove it", lambda e: next((t.quote for t in e.records if t.quote), "")
    ),
    EventColumn("confidence", "number", "probability of the event", lambda e: e.confidence.get("record")),
)
EVENT_NAMES = tuple(column.name for column in EVENT_COLUMNS)


def event_rows(events: Iterable[Event]) -> Iterator[tuple[Cell, ...]]:
    """Give one row of cells for each event, in the order of `EVENT_COLUMNS`."""
    for event in events:
        yield tuple(column.cell(event) for column in EVENT_COLUMNS)


def _degrees(value: float | None) -> float | None:
    # a person may have given a whole number
    return None if value is None else float(value)


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, words)))
