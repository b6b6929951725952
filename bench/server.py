"""How fast the API is: filtered pages while somebody adds, many clients at once, a whole export.

    python bench/server.py [--events 100000] [--clients 200] [--seconds 20] [--book BOOK]

The book is that of bench/book.py; one that is named is made where it is not there, kept, and grows. The server is
`rallybook serve` in a process of its own, asked at 127.0.0.1; the clients are threads of eight processes, each with a
connection that it keeps. Single pages are asked for with 200 different filters, those of the crowd with 60. Prints a table in Markdown; times are those that a client waits, on a machine that
serves, asks and adds at the same time, so that CPU stands beside them.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import itertools
import json
import multiprocessing
import random
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import book as made_up
import synthetic
from rallybook.book.store import SqliteBook
from rallybook.model.record import FORMS
from served import cpu_of, memory_of, served

_PROCESSES = 8
_BATCH = 500
_PAGES = 200


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--events", type=int, default=100_000, help="records; half as many events")
    arguments.add_argument("--clients", type=int, default=200)
    arguments.add_argument("--seconds", type=int, default=20)
    arguments.add_argument("--book", type=Path)
    given = arguments.parse_args()
    print("| what | measured |\n|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        path = given.book or Path(folder) / "book.db"
        if not path.exists():
            fill(path, given.events)
        with served(path) as (port, process):
            for what, measured in itertools.chain(
                pages(port, process, path, given.events),
                crowd(port, process, given.clients, given.seconds),
                export(port, process),
            ):
                print(f"| {what} | {measured} |", flush=True)
    return 0


def fill(path: Path, count: int) -> None:
    kept = SqliteBook(path, made_up.plain())
    made = synthetic.read(count)
    while batch := list(itertools.islice(made, _BATCH)):
        kept.keep(batch)
    kept.link()
    kept.close()


def pages(port: int, process: int, path: Path, count: int) -> Iterator[tuple[str, str]]:
    """Ask for filtered pages, first in peace, then while 500 records at a time are added and linked."""
    paths = [_page(number) for number in range(_PAGES)]
    yield f"filtered page of 100 of {_events(port):,} events", _times(port, process, paths)
    adding = multiprocessing.get_context("spawn").Process(target=_add, args=(path, count))
    adding.start()
    # other pages, which the server does not remember
    others = [_page(number + _PAGES) for number in range(_PAGES)]
    yield "other pages while records are added and linked all the time", _times(port, process, others)
    adding.terminate()
    adding.join()
    yield "the same answer again (304)", _times(port, process, [paths[0]] * _PAGES, again=True)


def crowd(port: int, process: int, clients: int, seconds: int) -> Iterator[tuple[str, str]]:
    """Have many clients ask for different pages at the same time."""
    cpu = cpu_of(process)
    with multiprocessing.get_context("spawn").Pool(_PROCESSES) as pool:
        shares = [(port, clients // _PROCESSES, seconds, n) for n in range(_PROCESSES)]
        told = pool.starmap(_share, shares)
    times = sorted(itertools.chain.from_iterable(times for times, _ in told))
    cpu = (cpu_of(process) - cpu) / len(times)
    failed = sum(failures for _, failures in told)
    p50, p99 = times[len(times) // 2], times[len(times) * 99 // 100]
    yield (
        f"{clients} clients for {seconds} s",
        f"{len(times) / seconds:,.0f} answers/s, p50 {1000 * p50:.0f} ms, p99 {1000 * p99:.0f} ms, {failed} errors; "
        f"{1000 * cpu:.1f} ms of CPU of the server an answer",
    )


def export(port: int, process: int) -> Iterator[tuple[str, str]]:
    """Read a whole export, and watch the memory of the server."""
    for kind in ("csv", "jsonl"):
        idle, most, read = memory_of(process), 0, 0
        began = time.perf_counter()
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port)) as connection:
            connection.request("GET", f"/api/v1/export?format={kind}")
            answer = connection.getresponse()
            while piece := answer.read(1 << 20):
                read += len(piece)
                most = max(most, memory_of(process))
        took = time.perf_counter() - began
        yield (
            f"export as {kind}",
            f"{read / 1e6:,.0f} MB in {took:.1f} s, at most {most - idle:.0f} MB over {idle:.0f} MB",
        )


def _page(number: int) -> str:
    west, south = -180 + 5 * number % 300, -60 + 2 * number % 100
    first = synthetic.FIRST.year + number % 2
    box = f"{west},{south},{west + 60},{south + 30}"
    return (
        f"/api/v1/events?box={box}&form={FORMS[number % len(FORMS)]}&from={first}-0{1 + number % 9}-01"
        f"&to={first + 1}-0{1 + number % 9}-01&limit=100"
    )


def _times(port: int, process: int, paths: list[str], *, again: bool = False) -> str:
    times = []
    cpu = cpu_of(process)
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port)) as connection:
        tag = ""
        for path in paths:
            began = time.perf_counter()
            connection.request("GET", path, headers={"If-None-Match": tag} if again and tag else {})
            answer = connection.getresponse()
            answer.read()
            times.append(time.perf_counter() - began)
            assert answer.status in {200, 304}, answer.status
            tag = answer.headers["ETag"] or ""
    cpu = (cpu_of(process) - cpu) / len(paths)
    times.sort()
    p50, p99 = statistics.median(times), times[len(times) * 99 // 100]
    return f"p50 {1000 * p50:.1f} ms, p99 {1000 * p99:.1f} ms; {1000 * cpu:.1f} ms of CPU of the server"


def _add(path: Path, count: int) -> None:
    kept = SqliteBook(path, made_up.plain())
    for number in itertools.count():
        kept.keep(list(synthetic.read(_BATCH, seed=9 + number, first=10_000_000 + count + number * _BATCH)))
        kept.link()


def _share(port: int, clients: int, seconds: int, seed: int) -> tuple[list[float], int]:
    times: list[float] = []
    failures: list[str] = []
    until = time.perf_counter() + seconds

    def ask(number: int) -> None:
        chance = random.Random(number)
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        while time.perf_counter() < until:
            began = time.perf_counter()
            try:
                connection.request("GET", _page(chance.randrange(60)))
                answer = connection.getresponse()
                answer.read()
            except OSError as error:
                failures.append(str(error))
                connection.close()
                continue
            times.append(time.perf_counter() - began)
            if answer.status != 200:
                failures.append(str(answer.status))
        connection.close()

    threads = [threading.Thread(target=ask, args=(seed * 1_000 + number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times, len(failures)


def _events(port: int) -> int:
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port)) as connection:
        connection.request("GET", "/api/v1/meta")
        return int(json.loads(connection.getresponse().read())["events"])


if __name__ == "__main__":
    sys.exit(main())
