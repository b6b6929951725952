"""What the reader of acts says of the places or the dates that an act may have, as marks of a linear model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rallybook.coding.spots import Spot
from rallybook.coding.tagged import Tagged, steps
from rallybook.model.mention import Timex

_LOGS = (-6.0, -5.0, -4.0, -3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0, 4.0)
Words = tuple[int, int]


class Named(NamedTuple):
    """A choice by the mentions that name it, the one nearest to the act first; none where it is only implied.

    `level` is the kind of place or date that it is.
    """

    level: str
    mentions: tuple[Words, ...]


def mentioned(level: str, nearest: Spot | Timex | None, every: Iterable[Spot | Timex]) -> Named:
    """Give a choice by its nearest mention and all of them."""
    if nearest is None:
        return Named(level, ())
    first = (nearest.start, nearest.end)
    others = ((one.start, one.end) for one in every)
    return Named(level, (first, *(words for words in others if words != first)))


def read_marks(read: Tagged, role: str, choices: Sequence[Named]) -> Iterator[tuple[str, ...]]:
    """Give the marks of each choice: how likely its words play the role, or those of the likeliest choice."""
    told = [[read.role(role, *words) for words in choice.mentions] for choice in choices]
    surest = max((odds for found in told for odds in found if odds is not None), default=None)
    for choice, found in zip(choices, told, strict=True):
        yield _marks(choice, found, surest)


def _marks(choice: Named, found: Sequence[float | None], surest: float | None) -> tuple[str, ...]:
    if not found:
        own = steps("read beside", surest, _LOGS)
    else:
        most = max((odds for odds in found if odds is not None), default=None)
        own = (*steps("read", most, _LOGS), *steps("read nearest", found[0], _LOGS))
        if most is not None and most == surest:
            own = (*own, "read surest")
    return (*own, *(f"{choice.level} {mark}" for mark in own))
