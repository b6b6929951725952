"""The formats of coded articles by name and by file suffix."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from rallybook.errors import InputError
from rallybook.model.outcome import Coded
from rallybook.ports import TextFormat
from rallybook.publishing.columns import record_table
from rallybook.publishing.geo import GeoJson
from rallybook.publishing.geoparquet import parquet
from rallybook.publishing.lines import JsonArray, JsonLines, encoded
from rallybook.publishing.tables import Csv
from rallybook.publishing.writing import write_whole

FORMATS: dict[str, type[JsonLines | JsonArray | Csv | GeoJson]] = {
    "json": JsonArray,
    "jsonl": JsonLines,
    "csv": Csv,
    "geojson": GeoJson,
}
SUFFIXES = (*(f".{name}" for name in FORMATS), ".parquet")


def text_format(name: str) -> TextFormat:
    """Give the format of this name; raises `InputError` for a name that is not in `FORMATS`."""
    if name not in FORMATS:
        raise InputError("format", name, FORMATS)
    return FORMATS[name]()


def check_suffix(path: Path) -> None:
    """Raise `InputError` where no format belongs to the suffix of this path."""
    if path.suffix.lower() not in SUFFIXES:
        raise InputError(f"suffix of {path}", path.suffix, SUFFIXES)


def write(coded: Iterable[Coded], path: Path) -> None:
    """Write coded articles in the format of the path's suffix; the file appears when it is whole.

    A file that is there is replaced. Raises `InputError` for a suffix without a format, and `ExportError`.
    """
    check_suffix(path)
    write_whole(_pieces(coded, path.suffix.lower()[1:]), path, overwrite=True)


def _pieces(coded: Iterable[Coded], name: str) -> Iterator[bytes]:
    if name == "parquet":
        return parquet(record_table(coded))
    return encoded(text_format(name).lines(coded))
