"""How near two dates are, and when one is right."""

from __future__ import annotations

import datetime as dt

from rallybook.evaluation.labelled import Labelled
from rallybook.model.edtf import Bounds, approximate, bounds

_OVERLAP = 0.8


def likeness(gold: Labelled, predicted: Labelled) -> float:
    """Give 0 to 1: how near the predicted date is to the nearest reading of the gold one."""
    days = bounds(predicted.edtf)
    return max(_likeness(bounds(reading), days) for reading in _readings(gold))


def right(gold: Labelled, predicted: Labelled) -> bool:
    """Tell whether the predicted date is right by any reading of the gold one.

    The first days are the same, the last ones at most a day apart or one of them open; nothing matches
    nothing; to a gold date that is only approximate, a date that overlaps is right.
    """
    return any(_same(reading, predicted.edtf) for reading in _readings(gold))


def _readings(gold: Labelled) -> tuple[str, ...]:
    return (gold.edtf, *(gold.also.date if gold.also else ()))


def _likeness(one: Bounds | None, other: Bounds | None) -> float:
    if one is None or other is None:
        return 1.0 if one is other else 0.3
    if one == other:
        return 1.0
    gap = _gap(one, other)
    if gap <= 0:
        return _OVERLAP
    if gap <= 1:
        return 0.6
    return 0.3 if gap <= 7 else 0.0


def _gap(one: Bounds, other: Bounds) -> int:
    """Give the days between two stretches, 0 or fewer where they overlap; an open end reaches all days."""
    starts = [days[0] or dt.date.min for days in (one, other)]
    ends = [days[1] or dt.date.max for days in (one, other)]
    return max((starts[1] - ends[0]).days, (starts[0] - ends[1]).days)


def _same(gold: str, predicted: str) -> bool:
    one, other = bounds(gold), bounds(predicted)
    if one is None or other is None:
        return one is other
    if approximate(gold):
        return _likeness(one, other) >= _OVERLAP
    if one[0] != other[0]:
        return False
    return one[1] is None or other[1] is None or abs((one[1] - other[1]).days) <= 1
