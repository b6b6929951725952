"""Whether an act is one of the others told again: by how alike two are, and what the reader of acts says of each.

Rules join mentions of one kind, place and day (`assemble`). What they leave apart may still be one event, told once as
a march and once as a clash. How likely that is trees tell, fitted on labelled articles (`training.retellings`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import msgspec

from rallybook.codebook.vocabulary import kind
from rallybook.coding.act_columns import WHEN, WHERE
from rallybook.coding.assemble import Act
from rallybook.coding.clearest import clearest
from rallybook.coding.linear import probability
from rallybook.coding.scene import Scene
from rallybook.coding.tagged import Tagged
from rallybook.coding.trees import Trees
from rallybook.model.distance import distance_km
from rallybook.model.edtf import bounds
from rallybook.model.record import STATUSES
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


@cache
def trees() -> Trees:
    """Give the trees that rallybook ships."""
    data = files("rallybook.coding").joinpath("data/retellings.json").read_bytes()
    return msgspec.json.decode(data, type=Trees)


def compared(scene: Scene, told: Sequence[Weighed]) -> Pairs:
    """Give how alike two acts are for each two that may be one event: by their numbers, the likelier first."""
    found: dict[tuple[int, int], tuple[float, ...]] = {}
    for first in range(len(told)):
        for second in range(first + 1, min(first + 1 + _REACH, len(told))):
            one, other = sorted((first, second), key=lambda number: -told[number].probability)
            if told[other].probability < _FAINT:
                continue
            if numbers := likeness(scene, told[one], told[other]):
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


def likeness(scene: Scene, one: Weighed, other: Weighed) -> tuple[float, ...] | None:
    """Give how alike two acts are, in the order of `NAMES`; None where they are too far apart to be one."""
    km, days = _km(one.act.place, other.act.place), _days(one.act.edtf, other.act.edtf)
    if km > _FAR_KM or days > _FAR_DAYS or _called_off(scene, one.act) != _called_off(scene, other.act):
        return None
    mine, theirs = clearest(scene, one.act), clearest(scene, other.act)
    published = scene.published
    return (
        km,
        float(_scale(one.act.place) == _scale(other.act.place)),
        days,
        float(one.act.edtf == other.act.edtf),
        _shared_words(scene.words(mine.sentence), scene.words(theirs.sentence)),
        float(kind(one.act.form) == kind(other.act.form)),
        float(one.act.form == other.act.form),
        float(STATUSES.index(one.act.status(published))),
        float(STATUSES.index(other.act.status(published))),
        float(theirs.sentence.number - mine.sentence.number),
        one.probability,
        other.probability,
        *_read_alike(scene.read_at(mine.trigger), scene.read_at(theirs.trigger)),
    )


def _called_off(scene: Scene, act: Act) -> bool:
    """Tell whether an act was called off, which is a record of its own beside what took place."""
    return act.status(scene.published) == "cancelled"


def _scale(place: Place | None) -> str:
    if place is None:
        return "unknown"
    return "fine" if place.precision in FINE else place.precision


def _km(one: Place | None, other: Place | None) -> float:
    """Give how far apart two places are; of those that are no towns only whether they are in one country counts."""
    if one is None or other is None:
        return _BOTH_UNKNOWN if one is other else _ONE_UNKNOWN
    if one.precision in FINE and other.precision in FINE:
        apart = distance_km(one, other)
        return _ONE_UNKNOWN if apart is None else apart
    return 0.0 if one.country == other.country else 2 * _FAR_KM


def _days(one: str, other: str) -> float:
    """Give how many days lie between two dates, 0 where they overlap."""
    mine, theirs = bounds(one), bounds(other)
    if mine is None or theirs is None:
        return _BOTH_UNKNOWN if mine is theirs else _ONE_UNKNOWN
    gaps = [
        (later - earlier).days
        for earlier, later in ((mine[1], theirs[0]), (theirs[1], mine[0]))
        if earlier and later
    ]
    return float(max(0, *gaps)) if gaps else 0.0


def _shared_words(one: str, other: str) -> float:
    mine, theirs = set(_WORD.findall(one.lower())), set(_WORD.findall(other.lower()))
    return len(mine & theirs) / max(len(mine | theirs), 1)


def _read_alike(one: Tagged | None, other: Tagged | None) -> tuple[float, ...]:
    """Give for each role how alike the words are that play it in two acts: the cosine of their probabilities."""
    if one is None or other is None:
        return (_UNREAD,) * len(ROLES)
    import numpy as np  # noqa: PLC0415 - where something was read it is loaded

    columns = [one.columns.at(role) for role in ROLES]
    mine, theirs = (1.0 / (1.0 + np.exp(-read.scores[:, columns])) for read in (one, other))
    _, here, there = np.intersect1d(one.starts, other.starts, assume_unique=True, return_indices=True)
    shared = (mine[here] * theirs[there]).sum(axis=0)
    lengths = np.sqrt((mine**2).sum(axis=0) * (theirs**2).sum(axis=0))
    return tuple((shared / np.maximum(lengths, 1e-6)).tolist())
