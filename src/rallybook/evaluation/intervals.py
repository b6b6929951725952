"""How sure the figures are: bootstrap over articles."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence

from rallybook.evaluation.records_score import MEASURES, Match, prf, tally

Interval = tuple[float, float]
# enough for two steady digits at the ends
_RESAMPLES = 1000
_TAIL = 0.025


def intervals(articles: Sequence[Sequence[Match]], *, seed: int = 0) -> dict[str, Interval]:
    """Give 95 % intervals for the F1 of each measure and the mean of each field.

    Percentile bootstrap (Efron, 1979) over articles, because the records of one article fail together. The
    same seed gives the same intervals. Empty without articles.
    """
    chance = random.Random(seed)  # noqa: S311 - no secret
    sums = [_sums(article) for article in articles]
    values: dict[str, list[float]] = {}
    for _ in range(_RESAMPLES if sums else 0):
        total: dict[str, float] = defaultdict(float)
        for drawn in chance.choices(sums, k=len(sums)):
            for name, value in drawn:
                total[name] += value
        for name, value in _values(total).items():
            values.setdefault(name, []).append(value)
    return {name: middle(drawn) for name, drawn in values.items()}


def _sums(article: Sequence[Match]) -> list[tuple[str, float]]:
    counted = tally([article])
    sums: list[tuple[str, float]] = list(counted.counts.items())
    for name, values in counted.fields.items():
        sums += [(f"sum {name}", sum(values)), (f"n {name}", len(values))]
    return sums


def _values(total: dict[str, float]) -> dict[str, float]:
    values: dict[str, float] = {}
    for measure in MEASURES:
        scope = "focal_" if measure.startswith("focal_") else ""
        values[measure] = prf(total[measure], total[f"{scope}pred"], total[f"{scope}gold"]).F1
    for name, count in total.items():
        if name.startswith("n ") and count:
            values[name[2:]] = total[f"sum {name[2:]}"] / count
    return values


def middle(drawn: list[float]) -> Interval:
    """Give the 95 % interval of values that were drawn; they are put in order."""
    drawn.sort()
    last = len(drawn) - 1
    return drawn[round(_TAIL * last)], drawn[round((1 - _TAIL) * last)]
