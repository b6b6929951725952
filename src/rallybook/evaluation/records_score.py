"""The figures for coded records: how many are found, how many are right, and how good each field is.

`detect` counts a pair when the two can be one event at all, `record` when place, date, status and kind of
act are all right; `focal_…` the same over records of the article's own news that happened.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Literal

import msgspec

from rallybook.evaluation.fields import WHOLE, fields, record_right
from rallybook.evaluation.labelled import Articles, Labelled
from rallybook.evaluation.pairing import pairs

Measure = Literal["detect", "record", "focal_detect", "focal_record"]
MEASURES: tuple[Measure, ...] = ("detect", "record", "focal_detect", "focal_record")


class Match(msgspec.Struct, frozen=True, kw_only=True):
    """A gold and a predicted record that stand for one event, or one of them alone."""

    article: str
    gold: Labelled | None = None
    predicted: Labelled | None = None
    fields: dict[str, float] = {}
    right: bool = False

    @property
    def wrong(self) -> tuple[str, ...]:
        """What is wrong: "missed", "invented", or the fields that spoil the record."""
        if self.predicted is None:
            return ("missed",)
        if self.gold is None:
            return ("invented",)
        return () if self.right else tuple(name for name in WHOLE if self.fields[name] < 1)


class Prf(msgspec.Struct, frozen=True):
    """Precision, recall and F1 with the counts behind them."""

    P: float
    R: float
    F1: float
    tp: int
    pred: int
    gold: int


class Mean(msgspec.Struct, frozen=True):
    """The mean of a field over the pairs that tell it."""

    mean: float
    n: int


class Figures(msgspec.Struct, frozen=True):
    """All figures of a comparison."""

    articles: int
    detect: Prf
    record: Prf
    focal_detect: Prf
    focal_record: Prf
    fields: dict[str, Mean]


class Tally:
    """Counts that can be added up over articles."""

    def __init__(self) -> None:
        self.articles = 0
        self.counts: Counter[str] = Counter()
        self.fields: dict[str, list[float]] = defaultdict(list)

    def add(self, matches: Iterable[Match]) -> None:
        """Count one article."""
        self.articles += 1
        for match in matches:
            self._count(match)

    def _count(self, match: Match) -> None:
        gold, predicted = match.gold, match.predicted
        # an unpaired prediction speaks against `focal` only if it, too, says focal
        focal = gold.focal if gold else bool(predicted and predicted.focal)
        for scope in ("", "focal_")[: 1 + focal]:
            self.counts[f"{scope}gold"] += gold is not None
            self.counts[f"{scope}pred"] += predicted is not None
            self.counts[f"{scope}detect"] += gold is not None and predicted is not None
            self.counts[f"{scope}record"] += match.right
        for name, value in match.fields.items():
            self.fields[name].append(value)

    def figures(self) -> Figures:
        """Give the figures of what was counted."""
        return Figures(
            articles=self.articles,
            **{measure: self._prf(measure) for measure in MEASURES},
            fields={
                name: Mean(sum(values) / len(values), len(values))
                for name, values in sorted(self.fields.items())
            },
        )

    def _prf(self, measure: Measure) -> Prf:
        scope = "focal_" if measure.startswith("focal_") else ""
        return prf(self.counts[measure], self.counts[f"{scope}pred"], self.counts[f"{scope}gold"])


def prf(hits: float, predicted: float, gold: float) -> Prf:
    """Give precision, recall and F1; nothing predicted where nothing was to be found is right."""
    precision = hits / predicted if predicted else float(not gold)
    recall = hits / gold if gold else float(not predicted)
    both = precision + recall
    return Prf(
        precision,
        recall,
        2 * precision * recall / both if both else 0.0,
        int(hits),
        int(predicted),
        int(gold),
    )


def matches(gold: Articles, predicted: Articles) -> list[list[Match]]:
    """Give the matches of each gold article; one that was not predicted has no predicted records."""
    return [_matches(article, records, predicted.get(article, ())) for article, records in gold.items()]


def score(gold: Articles, predicted: Articles) -> Figures:
    """Give the figures of predicted records against gold ones."""
    return tally(matches(gold, predicted)).figures()


def tally(articles: Iterable[Iterable[Match]]) -> Tally:
    """Count the matches of articles."""
    total = Tally()
    for article in articles:
        total.add(article)
    return total


def _matches(article: str, gold: tuple[Labelled, ...], predicted: tuple[Labelled, ...]) -> list[Match]:
    found = pairs(gold, predicted)
    # a record that only one of the people saw is neither missed, nor right or invented where predicted
    result = [_pair(article, gold[row], predicted[column]) for row, column in found if not gold[row].optional]
    paired_gold, paired_predicted = {row for row, _ in found}, {column for _, column in found}
    result += [
        Match(article=article, gold=record)
        for row, record in enumerate(gold)
        if row not in paired_gold and not record.optional
    ]
    result += [
        Match(article=article, predicted=record)
        for column, record in enumerate(predicted)
        if column not in paired_predicted
    ]
    return result


def _pair(article: str, gold: Labelled, predicted: Labelled) -> Match:
    return Match(
        article=article,
        gold=gold,
        predicted=predicted,
        fields=fields(gold, predicted),
        right=record_right(gold, predicted),
    )
