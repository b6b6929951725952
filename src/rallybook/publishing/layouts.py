"""The layouts by name and by file suffix."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rallybook.errors import InputError
from rallybook.model.outcome import Coded
from rallybook.ports import Layout
from rallybook.publishing.geo import GeoJson, write_geoparquet
from rallybook.publishing.lines import JsonArray, JsonLines
from rallybook.publishing.tables import Csv

LAYOUTS: dict[str, type[JsonLines | JsonArray | Csv | GeoJson]] = {
    "json": JsonArray,
    "jsonl": JsonLines,
    "csv": Csv,
    "geojson": GeoJson,
}
SUFFIXES = (*(f".{name}" for name in LAYOUTS), ".parquet")


def layout(name: str) -> Layout:
    """Give the layout of this name; raises `InputError` for a name that is not in `LAYOUTS`."""
    if name not in LAYOUTS:
        raise InputError("format", name, LAYOUTS)
    return LAYOUTS[name]()


def check_suffix(path: Path) -> None:
    """Raise `InputError` where no layout belongs to the suffix of this path."""
    if path.suffix.lower() not in SUFFIXES:
        raise InputError(f"suffix of {path}", path.suffix, SUFFIXES)


def write(coded: Iterable[Coded], path: Path) -> None:
    """Write coded articles in the layout of the path's suffix; the file appears when it is whole.

    Raises `InputError` for a suffix without a layout, and `OSError`.
    """
    check_suffix(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    growing = path.with_name(f".{path.name}.part")
    try:
        if path.suffix.lower() == ".parquet":
            write_geoparquet(coded, growing)
        else:
            with growing.open("w", encoding="utf-8", newline="", errors="backslashreplace") as file:
                file.writelines(layout(path.suffix.lower()[1:]).lines(coded))
        growing.replace(path)
    finally:
        growing.unlink(missing_ok=True)
