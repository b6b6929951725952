"""GeoParquet 1.1: the rows of a table, a point where the place is known, longitude first (OGC:CRS84)."""

from __future__ import annotations

import io
import json
import struct
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from rallybook.publishing.table import Cell, Heading, Row, Table

if TYPE_CHECKING:
    import pyarrow as pa

# some 30 MB of cells
_ROWS_A_GROUP = 10_000
_LITTLE_ENDIAN, _WKB_POINT = 1, 1
_BOX = ("xmin", "ymin", "xmax", "ymax")
_ABOUT = {
    "version": "1.1.0",
    "primary_column": "geometry",
    "columns": {
        "geometry": {
            "encoding": "WKB",
            "geometry_types": ["Point"],
            "covering": {"bbox": {edge: ["bbox", edge] for edge in _BOX}},
        }
    },
}

Placed = tuple[Row, tuple[float, float] | None]


class _Sink(io.RawIOBase):
    """Takes what is written until somebody fetches it."""

    def __init__(self) -> None:
        self._held: list[bytes] = []
        self._at = 0

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        held = bytes(data)  # type: ignore[call-overload]
        self._held.append(held)
        self._at += len(held)
        return len(held)

    def tell(self) -> int:
        return self._at

    def fetched(self) -> bytes:
        held, self._held = b"".join(self._held), []
        return held


def parquet(table: Table) -> Iterator[bytes]:
    """Give a table as a file of GeoParquet piece by piece, as each group of rows is full.

    Lists are lists; beside the columns of the table there are `geometry`, a point in WKB, and its `bbox`.
    """
    import pyarrow.parquet as pq  # noqa: PLC0415 - 50 ms that only this format needs

    schema = _schema(table.headings)
    sink = _Sink()
    with pq.ParquetWriter(sink, schema, compression="zstd") as writer:
        for group in _groups(table.positions()):
            writer.write_table(_filled(group, schema, table.names))
            yield sink.fetched()
    yield sink.fetched()


def _groups(placed: Iterable[Placed]) -> Iterator[list[Placed]]:
    group: list[Placed] = []
    for one in placed:
        group.append(one)
        if len(group) == _ROWS_A_GROUP:
            yield group
            group = []
    yield group


def _filled(group: list[Placed], schema: pa.Schema, names: tuple[str, ...]) -> pa.Table:
    import pyarrow as pa  # noqa: PLC0415

    cells = {name: [_storable(row.cells[place]) for row, _ in group] for place, name in enumerate(names)}
    points = [point and _wkb(point) for _, point in group]
    boxes = [point and dict(zip(_BOX, (*point, *point), strict=True)) for _, point in group]
    return pa.Table.from_pydict({**cells, "geometry": points, "bbox": boxes}, schema=schema)


def _storable(cell: Cell) -> Cell | list[str]:
    if isinstance(cell, str):
        return _whole(cell)
    return [_whole(member) for member in cell] if isinstance(cell, tuple) else cell


def _whole(text: str) -> str:
    # UTF-8 cannot carry lone surrogates
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def _wkb(position: tuple[float, float]) -> bytes:
    return struct.pack("<BIdd", _LITTLE_ENDIAN, _WKB_POINT, *position)


def _schema(headings: Iterable[Heading]) -> pa.Schema:
    import pyarrow as pa  # noqa: PLC0415

    kinds = {
        "text": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "flag": pa.bool_(),
        "list": pa.list_(pa.string()),
    }
    fields = [pa.field(heading.name, kinds[heading.kind]) for heading in headings]
    box = pa.struct([(edge, pa.float64()) for edge in _BOX])
    return pa.schema(
        [*fields, pa.field("geometry", pa.binary()), pa.field("bbox", box)],
        metadata={"geo": json.dumps(_ABOUT)},
    )
