"""Who took part in an act and why, as a network that read it alone tells: stretches of words that play a role in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

import msgspec

from rallybook.coding.arguments import Arguments, Spans
from rallybook.coding.phrases import without_edges
from rallybook.coding.privacy import without_names
from rallybook.coding.tagged import Tagged
from rallybook.coding.tagged_triggers import whole_words
from rallybook.coding.weighing import Role

Offsets = tuple[int, int]
R = TypeVar("R", bound=str)
# log odds by which words may be less sure than the surest of their stretch: of 0, 0.5, 1, 1.5 and 2.5 the best in
# cross-validation for organisers, targets and claims, and as good as the best for participants
_GOES_ON = 1.5
# what is told of an act in several places, and how much the surest reading of another mention counts for it beside that
# of the clearest one. In five sets (2,060 records) words of participants have F1 .659 without it and .671 with it,
# those of claims .588 and .595; those of organisers and targets .561 and .559, .435 and .428
_TOLD_AGAIN: tuple[Role, ...] = ("participants", "claims")
_HEARD_AGAIN = 0.5
# what people want is no phrase for people: without its small words its F1 falls by 0.004
_IN_FULL = "claims"


@cache
def role_bounds() -> dict[Role, float]:
    """Give for each role the log odds that the surest word of a stretch has at least (`training.read_roles`)."""
    data = files("rallybook.coding").joinpath("data/read_roles.json").read_bytes()
    return msgspec.json.decode(data, type=dict[Role, float])


def read_arguments(
    text: str, read: Tagged, others: Sequence[Tagged] = (), *, places: Sequence[Offsets] = ()
) -> Arguments:
    """Give who took part in the act that was read, and why; what may be the name of a participant is left out.

    `others` are the readings of other words that name the act, `places` is where names of places stand.
    """
    found = role_runs(text, _heard_again(read, others), role_bounds())
    people = (part for run in found["participants"] for part in without_names(text, run, places))
    return Arguments(**found | {"participants": tuple(dict.fromkeys(people))})


def _heard_again(read: Tagged, others: Sequence[Tagged]) -> Tagged:
    """Give a reading in which the surest of some others has a say about each word that they know, too."""
    if not others:
        return read
    import numpy as np  # noqa: PLC0415 - where something was read it is loaded

    columns = [read.columns.at(role) for role in _TOLD_AGAIN]
    most: dict[int, Any] = {}
    for other in others:
        for start, row in zip(other.starts, other.scores[:, columns], strict=True):
            most[start] = np.maximum(most[start], row) if start in most else row
    scores = read.scores.copy()
    for n, start in enumerate(read.starts):
        if start in most:
            scores[n, columns] = (scores[n, columns] + _HEARD_AGAIN * most[start]) / (1.0 + _HEARD_AGAIN)
    return msgspec.structs.replace(read, scores=scores)


def role_runs(text: str, read: Tagged, bounds: Mapping[R, float]) -> dict[R, Spans]:
    """Give for each role the whole words side by side, one of which plays it with these log odds or more."""
    return {role: tuple(dict.fromkeys(_runs(text, read, role, least))) for role, least in bounds.items()}


def _runs(text: str, read: Tagged, role: str, least: float) -> Iterator[tuple[int, int]]:
    for run in read.runs(role, 0, len(text), least - _GOES_ON, surest=least):
        whole = whole_words(text, *run)
        if role == _IN_FULL:
            yield whole
        elif trimmed := without_edges(text, *whole):
            yield trimmed
