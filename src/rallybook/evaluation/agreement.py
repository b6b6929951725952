"""How far coders agree beyond chance: Krippendorff's alpha, for each field with the difference that fits it.

Krippendorff, Content Analysis (2004): alpha is 1 less the mean difference within units over that between any two
values. A difference goes from 0, the same, to 1. Days and places are compared as `rallybook evaluate` compares them:
a scale of days or kilometres would call all coders alike, because events lie years and oceans apart.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import combinations
from typing import NamedTuple, TypeVar

import msgspec

from rallybook.evaluation import dates, places
from rallybook.evaluation.intervals import Interval, middle
from rallybook.evaluation.labelled import Labelled
from rallybook.evaluation.words import jaccard, overlap

Value = TypeVar("Value", bound=Hashable)
Difference = Callable[[Value, Value], float]
_RESAMPLES = 1_000
# of more different values every n-th stands for the others: half a million pairs take some seconds
_MOST_VALUES = 700


class Reliability(msgspec.Struct, frozen=True, kw_only=True):
    """Alpha with its 95 % interval, the share of units in which all say the same, and the number of units.

    Of `same` are units whose values differ by nothing. `alpha` is None where fewer than two units have two values, and
    where none of all values differs from another: that says nothing of how coders tell values apart.
    """

    alpha: float | None
    low: float | None
    high: float | None
    same: float
    units: int


class Measure(NamedTuple):
    """How a field is compared: what of a record is its value, and how much two of these differ."""

    value: Callable[[Labelled], Hashable]
    difference: Callable[..., float]


def nominal(one: object, other: object) -> float:
    """Give 1 for two values that are not the same."""
    return float(one != other)


def reliability(
    units: Sequence[Sequence[Value]], difference: Difference[Value] = nominal, *, seed: int = 0
) -> Reliability:
    """Give alpha of units, each with the values that coders gave it; units with fewer than two do not count.

    The interval is a percentile bootstrap over units, the expected difference as it is (Hayes and Krippendorff, 2007).
    """
    told = [unit for unit in units if len(unit) > 1]
    within = [_within(unit, difference) for unit in told]
    values = [value for unit in told for value in unit]
    same = sum(gap == 0 for gap, _ in within) / len(told) if told else 0.0
    expected = _expected(values, difference) if len(told) > 1 else 0.0
    if not expected:
        return Reliability(alpha=None, low=None, high=None, same=round(same, 4), units=len(told))
    found = _alpha(within, expected)
    low, high = _interval(within, expected, seed)
    return Reliability(alpha=found, low=low, high=high, same=round(same, 4), units=len(told))


def alpha(units: Sequence[Sequence[Value]], difference: Difference[Value] = nominal) -> float:
    """Give Krippendorff's alpha; 1 where nothing differs anywhere."""
    told = [unit for unit in units if len(unit) > 1]
    within = [_within(unit, difference) for unit in told]
    return _alpha(within, _expected([value for unit in told for value in unit], difference))


def _within(unit: Sequence[Value], difference: Difference[Value]) -> tuple[float, int]:
    """Give the mean difference between the values of a unit, and how many these are."""
    gaps = [difference(one, other) for one, other in combinations(unit, 2)]
    return sum(gaps) / len(gaps), len(unit)


def _alpha(within: Sequence[tuple[float, int]], expected: float) -> float:
    total = sum(count for _, count in within)
    observed = sum(gap * count for gap, count in within) / total if total else 0.0
    return round(1 - observed / expected, 4) if expected else 1.0


def _expected(values: Sequence[Value], difference: Difference[Value]) -> float:
    """Give the mean difference between any two of the values."""
    counts = Counter(values)
    step = math.ceil(len(counts) / _MOST_VALUES)
    kept = sorted(counts.items(), key=repr)[:: max(step, 1)]
    total = sum(count for _, count in kept)
    if total < 2:
        return 0.0
    apart = sum(
        2 * many * others * difference(one, other) for (one, many), (other, others) in combinations(kept, 2)
    )
    return apart / (total * (total - 1))


def _interval(within: Sequence[tuple[float, int]], expected: float, seed: int) -> Interval:
    chance = random.Random(seed)  # noqa: S311 - no secret
    return middle([_alpha(chance.choices(within, k=len(within)), expected) for _ in range(_RESAMPLES)])


def _size(record: Labelled) -> float | None:
    """Give the middle of a head count on a scale of tenfold steps, None where none is told."""
    low, high = (record.size.low, record.size.high) if record.size else (None, None)
    told = [max(float(end), 1.0) for end in (low, high) if end is not None]
    return round(sum(map(math.log10, told)) / len(told), 4) if told else None


def _sizes_apart(one: float | None, other: float | None) -> float:
    """Give 1 for counts that are tenfold or more apart, and for one that the other coder does not tell."""
    if one is None or other is None:
        return nominal(one, other)
    return min(abs(one - other), 1.0) ** 2


def _actions(record: Labelled) -> frozenset[str]:
    return frozenset((record.response and record.response.actions) or ())


def _phrases(name: str) -> Measure:
    def told(record: Labelled) -> tuple[str, ...]:
        return getattr(record, name) or ()

    return Measure(told, lambda one, other: 1 - overlap(one, other))


# fields with a set of values: the same or not
NOMINAL = ("form", "status", "focus", "umbrella", "place.precision")
MEASURES: dict[str, Measure] = {
    "form": Measure(lambda record: record.form, nominal),
    "status": Measure(lambda record: record.status, nominal),
    "focus": Measure(lambda record: record.focus, nominal),
    "umbrella": Measure(lambda record: bool(record.umbrella), nominal),
    "date": Measure(lambda record: Labelled(date=record.date), lambda a, b: 1 - dates.likeness(a, b)),
    "place": Measure(lambda record: Labelled(place=record.place), lambda a, b: 1 - places.likeness(a, b)),
    "size": Measure(_size, _sizes_apart),
    "response": Measure(_actions, lambda one, other: 1 - jaccard(set(one), set(other))),
    **{name: _phrases(name) for name in ("participants", "organisers", "targets", "claims")},
}


def by_field(pairs: Iterable[tuple[Labelled, Labelled]]) -> dict[str, Reliability]:
    """Give how far two coders agree on each field of the records that both have."""
    told = list(pairs)
    return {
        name: reliability([(how.value(one), how.value(other)) for one, other in told], how.difference)
        for name, how in MEASURES.items()
    }
