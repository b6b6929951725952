"""How well a book's events are the protests of made-up news, and whether the order in which it came counts.

    python bench/book_truth.py [--records 10000]

The news is that of synthetic.py, which knows which protest each article tells. It is added at once in its order, and in
three parts in a random order. Prints a table in Markdown: events, pairwise precision, recall and F1, CPU seconds.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import synthetic
from rallybook import api
from rallybook.book.store import SqliteBook
from rallybook.model.article import Article
from rallybook.model.outcome import Coded

_BATCH = 500
Clusters = set[tuple[str, ...]]


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--records", type=int, default=10_000)
    count = arguments.parse_args().records
    made = list(synthetic.told(count))
    acts = {coded.events[0].id: act for _, coded, act in made}
    news = [(article, coded) for article, coded, _ in made]
    mixed = random.Random(1).sample(news, count)
    print("| added | events (true) | P | R | F1 | CPU s |\n|---|---|---|---|---|---|", flush=True)
    found = []
    for how, parts in (("at once", [news]), ("mixed, in three parts", [mixed[n::3] for n in range(3)])):
        began = time.process_time()
        found.append(_clusters(parts))
        took = time.process_time() - began
        p, r = _scored(found[-1], acts)
        row = (how, f"{len(found[-1]):,} ({len(set(acts.values())):,})", f"{p:.3f}", f"{r:.3f}")
        print(f"| {' | '.join(row)} | {2 * p * r / (p + r):.3f} | {took:.1f} |", flush=True)
    print("the same events" if found[0] == found[1] else f"{len(found[0] ^ found[1])} events differ")
    return 0


def _clusters(parts: Sequence[Sequence[tuple[Article, Coded]]]) -> Clusters:
    with tempfile.TemporaryDirectory() as folder:
        book = SqliteBook(Path(folder) / "book.db", api.linker())
        for part in parts:
            for start in range(0, len(part), _BATCH):
                book.keep(part[start : start + _BATCH])
            book.link()
        found = {tuple(sorted(telling.record for telling in event.records)) for event in book.events()}
        book.close()
    return found


def _scored(found: Clusters, acts: dict[str, int]) -> tuple[float, float]:
    """Give precision and recall over the pairs of records."""
    right = sum(_pairs(n) for records in found for n in Counter(acts[one] for one in records).values())
    given = sum(_pairs(len(records)) for records in found)
    return right / max(given, 1), right / max(sum(map(_pairs, Counter(acts.values()).values())), 1)


def _pairs(count: int) -> int:
    return count * (count - 1) // 2


if __name__ == "__main__":
    sys.exit(main())
