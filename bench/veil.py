"""What it costs to hide from a second coder what is known of an article: CPU of a page, of facets, of the veil itself.

    python bench/veil.py [--events 20000]

The book is that of bench/book.py. CPU seconds of this process, so that other work on the machine counts little.
"""

from __future__ import annotations

import argparse
import itertools
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import book as made_up
import synthetic
from rallybook.book.store import SqliteBook
from rallybook.model.decision import WHOLE
from rallybook.model.question import Question
from rallybook.reviewing.codings import whole
from rallybook.server.veil import Veiled

_ROUNDS = 40
_BATCH = 500
_CODED = 2_000


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--events", type=int, default=20_000, help="records; about as many events")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.db"
        fill(path, given.events)
        kept = SqliteBook(path, made_up.plain())
        article = next(kept.events()).records[0].article
        kept.decide([whole(f"article {n}", "code", by="bob") for n in range(_CODED)])
        veiled = Veiled(kept, [article])
        chance = random.Random(1)
        print(f"CPU, ms, of a book of {kept.count():,} events | open | behind a veil\n---|---|---")
        for what, ask in ASKED.items():
            both = (taken(lambda ask=ask, book=book: ask(book, chance)) for book in (kept, veiled))
            print(f"{what} | {' | '.join(f'{ms:.2f}' for ms in both)}")
        print(f"hanging the veil, each request | | {taken(lambda: Veiled(kept, [article])):.2f}")
        found = taken(lambda: kept.decisions([WHOLE]))
        print(f"reading {_CODED:,} decisions on whole articles, each change of the book | | {found:.2f}")
        kept.close()


def fill(path: Path, count: int) -> None:
    kept = SqliteBook(path, made_up.plain())
    made = synthetic.read(count)
    while batch := list(itertools.islice(made, _BATCH)):
        kept.keep(batch)
    kept.link()
    kept.close()


def page(book: SqliteBook, chance: random.Random) -> object:
    form = chance.choice(("rally", "march", "strike", "blockade"))
    return list(book.events(Question(forms=(form,), limit=100)))


def facets(book: SqliteBook, _: random.Random) -> object:
    return book.facets(Question())


ASKED: dict[str, Callable[[SqliteBook, random.Random], object]] = {
    "a filtered page of 100": page,
    "all facets": facets,
}


def taken(work: Callable[[], object]) -> float:
    """Give the median CPU of a piece of work, in milliseconds."""
    times = []
    for _ in range(_ROUNDS):
        start = time.process_time()
        work()
        times.append(1_000 * (time.process_time() - start))
    return median(times)


if __name__ == "__main__":
    main()
