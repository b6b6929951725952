"""How fast a book is: loading and linking records, a page of events, facets, adding articles twice.

    python bench/book.py [--records 100000] [--articles 3000] [--linker bundled|plain]

Records are made up (seeded): a rally, march or strike in one of 400 cities on one of 1,000 days, two reports of an
event on average. They are read by nobody: loading is what the store takes. `plain` links what has the same city and day,
which shows the cost of the store alone; `bundled` is rallybook's own linker. Everything is written to a temporary
folder; prints a table in Markdown. One process; where work takes seconds, CPU time stands beside the time that a user
waits: on a machine with other work it is the fairer figure.
"""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from rallybook import api
from rallybook.book.adding import add
from rallybook.book.store import SqliteBook
from rallybook.model.article import Article
from rallybook.model.copies import CopyGroup
from rallybook.model.decision import Decision
from rallybook.model.event import Event, Report, Telling
from rallybook.model.outcome import Coded, Failure
from rallybook.model.question import Box, Near, Question
from rallybook.model.record import FORMS, EventDate, EventPlace, Form, Record
from rallybook.ports import Linker

_CITIES, _DAYS, _FIRST = 400, 1_000, dt.date(2021, 1, 1)
# articles of a transaction: with a record and the words of both, four rows each
_BATCH = 500
_PAGES = 60
_ASKED = 100


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--records", type=int, default=100_000)
    arguments.add_argument("--articles", type=int, default=3_000)
    arguments.add_argument("--linker", choices=("bundled", "plain"), default="plain")
    given = arguments.parse_args()
    linker = plain() if given.linker == "plain" else api.linker()
    print("| what | measured |\n|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for what, measured in itertools.chain(
            records(Path(folder) / "records.db", given.records, linker),
            articles(Path(folder) / "articles.db", given.articles, linker),
        ):
            print(f"| {what} | {measured} |", flush=True)
    return 0


def records(path: Path, count: int, linker: Linker) -> Iterator[tuple[str, str]]:
    """Load and link records, and ask for pages and facets."""
    book = SqliteBook(path, linker)
    made = list(read(count, random.Random(5)))
    starts = range(0, count, _BATCH)
    loaded = _rate(lambda: [book.keep(made[start : start + _BATCH]) for start in starts], count)
    yield f"load {count:,} records, each with an article and the words of both (four rows)", loaded
    yield "link them", _rate(book.link, count)
    more = list(read(1_000, random.Random(6), first=count))
    book.keep(more)
    yield "link 1,000 more", f"{_seconds(book.link):.2f} s"
    yield "events", f"{sum(book.facets()['form'].values()):,}, file {path.stat().st_size / 1e6:,.0f} MB"
    yield "page of 100 by box, time and form, p50", _p50(lambda n: list(book.events(_question(n))))
    yield "page of 100 near a place, p50", _p50(lambda n: list(book.events(_near(n))))
    yield "page of 100 of all, p50", _p50(lambda _: list(book.events(Question(limit=_ASKED))))
    yield "page of 100 by two words, p50", _p50(lambda n: list(book.events(_words(n))))
    spans = [
        Question(first=_FIRST + dt.timedelta(20 * n), last=_FIRST + dt.timedelta(700 + 5 * n))
        for n in range(10)
    ]
    yield "three facets over two years, p50", _p50(lambda n: book.facets(spans[n % 10]), repeats=10)
    book.close()


def articles(path: Path, count: int, linker: Linker) -> Iterator[tuple[str, str]]:
    """Add articles twice with the coder of rules."""
    coder = api.coder("rules")
    made = [article for article, _ in read(count, random.Random(7))]

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


def read(count: int, chance: random.Random, first: int = 0) -> Iterator[tuple[Article, Coded]]:
    """Give articles that tell one event each."""
    cities = [
        (chance.uniform(-60, 70), chance.uniform(-180, 180), f"{'ABCDEFGH'[n % 8]}{'KLMNO'[n % 5]}")
        for n in range(_CITIES)
    ]
    for number in range(first, first + count):
        city = chance.randrange(_CITIES)
        lat, lon, country = cities[city]
        day = (_FIRST + dt.timedelta(chance.randrange(_DAYS))).isoformat()
        form: Form = FORMS[chance.randrange(len(FORMS))]
        quote = f"Some {chance.randrange(50, 5000)} {chance.choice(_WHO)} {chance.choice(_DID)} in Leeds on Sunday."
        text = f"{quote} They want {chance.choice(_WANT)}, said speaker {number} of {city}."
        record = Record(
            id=f"{number}-1",
            form=form,
            status="happened",
            focus="focal",
            umbrella=False,
            date=EventDate(day),
            place=EventPlace(f"city {city}", f"city {city}", country, lat, lon, "city"),
            quote=quote,
            spans={"quote": ((0, len(quote)),)},
        )
        article = Article(id=str(number), text=text, published=dt.date(2024, 5, 14), language="en")
        yield (
            article,
            Coded(id=article.id, published=article.published, language="en", coder="bench", events=(record,)),
        )


_WHO = ("nurses", "teachers", "farmers", "students", "drivers", "miners", "residents", "pensioners")
_DID = ("marched", "held a rally", "blocked a road", "went on strike", "held a vigil", "gathered")
_WANT = ("higher pay", "clean water", "new elections", "lower prices", "safe roads", "a new school")


class Plain:
    """Links what has the same city and day."""

    def block_keys(self, report: Report) -> dict[str, tuple[bool, bool]]:
        """Give the city and the day."""
        return {_key(report): (True, True)}

    def clusters(self, reports: Sequence[Report], _: Sequence[Decision]) -> tuple[tuple[str, ...], ...]:
        """Give the records of each city and day."""
        groups: dict[str, list[str]] = {}
        for report in reports:
            groups.setdefault(_key(report), []).append(report.record.id)
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


def _question(number: int) -> Question:
    west, south = -180 + 5 * number % 300, -60 + 2 * number % 100
    return Question(
        first=_FIRST + dt.timedelta(days=10 * number % 500),
        last=_FIRST + dt.timedelta(days=10 * number % 500 + 400),
        forms=(FORMS[number % len(FORMS)],),
        box=Box(west, south, west + 60, south + 30),
        limit=_ASKED,
    )


def _near(number: int) -> Question:
    return Question(near=Near(-60 + 2 * number, -170 + 5 * number, 1000), limit=_ASKED)


def _words(number: int) -> Question:
    return Question(text=f"{_WHO[number % 8]} {_WANT[number % 6].split()[-1]}", limit=_ASKED)


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
