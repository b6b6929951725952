"""GeoJSON and GeoParquet: one feature for each record, a point where its place is known."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rallybook.model.outcome import Coded
from rallybook.publishing.columns import COLUMNS, Cell, rows
from rallybook.publishing.lines import as_json

if TYPE_CHECKING:
    import pyarrow as pa

_NAMES = tuple(column.name for column in COLUMNS)
_LAT, _LON = _NAMES.index("lat"), _NAMES.index("lon")
_ROWS_A_GROUP = 20_000
_LITTLE_ENDIAN, _WKB_POINT = 1, 1


class GeoJson:
    """A FeatureCollection (RFC 7946); the geometry is null where the place is not known."""

    def lines(self, coded: Iterable[Coded]) -> Iterator[str]:
        """Give the collection piece by piece, one feature on each line."""
        return collection(_NAMES, rows(coded), identity="record")


def collection(names: Sequence[str], all_rows: Iterable[tuple[Cell, ...]], *, identity: str) -> Iterator[str]:
    """Give rows with `lat` and `lon` as a FeatureCollection; `identity` is the column of the features' ids."""
    yield '{"type":"FeatureCollection","features":['
    comma = "\n"
    for row in all_rows:
        yield comma + as_json(_feature(dict(zip(names, row, strict=True)), identity))
        comma = ",\n"
    yield "\n]}\n"


def write_geoparquet(coded: Iterable[Coded], path: Path) -> int:
    """Write the records as GeoParquet 1.1 (WKB points, longitude first), and give their number.

    The columns are those of the CSV, lists as lists, and `geometry`.
    """
    import pyarrow.parquet as pq  # noqa: PLC0415 - 50 ms that only this layout needs

    schema = _schema()
    written = 0
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for group in _groups(rows(coded)):
            writer.write_table(_table(group, schema))
            written += len(group)
    return written


def _feature(cells: dict[str, Cell], identity: str) -> dict[str, Any]:
    point = _position(cells["lat"], cells["lon"])
    geometry = {"type": "Point", "coordinates": point} if point else None
    properties = {name: cell for name, cell in cells.items() if name not in {"lat", "lon"}}
    return {"type": "Feature", "id": cells[identity], "geometry": geometry, "properties": properties}


def _position(lat: Cell, lon: Cell) -> tuple[float, float] | None:
    return (lon, lat) if isinstance(lat, float) and isinstance(lon, float) else None


def _groups(all_rows: Iterable[tuple[Cell, ...]]) -> Iterator[list[tuple[Cell, ...]]]:
    group: list[tuple[Cell, ...]] = []
    for row in all_rows:
        group.append(row)
        if len(group) == _ROWS_A_GROUP:
            yield group
            group = []
    yield group


def _table(group: list[tuple[Cell, ...]], schema: pa.Schema) -> pa.Table:
    import pyarrow as pa  # noqa: PLC0415

    points = [_wkb(position) if (position := _position(row[_LAT], row[_LON])) else None for row in group]
    by_name = {name: [_storable(row[at]) for row in group] for at, name in enumerate(_NAMES)}
    return pa.Table.from_pydict({**by_name, "geometry": points}, schema=schema)


def _storable(cell: Cell) -> Cell | list[str]:
    if isinstance(cell, str):
        return _whole(cell)
    return [_whole(member) for member in cell] if isinstance(cell, tuple) else cell


def _whole(text: str) -> str:
    # UTF-8 cannot carry lone surrogates
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def _wkb(position: tuple[float, float]) -> bytes:
    return struct.pack("<BIdd", _LITTLE_ENDIAN, _WKB_POINT, *position)


def _schema() -> pa.Schema:
    import pyarrow as pa  # noqa: PLC0415

    kinds = {
        "text": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "flag": pa.bool_(),
        "list": pa.list_(pa.string()),
    }
    columns = [pa.field(column.name, kinds[column.kind]) for column in COLUMNS]
    about = {
        "version": "1.1.0",
        "primary_column": "geometry",
        "columns": {"geometry": {"encoding": "WKB", "geometry_types": ["Point"]}},
    }
    return pa.schema([*columns, pa.field("geometry", pa.binary())], metadata={"geo": json.dumps(about)})
