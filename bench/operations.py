"""What it costs to run a book: figures for the metrics, health, a back-up, restoring it, checking it.

    python bench/operations.py [--records 50000]

Records are made up (see synthetic.py), events follow from them by city and day (`plain` of book.py): the linker is not what is
measured. Everything is written to a temporary folder; prints a table in Markdown, with CPU seconds beside the time that one waits.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from starlette.types import Send

import synthetic
from book import plain
from rallybook.book.restoring import restore
from rallybook.book.store import SqliteBook
from rallybook.server.metrics import Requests
from rallybook.server.observed import Observed
from rallybook.server.review_queue import queued

_BATCH = 500
_REPEATS = 20
_REQUESTS = 20_000


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--records", type=int, default=50_000)
    count = arguments.parse_args().records
    print("| what | wall | CPU |\n|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        path, copy = Path(folder) / "book.db", Path(folder) / "copy.db"
        book = SqliteBook(path, plain())
        made = list(synthetic.read(count))
        for start in range(0, count, _BATCH):
            book.keep(made[start : start + _BATCH])
        book.link()
        had = book.figures()
        print(
            f"| (a book of {had.records:,} records in {had.events:,} events, {path.stat().st_size / 1e6:,.0f} MB) | | |"
        )
        _row("figures of the book, as /metrics asks for them", book.figures, _REPEATS)
        _row("whether it is ready", book.check_ready, _REPEATS)
        _row("length of the review queue (at most every five minutes)", lambda: queued(book), 1)
        _row("back-up with check and checksum", lambda: book.back_up(copy), 1)
        _row("restoring it beside the book", lambda: restore(copy, Path(folder) / "new.db"), 1)
        _row("check --quick", lambda: _sound(book, derive=False), 1)
        _row("check", lambda: _sound(book, derive=True), 1)
        book.close()
    _row("counting and logging a request (to a log that is not written)", _requests, 1, per=_REQUESTS)
    return 0


def _sound(book: SqliteBook, *, derive: bool) -> None:
    assert list(book.faults(derive=derive)) == []


def _requests() -> None:
    async def answer(_scope: object, _receive: object, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    async def nothing(*_) -> None:  # noqa: ANN002
        return None

    async def run() -> None:
        observed = Observed(answer, requests=Requests())
        for _ in range(_REQUESTS):
            await observed({"type": "http", "method": "GET", "path": "/x", "headers": []}, nothing, nothing)

    asyncio.run(run())


def _row(what: str, work: Callable[[], object], repeats: int, *, per: int = 1) -> None:
    wall, cpu = time.perf_counter(), time.process_time()
    for _ in range(repeats):
        work()
    took = [
        (end - begin) / repeats / per
        for begin, end in ((wall, time.perf_counter()), (cpu, time.process_time()))
    ]
    print(f"| {what} | {_time(took[0])} | {_time(took[1])} |", flush=True)


def _time(seconds: float) -> str:
    return (
        f"{seconds:.1f} s"
        if seconds >= 1
        else f"{seconds * 1e3:.2f} ms"
        if seconds >= 1e-3
        else f"{seconds * 1e6:.0f} µs"
    )


if __name__ == "__main__":
    raise SystemExit(main())
