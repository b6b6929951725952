"""A flat table on its way out: what the formats of tables and maps are made from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

Kind = Literal["text", "integer", "number", "flag", "list"]
Cell = str | int | float | bool | tuple[str, ...] | None


class Heading(NamedTuple):
    """The name of a column and the kind of its cells."""

    name: str
    kind: Kind


class Row(NamedTuple):
    """The cells of one thing, in the order of the headings, and its id."""

    identity: str
    cells: tuple[Cell, ...]


class Table(NamedTuple):
    """Rows that come one by one, under headings; `position` names the columns of latitude and longitude."""

    headings: tuple[Heading, ...]
    position: tuple[str, str]
    rows: Iterable[Row]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(heading.name for heading in self.headings)

    def positions(self) -> Iterator[tuple[Row, tuple[float, float] | None]]:
        """Give each row with its longitude and latitude, None where it has no position."""
        lat, lon = (self.names.index(name) for name in self.position)
        for row in self.rows:
            yield row, _point(row.cells[lat], row.cells[lon])


def _point(lat: Cell, lon: Cell) -> tuple[float, float] | None:
    return (lon, lat) if isinstance(lat, float) and isinstance(lon, float) else None
