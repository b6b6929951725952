"""Events as lines, one JSON value, a table or a map layer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from rallybook.errors import InputError
from rallybook.model.event import Event
from rallybook.publishing.event_columns import EVENT_NAMES, event_rows
from rallybook.publishing.geo import collection
from rallybook.publishing.lines import as_json, json_array
from rallybook.publishing.tables import csv_lines

EVENT_LAYOUTS: dict[str, Callable[[Iterable[Event]], Iterator[str]]] = {
    "json": json_array,
    "jsonl": lambda events: (as_json(event) + "\n" for event in events),
    "csv": lambda events: csv_lines(EVENT_NAMES, event_rows(events)),
    "geojson": lambda events: collection(EVENT_NAMES, event_rows(events), identity="event"),
}


def event_lines(events: Iterable[Event], layout: str) -> Iterator[str]:
    """Give events in a layout piece by piece; raises `InputError` for a layout that is not in `EVENT_LAYOUTS`."""
    if layout not in EVENT_LAYOUTS:
        raise InputError("format", layout, EVENT_LAYOUTS)
    return EVENT_LAYOUTS[layout](events)
