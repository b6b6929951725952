"""Fits how sure a record's probability is told, on articles of our own that no network has learned from.

    python -m rallybook.training.scale labelled/linked.jsonl labelled/unread.jsonl

Prints the scale and the shift of the log odds of acts with which they are probabilities (Platt 1999): the model of
acts is fitted beside encoders that learned less than the shipped one, and is less sure than it is right.
"""

from __future__ import annotations

import sys
from collections.abc import Hashable, Iterator, Sequence
from pathlib import Path

import msgspec
import numpy as np

from rallybook.coding.linear import models
from rallybook.coding.pipeline import EventCoder
from rallybook.evaluation.labelled import Labelled, as_labelled
from rallybook.evaluation.pairing import pairs
from rallybook.model.article import Article
from rallybook.model.record import Record
from rallybook.sources.rows import from_row
from rallybook.training.regression import fit_scale
from rallybook.training.rows import rows

_FAINTEST = 0.02  # probability of an act that is asked about
_SCALE = "scale tagged"


def main() -> None:
    """Read the labelled articles, fit, print."""
    known = models()[_SCALE]
    told = [act for path in sys.argv[1:] for act in acts(Path(path))]
    odds = np.array([(np.log(p / (1 - p)) - known["bias"]) / known["odds"] for p, _ in told])
    slope, middle = fit_scale(odds, [right for _, right in told])
    sys.stdout.write(f"scale  {slope:.2f} of the log odds {middle:+.2f}, {len(told)} acts\n")


def acts(path: Path) -> Iterator[tuple[float, bool]]:
    """Give for each act that the coder finds in labelled articles its probability, and whether it is labelled.

    A record that is given at the usual bounds is judged among those that are: of two records of one event it is seldom
    the one that is left out that a reader misses.
    """
    usual, every = EventCoder(), EventCoder(at_least=_FAINTEST)
    for row in rows(path):
        gold = tuple(msgspec.convert(event, Labelled) for event in row["events"])
        for article in from_row(row, path.stem):
            if isinstance(article, Article):
                right = dict(_judged(gold, every.code(article).events)) | dict(
                    _judged(gold, usual.code(article).events)
                )
                yield from right.values()


def _judged(
    gold: tuple[Labelled, ...], found: Sequence[Record]
) -> Iterator[tuple[Hashable, tuple[float, bool]]]:
    paired = {number for _, number in pairs(gold, tuple(map(as_labelled, found)))}
    for number, record in enumerate(found):
        told = record.spans.get("trigger"), record.form, record.place.name, record.date.edtf
        yield told, (min(max(record.confidence["record"], 0.001), 0.999), number in paired)


if __name__ == "__main__":
    main()
