"""How fast files of other data sets are read, coded and added, and in how much memory.

    python bench/imports.py [--rows 100000] [--book-rows 20000] [--many 1000000]

The files are made up (seeded) in the columns of ACLED, CCC, GDELT 2.0 (of which three rows in a hundred are of root 14, as
in its daily files) and POLECAT, and are written to a temporary folder. Each step is done in a process of its own: rows
into articles, articles into records, all of it into a book with linking. Of many rows of GDELT in a zip the peak of
memory is taken. CPU time, for a machine with other work on it. Prints a table in Markdown.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import multiprocessing
import random
import resource
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from rallybook import api
from rallybook.book.store import SqliteBook
from rallybook.codebook.tables import table
from rallybook.coding.row_coder import RowCoder
from rallybook.model.article import Article
from rallybook.opened import OpenBook
from rallybook.sources.datasets import DataSets
from rallybook.sources.files import FileSource

_FIRST = dt.date(2023, 1, 1)
_WHO = ("nurses", "teachers", "farmers", "students", "drivers", "miners", "residents", "pensioners")
# of rows of GDELT, those that tell a protest
_PROTESTS = 0.03


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=int, default=100_000)
    arguments.add_argument("--book-rows", type=int, default=20_000)
    arguments.add_argument("--many", type=int, default=1_000_000)
    given = arguments.parse_args()
    print(f"{given.rows:,} rows; into a book {given.book_rows:,} rows of protests\n")
    print(
        "| table | rows read a CPU second | read and coded | peak over idle | into a book, linked |\n|---|---|---|---|---|"
    )
    with tempfile.TemporaryDirectory() as folder:
        for name in ("acled", "ccc", "polecat", "gdelt"):
            path, small = Path(folder) / f"{name}.csv", Path(folder) / f"{name}-small.csv"
            _write(path, name, given.rows, _PROTESTS)
            _write(small, name, given.book_rows, 1.0)
            read, _ = _apart(_read, path, name)
            coded, peak = _apart(_coded, path, name)
            added, _ = _apart(_added, small, name)
            print(
                f"| {name} | {given.rows / read:,.0f} | {given.rows / coded:,.0f} | {peak:,.0f} MB | "
                f"{given.book_rows / added:,.0f} |",
                flush=True,
            )
            path.unlink()
        path = Path(folder) / "many.export.CSV"
        _write(path, "gdelt", given.many, _PROTESTS)
        packed = path.with_suffix(".CSV.zip")
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            archive.write(path, path.name)
        took, peak = _apart(_coded, packed, "gdelt")
        size = path.stat().st_size / 1e6
        print(
            f"\ngdelt, {given.many:,} rows ({size:,.0f} MB) in a zip: {given.many / took:,.0f} rows a CPU second, {peak:,.0f} MB over idle"
        )
    return 0


def _read(path: Path, name: str) -> None:
    for item in FileSource([str(path)], datasets=DataSets(name)).articles():
        assert isinstance(item, Article), item


def _coded(path: Path, name: str) -> None:
    coder = RowCoder()
    for item in FileSource([str(path)], datasets=DataSets(name)).articles():
        assert isinstance(item, Article), item
        assert coder.code(item).events, item


def _added(path: Path, name: str) -> None:
    with OpenBook(SqliteBook(path.with_suffix(".db"), api.linker())) as book:
        added = book.add(api.read(path, table=name))
        assert not added.failed, added.failed[0]


def _apart(work: Callable[[Path, str], None], path: Path, name: str) -> tuple[float, float]:
    """Give the CPU seconds and the peak memory over idle, in MB, of some work in a process of its own."""
    context = multiprocessing.get_context("spawn")
    queue = context.Queue()
    process = context.Process(target=_measured, args=(work, path, name, queue))
    process.start()
    took, peak = queue.get()
    process.join()
    return took, peak


def _measured(work: Callable[[Path, str], None], path: Path, name: str, queue: Any) -> None:  # noqa: ANN401 - a queue of the context
    table(name)
    list(FileSource([str(path.with_name("none"))]).articles())
    idle = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.process_time()
    work(path, name)
    took = time.process_time() - began
    queue.put((took, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - idle) / 1024))


def _write(path: Path, name: str, count: int, protests: float) -> None:
    sheet = table(name).sheet
    columns = list(sheet.order[61]) if name == "gdelt" else None
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = _rows(name, count, protests)
        first = next(rows)
        mark = "\t" if name in ("gdelt", "polecat") else ","
        writer = csv.DictWriter(
            file, columns or list(first), restval="", delimiter=mark, extrasaction="ignore"
        )
        if not columns:
            writer.writeheader()
        writer.writerow(first)
        writer.writerows(rows)


def _rows(name: str, count: int, protests: float) -> Iterator[dict[str, object]]:
    chance = random.Random(name)
    for number in range(count):
        town = chance.randrange(3_000)
        where = random.Random(town)
        lat, lon = round(where.uniform(-50, 60), 4), round(where.uniform(-120, 150), 4)
        day = _FIRST + dt.timedelta(days=chance.randrange(720))
        yield _ROWS[name](chance, number, day, (f"Town {town}", lat, lon), protests)


Where = tuple[str, float, float]


def _acled(chance: random.Random, number: int, day: dt.date, where: Where, _: float) -> dict[str, object]:
    town, lat, lon = where
    size = chance.choice(("", f"crowd size=about {chance.randrange(1, 90) * 10}", "crowd size=hundreds"))
    who = chance.choice(_WHO)
    return {
        "event_id_cnty": f"GBR{number}", "event_date": day.isoformat(), "year": day.year, "time_precision": 1,
        "disorder_type": "Demonstrations", "event_type": "Protests", "sub_event_type": "Peaceful protest",
        "actor1": "Protesters (United Kingdom)", "assoc_actor_1": f"{who.title()} (United Kingdom)", "inter1": "Protesters",
        "actor2": "", "assoc_actor_2": "", "inter2": "", "interaction": "Protesters only", "civilian_targeting": "",
        "iso": 826, "region": "Europe", "country": "United Kingdom", "admin1": "England", "admin2": "Shire", "admin3": "",
        "location": town, "latitude": lat, "longitude": lon, "geo_precision": 1, "source": "The Argus",
        "source_scale": "National",
        "notes": f"On {day:%d %B %Y}, {who} held a rally in {town} to ask for better pay and more of them, {number} times.",
        "fatalities": 0, "tags": size, "timestamp": 1_700_000_000,
    }  # fmt: skip


def _ccc(chance: random.Random, number: int, day: dt.date, where: Where, _: float) -> dict[str, object]:
    town, lat, lon = where
    low = chance.randrange(5, 500)
    return {
        "date": day.isoformat(), "locality": town, "state": "WY", "location_detail": "town hall", "online": 0,
        "type": chance.choice(("rally", "march", "protest; march", "vigil", "strike")), "title": "", "macroevent": number,
        "organizations": "Bridge Watch", "participants": chance.choice(_WHO), "claims": "for better pay, against the toll",
        "valence": 1, "size_text": "", "size_low": low, "size_high": low + 10, "size_mean": low + 5, "size_cat": 2,
        "arrests": "", "arrests_any": 0, "injuries_crowd": "", "injuries_police": "", "police_measures": "present",
        "chemical_agents": 0, "participant_deaths": "", "source_1": "https://news.example.org/a", "notes": "",
        "lat": lat, "lon": lon, "resolved_locality": town, "fips_code": "56013",
    }  # fmt: skip


def _polecat(
    chance: random.Random, number: int, day: dt.date, where: Where, protests: float
) -> dict[str, object]:
    town, lat, lon = where
    order = table("polecat").sheet.order[40]
    told = chance.random() < max(protests, 0.1)
    return dict.fromkeys(order, "") | {
        "Event ID": f"p{number}", "Event Date": day.isoformat(), "Event Type": "PROTEST" if told else "AGREE",
        "Event Mode": "demo" if told else "", "Intensity": -6.5, "Quad Code": "MATERIAL CONFLICT", "Placename": town,
        "City": town, "Country": "GBR", "Latitude": lat, "Longitude": lon, "Feature Type": "PPL", "Source": "The Argus",
        "Publication Date": day.isoformat(), "Language": "English", "Version": "NGEC",
    }  # fmt: skip


def _gdelt(
    chance: random.Random, number: int, day: dt.date, where: Where, protests: float
) -> dict[str, object]:
    town, lat, lon = where
    told = chance.random() < protests
    written = f"{day:%Y%m%d}"
    return {
        "GLOBALEVENTID": 900_000_000 + number, "SQLDATE": written, "MonthYear": written[:6], "Year": day.year,
        "FractionDate": 2023.5, "Actor1Code": "LAB", "Actor1Name": chance.choice(_WHO).upper(), "Actor1Type1Code": "LAB",
        "IsRootEvent": 1, "EventCode": "141" if told else "043", "EventBaseCode": "141" if told else "043",
        "EventRootCode": "14" if told else "04", "QuadClass": 3, "GoldsteinScale": -6.5, "NumMentions": 10,
        "NumSources": 1, "NumArticles": 10, "AvgTone": -2.5, "ActionGeo_Type": 4,
        "ActionGeo_FullName": f"{town}, Shire, United Kingdom", "ActionGeo_CountryCode": "UK", "ActionGeo_ADM1Code": "UK00",
        "ActionGeo_Lat": lat, "ActionGeo_Long": lon, "ActionGeo_FeatureID": number, "DATEADDED": f"{written}001500",
        "SOURCEURL": f"https://news.example.org/{number}",
    }  # fmt: skip


_ROWS = {"acled": _acled, "ccc": _ccc, "polecat": _polecat, "gdelt": _gdelt}

if __name__ == "__main__":
    sys.exit(main())
