"""Stretches of text weighed for a role by the marks they bear; the weights are data."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Literal, NamedTuple

from rallybook.coding.linear import weighed
from rallybook.coding.phrases import word_lists

Role = Literal["participants", "organisers", "targets", "claims"]
ROLES: tuple[Role, ...] = ("participants", "organisers", "targets", "claims")
_WEIGHTS = "argument_weights"
_MEASURES = "measure_weights"
# police who are merely present have a bound of their own: they are named far more often than coders record
Measure = Literal["size", "response", "presence", "arrests", "injured", "killed"]
MEASURES: tuple[Measure, ...] = ("size", "response", "presence", "arrests", "injured", "killed")
# the counts in a response share their weights: each alone is told too seldom to learn from
_SHARED: dict[Measure, str] = {
    "presence": "response",
    "arrests": "counts",
    "injured": "counts",
    "killed": "counts",
}


class Candidate(NamedTuple):
    """A stretch of text that may play a role: its position and the marks it bears."""

    start: int
    end: int
    marks: tuple[str, ...]


@cache
def weights(role: Role) -> dict[str, float]:
    """Give the weights of the marks for a role (log odds, fitted by `bench/fit_arguments.py`)."""
    return {str(mark): float(value) for mark, value in word_lists(_WEIGHTS)[role].items()}


def section(measure: Measure) -> str:
    """Give the section of the weights that a measure is weighed by."""
    return _SHARED.get(measure, measure)


@cache
def measure_weights(measure: Measure) -> dict[str, float]:
    """Give the weights of the marks by which a measure belongs to an act (fitted by `bench/fit_measures.py`)."""
    return {str(mark): float(value) for mark, value in word_lists(_MEASURES)[section(measure)].items()}


class Bounds(NamedTuple):
    """When a measure belongs to an act: log odds above `above`, and no more than `beside` below the best act's."""

    above: float
    beside: float


@cache
def measure_bounds(measure: Measure) -> Bounds:
    """Give when a measure belongs to an act."""
    return Bounds(**word_lists(_MEASURES)["bounds"][measure])


def weight(marks: tuple[str, ...], role: Role) -> float:
    """Give the log odds that a stretch with these marks plays the role."""
    return weighed(weights(role), marks)


def chosen(found: Sequence[Candidate], role: Role) -> tuple[tuple[int, int], ...]:
    """Give the positions of the candidates that play the role, in the order of the text.

    All above the bound `each`, and the best one already above the lower bound `best`.
    """
    bounds = word_lists(_WEIGHTS)["thresholds"][role]
    scores = [weight(candidate.marks, role) for candidate in found]
    return picked(found, scores, bounds["each"], bounds["best"])


def picked(
    found: Sequence[Candidate], scores: Sequence[float], each: float, best: float
) -> tuple[tuple[int, int], ...]:
    """Give the positions of those above the bounds; of two that overlap the one with the higher score."""
    order = sorted(range(len(found)), key=lambda n: (-scores[n], found[n].start))
    taken: list[tuple[int, int]] = []
    for rank, n in enumerate(order):
        if not (scores[n] > each or (rank == 0 and scores[n] > best)):
            break
        start, end = found[n].start, found[n].end
        if all(end <= first or last <= start for first, last in taken):
            taken.append((start, end))
    return tuple(sorted(taken))
