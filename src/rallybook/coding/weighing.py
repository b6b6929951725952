"""Stretches of text weighed for a role, and counts for an act, by the marks they bear; the weights are data."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Generic, Literal, NamedTuple, TypeVar

import msgspec

from rallybook.coding.linear import Weights, weighed
from rallybook.model.mention import COUNTED_ACTIONS

B = TypeVar("B")
Role = Literal["participants", "organisers", "targets", "claims"]
ROLES: tuple[Role, ...] = ("participants", "organisers", "targets", "claims")
# police who are merely present have a bound of their own: they are named far more often than coders record
Measure = Literal["size", "response", "presence", "arrests", "injured", "killed"]
Counted = Literal["size", "arrests", "injured", "killed"]
MEASURES: tuple[Measure, ...] = ("size", "response", "presence", "arrests", "injured", "killed")
# the counts of an act; those of one that was read are weighed number by number (`act_counts`)
COUNTED: tuple[Counted, ...] = ("size", *COUNTED_ACTIONS)
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


class Bounds(NamedTuple):
    """When a measure belongs to an act: log odds above `above`, and no more than `beside` below the best act's."""

    above: float
    beside: float


class Picks(NamedTuple):
    """Which candidates play a role: all with log odds above `each`, and the best one already above `best`."""

    each: float
    best: float


class Models(msgspec.Struct, Generic[B], frozen=True, forbid_unknown_fields=True):
    """Fitted models by their names: the bounds of each, and the weights of the marks (log odds)."""

    bounds: dict[str, B]
    weights: dict[str, Weights]


@cache
def argument_models() -> Models[Picks]:
    """Give the models of the roles that rallybook ships (`rallybook.training.arguments`)."""
    return msgspec.json.decode(_data("arguments.json"), type=Models[Picks])


@cache
def measure_models() -> Models[Bounds]:
    """Give the models of the measures that rallybook ships (`rallybook.training.measures`)."""
    return msgspec.json.decode(_data("measures.json"), type=Models[Bounds])


@cache
def act_count_models() -> Models[Picks]:
    """Give the models of the counts of acts that were read (`rallybook.training.act_counts`)."""
    return msgspec.json.decode(_data("act_counts.json"), type=Models[Picks])


def _data(name: str) -> bytes:
    return files("rallybook.coding").joinpath("data", name).read_bytes()


def section(measure: Measure, *, read: bool) -> str:
    """Give the section of the weights that a measure is weighed by, for acts that the reader read or for others."""
    shared = _SHARED.get(measure, measure)
    return f"{shared} read" if read else shared


def bounds_name(measure: Measure, *, read: bool) -> str:
    """Give the name of the bounds of a measure, for acts that the reader read or for others."""
    return f"{measure} read" if read else measure


def belonging(measure: Measure, *, read: bool) -> Weights:
    """Give the weights by which a measure belongs to an act, for acts that the reader read or for others."""
    return measure_models().weights[section(measure, read=read)]


def belongs(measure: Measure, marks: Sequence[str], *, read: bool) -> float:
    """Give the log odds that a measure with these marks belongs to an act."""
    return weighed(belonging(measure, read=read), marks)


def measure_bounds(measure: Measure, *, read: bool) -> Bounds:
    """Give when a measure belongs to an act."""
    return measure_models().bounds[bounds_name(measure, read=read)]


def weight(marks: Sequence[str], role: Role) -> float:
    """Give the log odds that a stretch with these marks plays the role."""
    return weighed(argument_models().weights[role], marks)


def chosen(found: Sequence[Candidate], role: Role) -> tuple[tuple[int, int], ...]:
    """Give the positions of the candidates that play the role, in the order of the text."""
    scores = [weight(candidate.marks, role) for candidate in found]
    return picked(found, scores, argument_models().bounds[role])


def picked(found: Sequence[Candidate], scores: Sequence[float], bounds: Picks) -> tuple[tuple[int, int], ...]:
    """Give the positions of those above the bounds; of two that overlap the one with the higher score."""
    order = sorted(range(len(found)), key=lambda n: (-scores[n], found[n].start))
    taken: list[tuple[int, int]] = []
    for rank, n in enumerate(order):
        if not (scores[n] > bounds.each or (rank == 0 and scores[n] > bounds.best)):
            break
        start, end = found[n].start, found[n].end
        if all(end <= first or last <= start for first, last in taken):
            taken.append((start, end))
    return tuple(sorted(taken))
