"""How fast the facets of a book are, by its queries and by the columns that a process keeps that asks again.

    python bench/facets.py [--events 500000]

The rows of events are made up and written straight into the tables, without records: 125 a day, in 60 countries, two
outlets each. Prints a table in Markdown: wall and CPU milliseconds, the median of ten questions over two years each.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rallybook import api
from rallybook.book import counting
from rallybook.book.columns import Counters
from rallybook.book.dialect import append
from rallybook.book.schema import event_sources, events
from rallybook.book.store import SqliteBook
from rallybook.model.question import Question
from rallybook.model.record import FORMS

_FIRST, _A_DAY, _BATCH = dt.date(2010, 1, 1), 125, 20_000


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--events", type=int, default=500_000)
    count = arguments.parse_args().events
    with tempfile.TemporaryDirectory() as folder:
        book = SqliteBook(Path(folder) / "book.db", api.linker())
        for first in range(1, count + 1, _BATCH):
            with book._database.writing() as db:
                rows = [_row(n) for n in range(first, min(first + _BATCH, count + 1))]
                append(db, events, rows)
                told = [(n, source) for n in (row["number"] for row in rows) for source in _sources(n)]
                append(db, event_sources, [{"event": n, "source": source} for n, source in told])
        print("| facets, all seven | wall ms | CPU ms |\n|---|---|---|", flush=True)
        counters = Counters()
        with book._database.reading() as db:
            asked = [_span(n) for n in range(10)]
            _told("queries, two years", lambda n: counting.facets(db, asked[n]), 3)
            counters.facets(db, asked[0])
            _told("columns, the first time", lambda n: counters.facets(db, asked[n]), 1)
            _told("columns, two years", lambda n: counters.facets(db, asked[n]), 10)
            _told("columns, all", lambda _: counters.facets(db, Question()), 10)
        book.close()
    return 0


def _row(number: int) -> dict[str, Any]:
    chance = random.Random(number)
    day = (_FIRST + dt.timedelta(number // _A_DAY)).isoformat()
    return {
        "number": number, "id": f"{number:016x}", "revision": 1, "data": "{}" + " " * 1_200,
        "form": chance.choice(FORMS), "status": "happened", "focus": "focal",
        "country": f"{chr(65 + number % 6)}{chr(65 + number % 10)}", "precision": "city",
        "first_day": day, "last_day": day, "lat": chance.uniform(-40, 60), "lon": chance.uniform(-120, 150),
        "low": None, "high": None, "responses": chance.choice((0, 0, 0, 2, 6)), "confidence": 0.9,
    }  # fmt: skip


def _sources(number: int) -> tuple[str, str]:
    return f"Outlet {number % 397}", f"Wire {number % 7}"


def _span(number: int) -> Question:
    first = _FIRST + dt.timedelta(200 * number)
    return Question(first=first, last=first + dt.timedelta(730))


def _told(what: str, ask: Callable[[int], object], repeats: int) -> None:
    walls, cpus = [], []
    for number in range(repeats):
        began, cpu = time.perf_counter(), time.process_time()
        ask(number)
        walls.append(1000 * (time.perf_counter() - began))
        cpus.append(1000 * (time.process_time() - cpu))
    print(f"| {what} | {statistics.median(walls):,.0f} | {statistics.median(cpus):,.0f} |", flush=True)


if __name__ == "__main__":
    sys.exit(main())
