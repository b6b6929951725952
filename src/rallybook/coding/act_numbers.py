"""The numbers that may tell how many came to an act that was read, were arrested, hurt or killed there."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rallybook.coding.assemble import Act
from rallybook.coding.linear import Weights, weighed
from rallybook.coding.measure_marks import Surroundings, Told
from rallybook.coding.scene import Scene
from rallybook.coding.weighing import Counted
from rallybook.grounding.numbers import Quantity, quantities
from rallybook.model.mention import CountedAction, ResponseMention
from rallybook.model.values import Range

Offsets = tuple[int, int]
# log odds of the reader of acts from which a number counts that no word for an arrest or a harm goes with
_ASKED = -2.0
# log odds below which a number that the reader did not see is not weighed
_FAINT = -2.0
# characters between a word for an arrest or a harm and its number
_BESIDE = 130
# what a number has that the reader did not see, or that is too far from an act to be weighed
UNREAD, _UNBOUND = -5.0, -4.0


class Number(NamedTuple):
    """A count that a text tells, and where: the number itself, or the words for one ("a man was killed")."""

    told: Told
    at: Offsets


class Standing(NamedTuple):
    """How sure the reader is of a number for an act, and how sure the model is that knows where it stands."""

    number: Number
    read: float | None
    bound: float | None

    @property
    def read_odds(self) -> float:
        """What the reader says, or that it did not see the number."""
        return UNREAD if self.read is None else self.read

    @property
    def bound_odds(self) -> float:
        """What the model says, or that the number is too far away."""
        return _UNBOUND if self.bound is None else self.bound

    @property
    def sure(self) -> float:
        """How sure both are together."""
        return self.read_odds + self.bound_odds

    @property
    def is_near(self) -> bool:
        """Whether the reader saw the number, or it stands so that it may be the act's."""
        return self.read is not None or (self.bound is not None and self.bound >= _FAINT)


def standings(around: Surroundings, measure: Counted, placed_by: Weights) -> Iterator[tuple[Standing, ...]]:
    """Give for each act, which the reader has read, the numbers that may be a measure of it.

    `placed_by` are the weights by which a mention belongs to an act that was read, by where it stands.
    """
    numbers = tuple(_numbers(around.scene, around.acts, measure))
    bound: list[dict[int, float]] = [{} for _ in around.acts]
    for n, number in enumerate(numbers):
        for one, marks in around.pairs(number.told):
            bound[one][n] = weighed(placed_by, marks)
    for act, near in zip(around.acts, bound, strict=True):
        standing = (
            Standing(number, _most(act, measure, number.at), near.get(n)) for n, number in enumerate(numbers)
        )
        yield tuple(one for one in standing if one.is_near)


def likeliest(standing: Sequence[Standing]) -> Standing | None:
    """Give the number of an act that is likeliest by where it stands and is read; the first of several."""
    return max(standing, key=lambda one: one.sure, default=None)


def ends(count: Range) -> tuple[int, int]:
    """Give the least and the greatest number that a range names."""
    low = count.low if count.low is not None else count.high
    high = count.high if count.high is not None else count.low
    return low or 0, high or 0


def log_odds(probability: float) -> float:
    """Give the log odds of a probability, none of them without end."""
    share = min(max(probability, 1e-6), 1 - 1e-6)
    return math.log(share / (1 - share))


def _numbers(scene: Scene, acts: Sequence[Act], measure: Counted) -> Iterator[Number]:
    """Give the numbers that may be a measure of some act."""
    if measure == "size":
        yield from (Number(count, (count.start, count.end)) for count in scene.faint_counts)
        return
    told = quantities(scene.text)
    beside: set[Offsets] = set()
    for mention in scene.faint_responses:
        if mention.count.known and (
            mention.action == measure or (measure, mention.action) == ("arrests", "none")
        ):
            at = _number_of(mention, told)
            beside.add(at)
            yield Number(mention, at)
    for one in told:
        at = one.start, one.end
        if at in beside or one.year:
            continue
        odds = (_most(act, measure, at) for act in acts)
        if max((o for o in odds if o is not None), default=UNREAD) >= _ASKED:
            yield Number(_bare(scene, one, measure), at)


def _most(act: Act, measure: Counted, at: Offsets) -> float | None:
    """Give how sure the reader is of a number, at the mention of the act where it is surest; None where it saw none."""
    told = (read.most(measure, *at) for read in (act.read, *act.read_again) if read)
    return max((odds for odds in told if odds is not None), default=None)


def _number_of(mention: ResponseMention, told: Sequence[Quantity]) -> Offsets:
    """Give where the number of a mention stands: the nearest one that says as many, or else its own words."""
    near = [
        (max(one.start - mention.end, mention.start - one.end), one.start, one.end)
        for one in told
        if one.count == mention.count
    ]
    apart, start, end = min(near, default=(_BESIDE + 1, 0, 0))
    return (start, end) if apart <= _BESIDE else (mention.start, mention.end)


def _bare(scene: Scene, one: Quantity, action: CountedAction) -> ResponseMention:
    """Give a number that only the reader bears out as a mention: no word for what befell people goes with it."""
    return ResponseMention(
        start=one.start, end=one.end, text=scene.text[one.start : one.end], action=action, count=one.count, score=0.0
    )  # fmt: skip
