"""Whether an act is one of the others told again: by how alike two are, and what the reader of acts says of each.

Rules join mentions of one kind, place and day (`assemble`). What they leave apart may still be one event, told once as
a march and once as a clash. How likely that is trees tell, fitted on labelled articles (`training.retellings`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from rallybook.codebook.vocabulary import kind
from rallybook.coding.act_columns import WHEN, WHERE
from rallybook.coding.assemble import Act
from rallybook.coding.clearest import clearest
from rallybook.coding.clues import Clue
from rallybook.coding.linear import probability
from rallybook.coding.reach import scale_of
from rallybook.coding.scene import Scene
from rallybook.coding.tagged import Tagged
from rallybook.coding.trees import Trees
from rallybook.model.distance import distance_km
from rallybook.model.edtf import Bounds, bounds
from rallybook.model.record import STATUSES, Status
from rallybook.model.values import FINE, Place

ROLES = ("participants", "organisers", "claims", "size", "place", "date", WHERE, WHEN)
NAMES = (
    "km",
    "same scale",
    "days",
    "same days",
    "words",
    "same kind",
    "same form",
    "likelier status",
    "other status",
    "sentences",
    "likelier",
    "other",
    *(f"both: {role}" for role in ROLES),
)
# two places, or two days, of which one or both are not known
_BOTH_UNKNOWN, _ONE_UNKNOWN = -1.0, -2.0
_UNREAD = -1.0
# acts further apart than this are two: another town, another week
_FAR_KM, _FAR_DAYS = 25.0, 7.0
# acts between two that are compared: the work grows with the length of an article and not with its square
_REACH = 24
# probability below which an act is none, whether or not another tells it, too
_FAINT = 0.05
# probability, as it stands and told by no other, from which on an act may be what others tell again: of .3, .4 and .5
# all but the same in cross-validation
_COUNTS = 0.3
_WORD = re.compile(r"\w+")


class Weighed(NamedTuple):
    """An act, and the probability that it is an event of the article, whether or not others tell it, too."""

    act: Act
    probability: float


Pairs = Mapping[tuple[int, int], tuple[float, ...]]


def compared(scene: Scene, told: Sequence[Weighed]) -> Pairs:
    """Give how alike two acts are for each two that may be one event: by their numbers, the likelier first.

    The numbers are in the order of `NAMES`.
    """
    known = {n: _known(scene, *one) for n, one in enumerate(told) if one.probability >= _FAINT}
    found: dict[tuple[int, int], tuple[float, ...]] = {}
    for first in known:
        for second in range(first + 1, min(first + 1 + _REACH, len(told))):
            if second in known:
                one, other = sorted((first, second), key=lambda number: -told[number].probability)
                if numbers := _likeness(known[one], known[other]):
                    found[one, other] = numbers
    return found


def retold(sure: Sequence[float], pairs: Pairs, by: Trees) -> list[float]:
    """Give for each act the probability that a likelier one which counts tells the same event.

    `sure` are the probabilities that they are events, `pairs` how alike they are.
    """
    odds: dict[int, dict[int, float]] = {}
    for (one, other), numbers in pairs.items():
        odds.setdefault(other, {})[one] = by.log_odds(numbers)
    found, counted = [0.0] * len(sure), set[int]()
    for number in sorted(range(len(sure)), key=lambda n: -sure[n]):
        likelier = [told for one, told in odds.get(number, {}).items() if one in counted]
        found[number] = max(map(probability, likelier), default=0.0)
        if sure[number] * (1.0 - found[number]) >= _COUNTS:
            counted.add(number)
    return found


class Roles(NamedTuple):
    """Where word pieces begin, and how likely each plays each role in an act (pieces × `ROLES`)."""

    starts: tuple[int, ...]
    chances: Any


class _Known(NamedTuple):
    """What of an act is compared; `roles` is what the reader of acts says of it, None where it was not asked."""

    act: Act
    probability: float
    status: Status
    days: Bounds | None
    sentence: int
    words: frozenset[str]
    roles: Roles | None


def _known(scene: Scene, act: Act, probability: float) -> _Known:
    clue = clearest(scene, act)
    read = scene.read_at(clue.trigger)
    return _Known(
        act,
        probability,
        act.status(scene.published),
        bounds(act.edtf),
        clue.sentence.number,
        words_of(scene, clue),
        roles_of(read) if read else None,
    )


def _likeness(one: _Known, other: _Known) -> tuple[float, ...] | None:
    """Give how alike two acts are, in the order of `NAMES`; None where they are too far apart to be one."""
    here, there = one.act.place, other.act.place
    km, days = _km(here, there), _days(one.days, other.days)
    # what was called off is a record of its own beside what took place
    if km > _FAR_KM or days > _FAR_DAYS or (one.status == "cancelled") != (other.status == "cancelled"):
        return None
    return (
        km,
        float(scale_of(_precision(here)) == scale_of(_precision(there))),
        days,
        float(one.act.edtf == other.act.edtf),
        alike(one.words, other.words),
        float(kind(one.act.form) == kind(other.act.form)),
        float(one.act.form == other.act.form),
        float(STATUSES.index(one.status)),
        float(STATUSES.index(other.status)),
        float(other.sentence - one.sentence),
        one.probability,
        other.probability,
        *read_alike(one.roles, other.roles),
    )


def _precision(place: Place | None) -> str:
    return place.precision if place else "unknown"


def _km(one: Place | None, other: Place | None) -> float:
    """Give how far apart two places are; of those that are no towns only whether they are in one country counts."""
    if one is None or other is None:
        return _BOTH_UNKNOWN if one is other else _ONE_UNKNOWN
    if one.precision in FINE and other.precision in FINE:
        apart = distance_km(one, other)
        return _ONE_UNKNOWN if apart is None else apart
    return 0.0 if one.country == other.country else 2 * _FAR_KM


def _days(mine: Bounds | None, theirs: Bounds | None) -> float:
    """Give how many days lie between two dates, 0 where they overlap."""
    if mine is None or theirs is None:
        return _BOTH_UNKNOWN if mine is theirs else _ONE_UNKNOWN
    gaps = (
        (later - earlier).days
        for earlier, later in ((mine[1], theirs[0]), (theirs[1], mine[0]))
        if earlier and later
    )
    return float(max([0, *gaps]))


def words_of(scene: Scene, clue: Clue) -> frozenset[str]:
    """Give the words of the sentence of a mention."""
    return frozenset(_WORD.findall(scene.words(clue.sentence).lower()))


def alike(one: frozenset[str], other: frozenset[str]) -> float:
    """Give the share of the words of two sentences that both have."""
    return len(one & other) / max(len(one | other), 1)


def roles_of(read: Tagged) -> Roles:
    """Give how likely each word piece plays each role in the act that was read."""
    import numpy as np  # noqa: PLC0415 - where something was read it is loaded

    columns = [read.columns.at(role) for role in ROLES]
    return Roles(read.starts, 1.0 / (1.0 + np.exp(-read.scores[:, columns])))


def read_alike(one: Roles | None, other: Roles | None) -> tuple[float, ...]:
    """Give for each role how alike the words are that play it in two acts: the cosine of their probabilities."""
    if one is None or other is None:
        return (_UNREAD,) * len(ROLES)
    import numpy as np  # noqa: PLC0415 - where something was read it is loaded

    _, here, there = np.intersect1d(one.starts, other.starts, assume_unique=True, return_indices=True)
    shared = (one.chances[here] * other.chances[there]).sum(axis=0)
    lengths = np.sqrt((one.chances**2).sum(axis=0) * (other.chances**2).sum(axis=0))
    return tuple((shared / np.maximum(lengths, 1e-6)).tolist())
