"""Fit the weights by which two counts are known as estimates of one crowd, arrest or casualty figure.

    RALLYBOOK_DATA=../shared/data python bench/fit_estimates.py [--write]

Two counts that stand close together are estimates of one thing where a labelled record has the range from
one to the other. Prints precision and recall of a five-fold cross-validation (folds by article) at several
bounds; `--write` fits on everything and puts the weights into the codebook. Needs numpy and scipy.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from arguments import DATA
from rallybook.coding.estimates import Told, estimate_marks, joined, may_be_same
from rallybook.grounding.headcounts import head_counts
from rallybook.grounding.reading import read
from rallybook.grounding.response import responses
from rallybook.model.article import Article
from rallybook.model.values import Range
from rallybook.training.regression import Table

WEIGHTS = Path(__file__).parents[1] / "src/rallybook/codebook/data/estimate_weights.yaml"
PULL = 0.7  # few pairs: 184, 35 of them right
# Of 1,621 pairs of these and of our own articles, 217 of them right, -0.5 has P .520 and R .857 and 0.5 .646 and .756; of
# 748 head counts in 500 of our own articles .627 are right with -0.5, .641 with 0.3 and .640 with 0.5
BOUND = 0.3
BOUNDS = (-1.5, -1.0, -0.5, 0.0, BOUND, 0.5)


class Pair(NamedTuple):
    """Two counts with their marks, and whether a record has the range from one to the other."""

    article: str
    marks: tuple[str, ...]
    right: bool


def pairs_of(row: dict[str, Any]) -> Iterator[Pair]:
    """Give the pairs of counts of a labelled article."""
    day = row.get("published")
    published = dt.date.fromisoformat(day[:10]) if day else None
    reading = read(Article(id=row["id"], text=row["text"], title="", published=published))
    told = responses(reading)
    groups: list[tuple[str, Sequence[Told]]] = [("size", head_counts(reading))]
    groups += [(name, [r for r in told if r.action == name]) for name in ("arrests", "injured", "killed")]
    for name, counts in groups:
        gold = [_value(event, name) for event in row["events"]]
        for n, one in enumerate(counts):
            for other in counts[n + 1 : n + 3]:
                if may_be_same(one, other):
                    right = any(_spans(one.count, other.count, value) for value in gold)
                    yield Pair(row["id"], estimate_marks(reading.text, one, other), right)


def _value(event: dict[str, Any], name: str) -> tuple[int | None, int | None]:
    response, harm = event.get("response") or {}, event.get("harm") or {}
    found = {"size": event.get("size"), "arrests": response.get("arrests")}.get(name) or harm.get(name) or {}
    return found.get("low"), found.get("high")


def _spans(one: Range, other: Range, gold: tuple[int | None, int | None]) -> bool:
    both = joined((one, other))
    if both in (one, other) or _close(*gold):
        return False
    return _close(both.low, gold[0]) and _close(both.high, gold[1])


def _close(one: int | None, other: int | None) -> bool:
    if one is None or other is None:
        return False
    return abs(one - other) <= 0.1 * max(one, other, 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--write", action="store_true", help="put the weights into the codebook")
    options = parser.parse_args()
    pairs: list[Pair] = []
    for file in ("train", "written"):
        with (DATA / f"{file}.jsonl").open(encoding="utf-8") as lines:
            pairs += [pair for line in lines for pair in pairs_of(json.loads(line))]
    odds: list[tuple[float, bool]] = []
    for fold in range(5):
        held = [pair for pair in pairs if zlib.crc32(pair.article.encode()) % 5 == fold]
        rest = [pair for pair in pairs if zlib.crc32(pair.article.encode()) % 5 != fold]
        weights = Table((pair.marks, pair.right, pair.article) for pair in rest).fit(pull=PULL)
        odds += [(sum(weights.get(mark, 0.0) for mark in pair.marks), pair.right) for pair in held]
    for bound in BOUNDS:
        hits = sum(right for z, right in odds if z > bound)
        told, gold = sum(z > bound for z, _ in odds), sum(right for _, right in odds)
        print(
            f"bound {bound:4.1f}  P {hits / max(told, 1):.3f}  R {hits / max(gold, 1):.3f}  n={gold} of {len(odds)}"
        )
    if options.write:
        weights = Table((pair.marks, pair.right, pair.article) for pair in pairs).fit(pull=PULL)
        shown = [f"  {json.dumps(mark)}: {weight:.2f}" for mark, weight in sorted(weights.items())]
        heading = "# Log odds that two counts with this mark estimate one thing (bench/fit_estimates.py)."
        WEIGHTS.write_text(
            "\n".join([heading, f"bound: {BOUND}", "weights:", *shown]) + "\n", encoding="utf-8"
        )


if __name__ == "__main__":
    main()
