"""GeoJSON: one feature for each row of a table, a point where its place is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from rallybook.model.outcome import Coded
from rallybook.publishing.columns import record_table
from rallybook.publishing.lines import as_json
from rallybook.publishing.table import Row, Table


class GeoJson:
    """A FeatureCollection (RFC 7946); the geometry is null where the place is not known."""

    def lines(self, coded: Iterable[Coded]) -> Iterator[str]:
        """Give the collection piece by piece, one feature on each line."""
        return collection(record_table(coded))


def collection(table: Table) -> Iterator[str]:
    """Give a table as a FeatureCollection piece by piece, one feature on each line."""
    yield '{"type":"FeatureCollection","features":['
    comma = "\n"
    for feature in features(table):
        yield comma + feature
        comma = ",\n"
    yield "\n]}\n"


def features(table: Table) -> Iterator[str]:
    """Give each row of a table as a feature; its position is the geometry and stands in no property."""
    shown = [(place, name) for place, name in enumerate(table.names) if name not in table.position]
    for row, point in table.positions():
        yield as_json(_feature(row, point, shown))


def _feature(row: Row, point: tuple[float, float] | None, shown: list[tuple[int, str]]) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": row.identity,
        "geometry": {"type": "Point", "coordinates": point} if point else None,
        "properties": {name: row.cells[place] for place, name in shown},
    }
