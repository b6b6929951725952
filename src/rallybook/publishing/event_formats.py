"""The formats of events: one door to write them in any layout, as pieces for a file, a pipe or an answer over HTTP."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from rallybook.errors import InputError
from rallybook.model.event import Event
from rallybook.publishing.event_layouts import OUR_LAYOUT, EventLayout, event_layout
from rallybook.publishing.geo import collection, features
from rallybook.publishing.geoparquet import parquet
from rallybook.publishing.lines import as_json, encoded, json_array
from rallybook.publishing.tables import csv_lines
from rallybook.publishing.writing import chunks


class EventFormat(NamedTuple):
    """A format: its media type, and how events in a layout become text or bytes piece by piece."""

    media_type: str
    pieces: Callable[[EventLayout, Iterable[Event]], Iterator[str] | Iterator[bytes]]


class Counted:
    """Events with their number, once they have passed."""

    def __init__(self, events: Iterable[Event]) -> None:
        self._events = events
        self.count = 0

    def __iter__(self) -> Iterator[Event]:
        for event in self._events:
            self.count += 1
            yield event


def _objects(layout: EventLayout, events: Iterable[Event]) -> Iterator[object]:
    """Give events as objects: whole in our own layout, in another one as the cells of its columns."""
    if layout.name == OUR_LAYOUT:
        yield from events
        return
    table = layout.table(events)
    for row in table.rows:
        yield dict(zip(table.names, row.cells, strict=True))


EVENT_FORMATS: dict[str, EventFormat] = {
    "json": EventFormat("application/json", lambda layout, events: json_array(_objects(layout, events))),
    "jsonl": EventFormat(
        "application/x-ndjson",
        lambda layout, events: (as_json(one) + "\n" for one in _objects(layout, events)),
    ),
    "csv": EventFormat("text/csv", lambda layout, events: csv_lines(layout.table(events))),
    "geojson": EventFormat("application/geo+json", lambda layout, events: collection(layout.table(events))),
    # what GDAL calls GeoJSONSeq, with a line end alone between the features
    "geojsonl": EventFormat(
        "application/geo+json-seq",
        lambda layout, events: (feature + "\n" for feature in features(layout.table(events))),
    ),
    "parquet": EventFormat(
        "application/vnd.apache.parquet", lambda layout, events: parquet(layout.table(events))
    ),
}


def event_pieces(events: Iterable[Event], *, layout: str = OUR_LAYOUT, format: str) -> Iterator[bytes]:  # noqa: A002
    """Give events in a layout and a format, each piece as soon as it is there.

    In the layout `rallybook`, `json` and `jsonl` have the events whole. Memory stays the same however many events come,
    but for `parquet` a little for each group of rows. Raises `InputError` for a layout or format that is none.
    """
    if format not in EVENT_FORMATS:
        raise InputError("format", format, EVENT_FORMATS)
    return encoded(EVENT_FORMATS[format].pieces(event_layout(layout), events))


def exported(events: Iterable[Event], *, layout: str = OUR_LAYOUT, format: str = "csv") -> Iterator[bytes]:  # noqa: A002
    """Give what `event_pieces` gives in chunks of 64 KB or more, for a file or an answer over HTTP."""
    return chunks(event_pieces(events, layout=layout, format=format))
