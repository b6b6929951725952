"""How fast events are exported, and in how much memory: rows a CPU second and peak memory over idle, for each format.

    python bench/export.py [--events 50000] [--layout rallybook]

Events are made up (seeded), come one by one, and are written to a temporary folder. Each format is written in a process
of its own. Beside our writers stand pyarrow's of CSV and of Parquet and pandas' of CSV, which take the same rows from a
whole table in memory; making that table is part of their time. CPU time, for a machine with other work on it; making
up the events is part of all times, and stands alone, too. Prints a table in Markdown.
"""

from __future__ import annotations

import argparse
import datetime as dt
import multiprocessing
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from rallybook.model.event import Event, Telling
from rallybook.model.record import FORMS, EventDate, EventPlace, Size
from rallybook.publishing.event_formats import EVENT_FORMATS, exported
from rallybook.publishing.event_layouts import event_layout
from rallybook.publishing.writing import write_whole

_FIRST = dt.date(2021, 1, 1)
_WHO = ("nurses", "teachers", "farmers", "students", "drivers", "miners", "residents", "pensioners")


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--events", type=int, default=50_000)
    arguments.add_argument("--layout", default="rallybook")
    given = arguments.parse_args()
    print(f"{given.events:,} events, layout {given.layout}\n")
    print(
        "| writer | rows a CPU second | of pyarrow csv | peak over idle | file |\n|---|---|---|---|---|",
        flush=True,
    )
    ways: dict[str, Callable[[Path, int, str], None]] = {
        "pyarrow csv": _pyarrow_csv,
        "events alone": _nothing,
        **{f"rallybook {name}": _Ours(name) for name in EVENT_FORMATS},
        "pyarrow parquet": _pyarrow_parquet,
        "pandas csv": _pandas_csv,
    }
    first = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for name, way in ways.items():
            path = Path(folder) / "events"
            took, peak = _apart(way, path, given.events, given.layout)
            rate, size = given.events / took, path.stat().st_size / 1e6
            first = first or rate
            print(
                f"| {name} | {rate:,.0f} | {rate / first:.1f} | {peak:,.0f} MB | {size:,.1f} MB |", flush=True
            )
            path.unlink()
    return 0


class _Ours:
    """Our writer of a format."""

    def __init__(self, form: str) -> None:
        self._form = form

    def __call__(self, path: Path, count: int, layout: str) -> None:
        write_whole(exported(made(count), layout=layout, format=self._form), path)


def _nothing(path: Path, count: int, _: str) -> None:
    for _event in made(count):
        pass
    path.touch()


def _columns(count: int, layout: str) -> dict[str, list[object]]:
    table = event_layout(layout).table(made(count))
    rows = [
        [" | ".join(cell) if isinstance(cell, tuple) else cell for cell in row.cells] for row in table.rows
    ]
    return {name: [row[place] for row in rows] for place, name in enumerate(table.names)}


def _pyarrow_csv(path: Path, count: int, layout: str) -> None:
    import pyarrow as pa  # noqa: PLC0415 - idle without it
    from pyarrow import csv  # noqa: PLC0415 - idle without it

    csv.write_csv(pa.table(_columns(count, layout)), path)


def _pyarrow_parquet(path: Path, count: int, layout: str) -> None:
    import pyarrow as pa  # noqa: PLC0415 - idle without it
    import pyarrow.parquet as pq  # noqa: PLC0415 - idle without it

    pq.write_table(pa.table(_columns(count, layout)), path, compression="zstd")


def _pandas_csv(path: Path, count: int, layout: str) -> None:
    import pandas as pd  # noqa: PLC0415 - idle without it

    pd.DataFrame(_columns(count, layout)).to_csv(path, index=False)


def made(count: int) -> Iterator[Event]:
    """Give events that are made up."""
    chance = random.Random(5)
    for number in range(count):
        low = chance.randrange(50, 5000)
        who = chance.choice(_WHO)
        quote = f"Some {low} {who} marched through city {number % 400} on Sunday and asked for higher pay."
        yield Event(
            id=f"{number:016x}",
            form=chance.choice(FORMS),
            status="happened",
            focus="focal",
            umbrella=False,
            date=EventDate((_FIRST + dt.timedelta(chance.randrange(1000))).isoformat(), "on Sunday"),
            place=EventPlace(
                "the square",
                f"city {number % 400}",
                "GB",
                chance.uniform(50, 58),
                chance.uniform(-6, 1),
                "site",
            ),
            size=Size(f"Some {low}", low, low),
            participants=(who,),
            claims=("for higher pay",),
            records=tuple(
                Telling(
                    article=f"{number}-{told}",
                    record=f"{number}-{told}-1",
                    published=dt.date(2024, 5, 14),
                    source="The Argus",
                    quote=quote,
                    spans={"quote": ((0, len(quote)),), "trigger": ((12, 19),)},
                )
                for told in range(2)
            ),
            support={"form": (f"{number}-0-1",)},
            confidence={"record": chance.random()},
            revision=1,
        )


def _apart(way: Callable[[Path, int, str], None], path: Path, count: int, layout: str) -> tuple[float, float]:
    """Give the CPU seconds and the megabytes over idle that a way of writing takes in a process of its own."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_timed, args=(theirs, way, path, count, layout))
    process.start()
    measured: tuple[float, float] = ours.recv()
    process.join()
    return measured


def _timed(pipe: object, way: Callable[[Path, int, str], None], path: Path, count: int, layout: str) -> None:
    way(path, 10, layout)  # what is imported is idle
    path.unlink()
    idle = _peak()
    began = time.process_time()
    way(path, count, layout)
    pipe.send((time.process_time() - began, _peak() - idle))  # type: ignore[attr-defined]


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main())
