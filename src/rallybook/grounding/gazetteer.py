"""The gazetteer: one read-only SQLite file, compiled beforehand from GeoNames and our own tables."""

from __future__ import annotations

import hashlib
import re
import sqlite3
import struct
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any

from rallybook.errors import GazetteerError
from rallybook.model.values import Place, Precision

SCHEMA_VERSION = 1
DEFAULT_PATH = Path(__file__).parent / "data" / "gazetteer.sqlite"

# letters that Unicode does not take apart into a base letter and a mark
_LETTERS = str.maketrans(
    {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ə": "a"}
)
_SILENT = re.compile(r"['’‘ʼʹʻ`´′.]")
_GAP = re.compile(r"[\W_]+")
_SHORT_WORDS = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort", "&": "and"}
_PRECISIONS: dict[str, Precision] = {
    "PCLI": "country",
    "ADM1": "region",
    "ADM2": "region",
    "RGN": "region",
    "CONT": "region",
    "LMK": "site",
}
# countries and territories that are one city: what happens in them happens in it
_CITIES = frozenset({"GI", "HK", "MC", "MO", "SG", "VA"})
# entities kept in memory: an article names some dozens of places with some dozens of namesakes each
_CACHED_PLACES = 50_000
_CACHED_NAMES = 20_000
_CACHED_KEYS = 50_000


@lru_cache(maxsize=_CACHED_KEYS)
def fold(name: str) -> str:
    """Give the key of a name: lower case, no diacritics, no punctuation, "St." as "saint"."""
    if name.isascii() and name.isalpha():
        word = name.lower()
        return _SHORT_WORDS.get(word, word)
    plain = unicodedata.normalize("NFKD", name.casefold()).translate(_LETTERS)
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    words = _GAP.sub(" ", _SILENT.sub("", plain)).split()
    return " ".join(_SHORT_WORDS.get(word, word) for word in words)


def name_hash(key: str) -> int:
    """Give the 48 bits under which a folded name is filed (two of a million names meet with p < 1 in 500)."""
    return int.from_bytes(hashlib.blake2b(key.encode("utf-8"), digest_size=6).digest(), "big")


def precision_of(feature: str, country: str) -> Precision:
    """Give the precision that a feature code stands for; every populated place is a city, and so are some countries."""
    return "city" if feature == "PCLI" and country in _CITIES else _PRECISIONS.get(feature, "city")


class CompiledGazetteer:
    """The places of the compiled file; each process opens its own.

    Raises GazetteerError where the file is missing, damaged or of another version.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or DEFAULT_PATH
        self._connection = _open(self.path)
        # most names are no demonym, and there are few of them
        self._demonyms = frozenset(hash_ for (hash_,) in self._rows("SELECT hash FROM demonym"))
        self._named = lru_cache(maxsize=_CACHED_NAMES)(self._look_up)
        self._place = lru_cache(maxsize=_CACHED_PLACES)(self._read_place)

    def named(self, name: str) -> tuple[Place, ...]:
        """Give all places that bear this name in any language or spelling, the most populous first."""
        key = fold(name)
        return self._named("name", key) if key else ()

    def demonym(self, word: str) -> tuple[Place, ...]:
        """Give the places whose people or things this adjective or noun names ("Bolivian", "Parisians")."""
        key = fold(word)
        return self._named("demonym", key) if key and name_hash(key) in self._demonyms else ()

    def division(self, country: str, admin1: str) -> Place | None:
        """Give the first-level division with this GeoNames code."""
        found = self._named("division", f"{country}.{admin1}")
        return found[0] if found else None

    def country(self, code: str) -> Place | None:
        """Give the country with this ISO 3166-1 alpha-2 code."""
        found = self._named("division", code)
        return found[0] if found else None

    def capital(self, country: str, admin1: str = "") -> Place | None:
        """Give the capital of a country or, for some countries, of a first-level division."""
        found = self._named("division", f"{country}.{admin1}.PPLA" if admin1 else f"{country}.PPLC")
        return found[0] if found else None

    def box(self, south: float, north: float, west: float, east: float) -> tuple[Place, ...]:
        """Give all places between two latitudes and two longitudes; it takes 30 ms, as all are looked at."""
        query = "SELECT number FROM place WHERE lat BETWEEN ? AND ? AND lon BETWEEN ? AND ?"
        rows = self._rows(query, *(int(degrees * 10_000) for degrees in (south, north, west, east)))
        return tuple(self._place(number) for (number,) in rows)

    def _look_up(self, table: str, key: str) -> tuple[Place, ...]:
        # the table's name is one of ours, never an input
        rows = self._rows(f"SELECT places FROM {table} WHERE hash = ?", name_hash(key))  # noqa: S608
        if not rows:
            return ()
        numbers = struct.unpack(f"<{len(rows[0][0]) // 4}I", rows[0][0])
        return tuple(self._place(number) for number in numbers)

    def _rows(self, query: str, *values: int) -> list[tuple[Any, ...]]:
        try:
            return self._connection.execute(query, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise GazetteerError(f"{self.path}: damaged ({error}); build it again: make gazetteer") from error

    def _read_place(self, number: int) -> Place:
        row = self._connection.execute("SELECT * FROM place WHERE number = ?", (number,)).fetchone()
        if row is None:
            raise GazetteerError(f"{self.path}: damaged (no place {number}); build it again: make gazetteer")
        _, geonameid, name, country, admin1, lat, lon, feature, population = row
        return Place(
            name=name,
            country=country,
            lat=lat / 10_000,
            lon=lon / 10_000,
            precision=precision_of(feature, country),
            geonameid=geonameid or None,
            admin1=admin1,
            population=population,
            feature=feature,
        )


def _open(path: Path) -> sqlite3.Connection:
    if not path.is_file():
        raise GazetteerError(f"{path}: missing; build it: make gazetteer")
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        facts = dict(connection.execute("SELECT fact, value FROM about").fetchall())
    except sqlite3.Error as error:
        raise GazetteerError(f"{path}: damaged ({error}); build it again: make gazetteer") from error
    if facts.get("schema") != str(SCHEMA_VERSION):
        message = (
            f"{path}: schema {facts.get('schema')!r}, this version reads {SCHEMA_VERSION}; make gazetteer"
        )
        raise GazetteerError(message)
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    page_size = connection.execute("PRAGMA page_size").fetchone()[0]
    if path.stat().st_size != pages * page_size:
        raise GazetteerError(f"{path}: cut short; build it again: make gazetteer")
    connection.execute("PRAGMA mmap_size = 67108864")
    return connection
