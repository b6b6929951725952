"""How fast a book on a PostgreSQL server is, and whether several writers lose anything.

    python bench/postgres.py postgresql://USER@HOST/DATABASE [--records 1000000] [--linker plain|bundled] [--writers 8]
        [--do load|ask|both]

The server must have PostGIS, and the database be empty before it is loaded; what is made there stays, so that it can be asked by another
run. Records are made up (see synthetic.py), and read by nobody. `plain` links what has the same city and day, which shows the cost of
the store alone; `bundled` is rallybook's own linker. Prints a table in Markdown. CPU time stands beside the time that a user waits: on
a machine with other work it is the fairer figure. That of the server is of all processes on this machine that are called "postgres".
"""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
import time
from collections.abc import Iterator
from multiprocessing import get_context
from pathlib import Path

import book as files
import synthetic
from rallybook import api
from rallybook.book import relinking
from rallybook.book.choosing import open_book
from rallybook.book.store import StoredBook
from rallybook.model.question import Question

_BATCH = 500
# filtered pages: at least so many, and for so long that ticks of the clock of processes tell something
_PAGES, _AT_LEAST_S = 60, 8.0
# each writer keeps so many articles, in transactions of 100, and links them; a tenth of them others keep, too
_OF_EACH, _TURN = 1_000, 100


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("address")
    arguments.add_argument("--records", type=int, default=100_000)
    arguments.add_argument("--linker", choices=("plain", "bundled"), default="plain")
    arguments.add_argument("--writers", type=int, default=8)
    arguments.add_argument("--do", choices=("load", "ask", "both"), default="both")
    given = arguments.parse_args()
    book = open_book(given.address, files.plain() if given.linker == "plain" else api.linker())
    print("| what | measured |\n|---|---|", flush=True)
    for what, measured in _measured(book, given):
        print(f"| {what} | {measured} |", flush=True)
    book.close()
    return 0


def _measured(book: StoredBook, given: argparse.Namespace) -> Iterator[tuple[str, str]]:
    if given.do != "ask":
        yield from _load(book, given.records)
        yield from _link(book, given.records)
        book.tidy()
    if given.do != "load":
        yield from _pages(book)
        yield from files.answers(book)
        yield from _writers(book, given)


def _load(book: StoredBook, count: int) -> Iterator[tuple[str, str]]:
    made = list(synthetic.read(count))
    taken = _Taken()
    for start in range(0, count, _BATCH):
        book.keep(made[start : start + _BATCH])
    yield f"load {count:,} records, each with an article and the words of both", taken.rate(count)


def _pages(book: StoredBook) -> Iterator[tuple[str, str]]:
    """Ask for filtered pages, and tell what CPU each took."""
    times = 0
    taken = _Taken()
    while times < _PAGES or taken.seconds()[0] < _AT_LEAST_S:
        list(book.events(files._question(times)))
        times += 1
    took, ours, theirs = (1000 * seconds / times for seconds in taken.seconds())
    yield (
        f"page of 100 by box, time and form, mean of {times}",
        f"{took:.1f} ms; CPU {ours:.1f} ms, the server's {theirs:.1f} ms",
    )


def _link(book: StoredBook, count: int) -> Iterator[tuple[str, str]]:
    for name, work in (
        ("compare", relinking.compare_some),
        ("events", relinking.link_some),
    ):
        taken = _Taken()
        files._all(book, work)
        yield f"link them: {name}", taken.rate(count)


class _Taken:
    """Time that goes by, and CPU time of this process and of the server."""

    def __init__(self) -> None:
        self._began = self._now()

    def seconds(self) -> tuple[float, float, float]:
        """Give the seconds that went by, and those of CPU of this process and of the server."""
        took, ours, theirs = (now - began for now, began in zip(self._now(), self._began, strict=True))
        return took, ours, theirs

    def rate(self, count: int) -> str:
        """Give how many of something that was."""
        took, ours, theirs = self.seconds()
        return (
            f"{count / took:,.0f} records/s in {took:.1f} s; CPU {1e6 * ours / count:.0f} µs a record, "
            f"the server's {1e6 * theirs / count:.0f} µs"
        )

    @staticmethod
    def _now() -> tuple[float, float, float]:
        return time.perf_counter(), time.process_time(), _server_cpu()


def _server_cpu() -> float:
    """Give the CPU seconds that the server's processes have taken, those that ended included."""
    ticks = 0
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            name, _, rest = (process / "stat").read_text().partition("(")[2].rpartition(")")
            if name == "postgres":
                ticks += sum(int(field) for field in rest.split()[11:15])
    return ticks / os.sysconf("SC_CLK_TCK")


def _writers(book: StoredBook, given: argparse.Namespace) -> Iterator[tuple[str, str]]:
    """Have several processes keep and link at once, a tenth of it the same; tell what was lost or came twice."""
    before = len(_told(book))
    apart = _OF_EACH * 9 // 10
    parts = [range(n * apart, n * apart + _OF_EACH) for n in range(given.writers)]
    first, most = 10 * given.records, parts[-1].stop
    began = time.perf_counter()
    spawned = get_context("spawn")
    running = [spawned.Process(target=_write, args=(given.address, first, most, part)) for part in parts]
    for process in running:
        process.start()
    for process in running:
        process.join()
    took = time.perf_counter() - began
    told = _told(book)
    wanted = {f"{first + number}-1" for number in range(most)}
    lost, twice = wanted - set(told), len(told) - len(set(told))
    failed = sum(process.exitcode != 0 for process in running)
    yield (
        f"{given.writers} writers at once, {_OF_EACH:,} articles each, a tenth of them its neighbour's, too",
        f"{given.writers * _OF_EACH / took:,.0f} articles/s in {took:.1f} s; {len(wanted):,} records wanted, "
        f"{len(told) - before:,} came, {len(lost)} lost, {twice} twice, {failed} writers failed",
    )


def _write(address: str, first: int, most: int, part: range) -> None:
    book = open_book(address, files.plain())
    # what all writers keep, of which this one keeps a part
    every = list(synthetic.read(most, seed=9, first=first))
    for start in range(part.start, part.stop, _TURN):
        book.keep(every[start : min(start + _TURN, part.stop)])
        book.link()
    book.close()


def _told(book: StoredBook) -> list[str]:
    return [telling.record for event in book.events(Question()) for telling in event.records]


if __name__ == "__main__":
    sys.exit(main())
