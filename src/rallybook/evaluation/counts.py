"""How many came, were arrested, hurt or killed by a labelled record, and when a count is the same."""

from __future__ import annotations

from typing import Protocol

from rallybook.evaluation.labelled import Labelled, LabelledHarm, LabelledRange, LabelledResponse, Number
from rallybook.model.mention import COUNTED_ACTIONS

COUNTED = ("size", *COUNTED_ACTIONS)
# two counts are the same when they differ by no more than this share of the larger
_TOLERANCE = 0.1


class Ends(Protocol):
    """The ends of a range, None where it is open; of nothing told both are."""

    @property
    def low(self) -> Number | None:
        """The least."""

    @property
    def high(self) -> Number | None:
        """The most."""


def counts_of(record: Labelled) -> dict[str, LabelledRange]:
    """Give the counts of a record by their names (`COUNTED`); one that is not told has no ends."""
    response, harm = record.response or LabelledResponse(), record.harm or LabelledHarm()
    told = (record.size, response.arrests, harm.injured, harm.killed)
    return {name: count or LabelledRange() for name, count in zip(COUNTED, told, strict=True)}


def is_told(count: Ends) -> bool:
    """Tell whether a count has an end at least."""
    return count.low is not None or count.high is not None


def same(one: Ends, other: Ends) -> bool:
    """Tell whether two counts are the same, a tenth aside."""
    return _close(one.low, other.low) and _close(one.high, other.high)


def tells(count: Ends, gold: Ends) -> bool:
    """Tell whether a count is the gold one, or one end of it."""
    if not is_told(gold):
        return False
    return same(count, gold) or (
        gold.low != gold.high and count.low == count.high and count.low in (gold.low, gold.high)
    )


def _close(one: Number | None, other: Number | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= _TOLERANCE * max(abs(one), abs(other), 1)
