"""How fast a book is: loading and linking records, a page of events, facets, a page while another writes, adding twice.

    python bench/book.py [--records 100000] [--articles 3000] [--linker bundled|plain] [--jobs 1]

Records are made up (see synthetic.py). They are read by nobody: loading is what the store takes. `plain` links what has the same
city and day, which shows the cost of the store alone; `bundled` is rallybook's own linker. Everything is written to a temporary
folder; prints a table in Markdown. One process, or `--jobs` workers beside it where it links; its CPU time stands beside the time that a user waits: on a machine with
other work it is the fairer figure.
"""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from functools import partial
from multiprocessing import Process
from pathlib import Path

import msgspec

import synthetic
from rallybook import api, opened
from rallybook.book import relinking
from rallybook.book.adding import add
from rallybook.book.sharing import Sharing
from rallybook.book.store import SqliteBook, StoredBook
from rallybook.model.article import Article
from rallybook.model.copies import CopyGroup
from rallybook.model.decision import Decision
from rallybook.model.event import Comparison, Event, Report, Telling
from rallybook.model.outcome import Coded, Failure
from rallybook.model.question import Box, Near, Question
from rallybook.model.record import FORMS
from rallybook.ports import Linker

# articles of a transaction: with a record and the words of both, four rows each
_BATCH = 500
_PAGES = 60
_ASKED = 100


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--records", type=int, default=100_000)
    arguments.add_argument("--articles", type=int, default=3_000)
    arguments.add_argument("--linker", choices=("bundled", "plain"), default="plain")
    arguments.add_argument("--jobs", type=int, default=1)
    given = arguments.parse_args()
    linker = plain() if given.linker == "plain" else api.linker()
    print("| what | measured |\n|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for what, measured in itertools.chain(
            records(Path(folder) / "records.db", given.records, linker, given.jobs),
            articles(Path(folder) / "articles.db", given.articles, linker),
        ):
            print(f"| {what} | {measured} |", flush=True)
    return 0


def records(path: Path, count: int, linker: Linker, jobs: int) -> Iterator[tuple[str, str]]:
    """Load and link records, and ask for pages and facets."""
    book = SqliteBook(path, linker)
    made = list(synthetic.read(count))
    starts = range(0, count, _BATCH)
    loaded = _rate(lambda: [book.keep(made[start : start + _BATCH]) for start in starts], count)
    yield f"load {count:,} records, each with an article and the words of both (four rows)", loaded
    made.clear()
    shared = Sharing(book._database, linker, opened.sharers(jobs)) if jobs > 1 else None
    for name, share, work in (
        ("keys and comparing", shared and shared.compare, relinking.compare_some),
        ("events", shared and shared.link, relinking.link_some),
    ):
        yield f"link them: {name}", _rate(partial(_all, book, work, share), count)
    more = list(synthetic.read(1_000, seed=6, first=count))
    book.keep(more)
    yield "link 1,000 more", f"{_seconds(book.link):.2f} s"
    yield "file", f"{path.stat().st_size / 1e6:,.0f} MB"
    yield from answers(book)
    yield (
        "page of 100 by box, time and form while another process writes",
        _beside_a_writer(book, path, count),
    )
    book.close()


def answers(book: StoredBook) -> Iterator[tuple[str, str]]:
    """Ask for pages, facets, points and cells."""
    yield "events", f"{sum(book.facets()['form'].values()):,}"
    yield "page of 100 by box, time and form, p50", _p50(lambda n: list(book.events(_question(n))))
    yield "page of 100 near a place, p50", _p50(lambda n: list(book.events(_near(n))))
    yield "page of 100 of all, p50", _p50(lambda _: list(book.events(Question(limit=_ASKED))))
    yield "page of 100 by two words, p50", _p50(lambda n: list(book.events(_words(n))))
    spans = [_span(n, 730) for n in range(10)]
    yield "all facets over two years, p50", _p50(lambda n: book.facets(spans[n % 10]), repeats=10)
    yield "points of one month, p50", _p50(lambda n: book.points(_span(n, 30)), repeats=10)
    yield "cells of two years, p50", _p50(lambda n: book.cells(spans[n % 10], resolution=5), repeats=5)


def _beside_a_writer(book: SqliteBook, path: Path, count: int) -> str:
    writer = Process(target=_write, args=(path, count), daemon=True)
    writer.start()
    took = [_seconds(lambda n=n: list(book.events(_question(n)))) for n in range(4 * _PAGES)]
    writer.terminate()
    writer.join()
    return f"p50 {1000 * statistics.median(took):.1f} ms, p99 {1000 * statistics.quantiles(took, n=100)[98]:.1f} ms"


def _write(path: Path, first: int) -> None:
    book = SqliteBook(path, plain())
    for number in itertools.count():
        book.keep(list(synthetic.read(_BATCH, seed=100 + number, first=2 * first + _BATCH * number)))
        book.link()


def _all(book: StoredBook, work: Callable[..., int], share: Callable[[], object] | None = None) -> None:
    if share:
        share()
    while book._round(work):
        pass


def articles(path: Path, count: int, linker: Linker) -> Iterator[tuple[str, str]]:
    """Add articles twice with the coder of rules."""
    coder = api.coder("rules")
    made = [article for article, _ in synthetic.read(count, seed=7)]

    def coded(items: object) -> Iterator[tuple[Article | Failure, Coded]]:
        return ((item, coder.code(item)) for item in items)  # type: ignore[attr-defined]

    book = SqliteBook(path, linker)
    times = []
    for _ in range(2):
        began = time.perf_counter()
        added = add(book, made, coded)
        book.link()
        times.append(time.perf_counter() - began)
    book.close()
    yield f"add {count:,} short articles, coded by rules", f"{times[0]:.1f} s"
    yield "the same again", f"{times[1]:.2f} s ({times[1] / times[0]:.1%}), {added.new} new"


class Plain:
    """Links what has the same city and day."""

    def block_keys(self, report: Report) -> dict[str, tuple[bool, bool]]:
        """Give the city and the day."""
        return {_key(report): (True, True)}

    def compared(self, reports: Sequence[Report], fresh: Set[str]) -> Iterator[Comparison]:
        """Give the pairs of each city and day."""
        groups: dict[str, list[str]] = {}
        for report in reports:
            groups.setdefault(_key(report), []).append(report.record.id)
        for group in groups.values():
            for pair in itertools.combinations(group, 2):
                if not fresh.isdisjoint(pair):
                    yield Comparison(*pair, 1.0, False)

    def joins(self, weight: float, _: int) -> bool:
        """Tell whether a pair may be one event."""
        return weight > 0

    def clusters(self, reports: Sequence[Report], _: Sequence[Decision]) -> tuple[tuple[str, ...], ...]:
        """Give the records of each city and day."""
        ids = {report.record.id: report.article for report in reports}
        return self.clustered(ids, self.compared(reports, ids.keys()), (), {})

    def clustered(
        self, articles: Mapping[str, str], compared: Iterable[Comparison], *_: object
    ) -> tuple[tuple[str, ...], ...]:
        """Give the records of each city and day: all that are compared with each other."""
        home = {name: name for name in articles}
        for pair in sorted(compared):
            home[pair.other] = home[pair.one]
        groups: dict[str, list[str]] = {}
        for name, root in home.items():
            groups.setdefault(root, []).append(name)
        return tuple(map(tuple, groups.values()))

    def copy_keys(self, _: str) -> Sequence[int]:
        """Give none."""
        return ()

    def copies(self, _: Sequence[Article]) -> Sequence[CopyGroup]:
        """Give none."""
        return ()

    def consolidated(
        self, reports: Sequence[Report], _: Sequence[Decision], __: Sequence[CopyGroup]
    ) -> Event:
        """Give what the first report tells."""
        first = reports[0].record
        told = tuple(
            Telling(
                article=r.article,
                record=r.record.id,
                published=r.published,
                quote=r.record.quote,
                spans=r.record.spans,
            )
            for r in reports
        )
        return Event(
            id="",
            form=first.form,
            status=first.status,
            focus=first.focus,
            umbrella=first.umbrella,
            date=first.date,
            place=first.place,
            records=told,
            support={"form": (first.id,)},
        )


def plain() -> Linker:
    return Plain()


def _key(report: Report) -> str:
    return f"{report.record.place.name}|{report.record.date.edtf}"


def _span(number: int, days: int) -> Question:
    first = synthetic.FIRST + dt.timedelta(20 * number)
    return Question(first=first, last=first + dt.timedelta(days))


def _question(number: int) -> Question:
    west, south = -120 + 5 * number % 220, -40 + 2 * number % 80
    return msgspec.structs.replace(
        _span(number % 10, 400),
        forms=(FORMS[number % len(FORMS)],),
        box=Box(west, south, west + 60, south + 30),
        limit=_ASKED,
    )


def _near(number: int) -> Question:
    return Question(near=Near(-40 + number, -120 + 4 * number, 1000), limit=_ASKED)


def _words(number: int) -> Question:
    return Question(text=f"{synthetic.WHO[number]} traffic", limit=_ASKED)


def _p50(ask: Callable[[int], object], repeats: int = _PAGES) -> str:
    took = [_seconds(lambda number=number: ask(number)) for number in range(repeats)]
    return f"{1000 * statistics.median(took):.1f} ms"


def _rate(work: Callable[[], object], count: int) -> str:
    began, cpu = time.perf_counter(), time.process_time()
    work()
    took, cpu = time.perf_counter() - began, time.process_time() - cpu
    return f"{count / took:,.0f} records/s in {took:.1f} s; {count / cpu:,.0f} records a CPU second"


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    sys.exit(main())
