"""How many came to an act that was read, were arrested, hurt or killed there: every number weighed for every act."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rallybook.coding.assemble import Act
from rallybook.coding.linear import Weights, weighed
from rallybook.coding.measure_marks import Surroundings, Told
from rallybook.coding.scene import Scene
from rallybook.coding.tagged import steps
from rallybook.coding.weighing import COUNTED, Counted, Picks, act_count_models, measure_models, section
from rallybook.grounding.numbers import Quantity, quantities
from rallybook.model.mention import CountedAction, HeadCount, ResponseMention
from rallybook.model.values import Range

Offsets = tuple[int, int]
# log odds of the reader of acts from which a number counts that no word for an arrest or a harm goes with
_ASKED = -2.0
# log odds below which a number that the reader did not see is not weighed
_FAINT = -2.0
# characters between a word for an arrest or a harm and its number; between numbers that are told in one stretch
_BESIDE, _STRETCH = 130, 260
# what a number has that the reader did not see, or that is too far from an act to be weighed
_UNREAD, _UNBOUND = -5.0, -4.0
_READ_STEPS = (-4, -3, -2, -1, 0, 1, 2, 3, 4, 5)
_BOUND_STEPS = (-4, -3, -2, -1, 0, 1, 2, 3)
_GAPS = (20, 60, 120, 260, 600)
_BEHIND = (1, 2, 3, 4, 6, 8)
_RATIOS = (1.001, 1.5, 3, 8, 30)


class Number(NamedTuple):
    """A count that a text tells, and where: the number itself, or the words for one ("a man was killed")."""

    told: Told
    at: Offsets


class Weighed(NamedTuple):
    """A number as it stands to an act: the marks that speak for and against its being the act's."""

    number: Number
    marks: tuple[str, ...]


class ActCount(NamedTuple):
    """How many, and the words that tell it."""

    many: Range
    words: tuple[Offsets, ...] = ()


class _Standing(NamedTuple):
    """How sure the reader is of a number for an act, and how sure the model is that knows where it stands."""

    number: Number
    read: float | None
    bound: float | None

    @property
    def sure(self) -> float:
        """How sure both are together."""
        read = _UNREAD if self.read is None else self.read
        return read + (_UNBOUND if self.bound is None else self.bound)

    @property
    def is_near(self) -> bool:
        """Whether the reader saw the number, or it stands so that it may be the act's."""
        return self.read is not None or (self.bound is not None and self.bound >= _FAINT)


def act_counts(around: Surroundings) -> tuple[dict[Counted, ActCount], ...]:
    """Give the counts of each act, in the order of the acts, each of which the reader has read."""
    found: tuple[dict[Counted, ActCount], ...] = tuple({} for _ in around.acts)
    models = act_count_models()
    for measure in COUNTED:
        weights, picks = models.weights[measure], models.bounds[measure]
        placed_by = measure_models().weights[section(measure, read=True)]
        for counts, rows in zip(found, weighed_numbers(around, measure, placed_by), strict=True):
            scores = [weighed(weights, row.marks) for row in rows]
            counts[measure] = told_count(chosen_numbers(rows, scores, picks))
    return found


def weighed_numbers(
    around: Surroundings, measure: Counted, placed_by: Weights
) -> Iterator[tuple[Weighed, ...]]:
    """Give for each act the numbers that may be a measure of it, with their marks.

    `placed_by` are the weights by which a mention belongs to an act that was read, by where it stands.
    """
    scene, acts = around.scene, around.acts
    numbers = tuple(_numbers(scene, acts, measure))
    bound: list[dict[int, float]] = [{} for _ in acts]
    for n, number in enumerate(numbers):
        for one, marks in around.pairs(number.told):
            bound[one][n] = weighed(placed_by, marks)
    for act, near in zip(acts, bound, strict=True):
        standing = [
            _Standing(number, _most(act, measure, number.at), near.get(n)) for n, number in enumerate(numbers)
        ]
        yield tuple(_marked(scene, act, [one for one in standing if one.is_near]))


def chosen_numbers(rows: Sequence[Weighed], scores: Sequence[float], picks: Picks) -> list[Number]:
    """Give the numbers of an act: the likeliest first, where it is likely enough, and those likely beside it."""
    order = sorted(zip(scores, range(len(rows)), strict=True), key=lambda pair: (-pair[0], pair[1]))
    if not order or order[0][0] < picks.best:
        return []
    return [rows[n].number for rank, (odds, n) in enumerate(order) if rank == 0 or odds >= picks.each]


def told_count(numbers: Sequence[Number]) -> ActCount:
    """Give the range from the lowest to the highest of some numbers: open where the highest or lowest is.

    A vague one ("thousands") that another tells more closely ("5,000") is not set beside it.
    """
    if not numbers:
        return ActCount(Range())
    exact = [number.told.count.low for number in numbers if number.told.count.low == number.told.count.high]
    kept = [number for number in numbers if not _tells_vaguely(number.told.count, exact)]
    counts = [number.told.count for number in kept]
    low = min(counts, key=lambda count: (_ends(count)[0], count.low is not None))
    high = max(counts, key=lambda count: (_ends(count)[1], count.high is None))
    lowest = _ends(low)[0] if len(counts) > 1 else low.low
    return ActCount(Range(lowest, high.high), _words(kept))


def _tells_vaguely(count: Range, exact: Sequence[int | None]) -> bool:
    low, high = count.low, count.high
    return low is not None and high is not None and low < high and any(low <= n <= high for n in exact if n)


def _ends(count: Range) -> tuple[int, int]:
    """Give the least and the greatest number that a range names."""
    low = count.low if count.low is not None else count.high
    high = count.high if count.high is not None else count.low
    return low or 0, high or 0


def _words(numbers: Sequence[Number]) -> tuple[Offsets, ...]:
    """Give the words of some numbers: from the first to the last where they stand side by side, the likeliest first."""
    spans = [(number.told.start, number.told.end) for number in numbers]
    first, last = min(start for start, _ in spans), max(end for _, end in spans)
    return ((first, last),) if last - first <= _STRETCH else tuple(dict.fromkeys(spans))


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
        if max((o for o in odds if o is not None), default=_UNREAD) >= _ASKED:
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


def _marked(scene: Scene, act: Act, standing: Sequence[_Standing]) -> Iterator[Weighed]:
    """Give numbers with their marks for an act, beside the one that is likeliest by where it stands and is read."""
    top = max(standing, key=lambda one: one.sure, default=None)
    status = act.status(scene.published)
    for one in standing:
        told = one.number.told
        own = (*steps("read", one.read, _READ_STEPS), *steps("bound", one.bound, _BOUND_STEPS))
        marks = ["bias", *own, *steps("score", _log_odds(told.score), _BOUND_STEPS)]
        marks += [f"vague={told.count.low != told.count.high}", f"nobody={told.count.high == 0}"]
        marks += [
            f"form={act.form}",
            f"status={status}",
            f"counted={isinstance(told, HeadCount) or told.score > 0}",
        ]
        if top is None or one is top:
            marks += ["top", *(f"top {mark}" for mark in own)]
        else:
            marks += [*_beside(one, top), *(f"other {mark}" for mark in own)]
        yield Weighed(one.number, tuple(marks))


def _beside(one: _Standing, top: _Standing) -> Iterator[str]:
    """Give the marks of a number beside the likeliest one: how far, how much less likely, whose, of which size."""
    told, other = one.number.told, top.number.told
    gap = max(told.start, other.start) - min(told.end, other.end)
    yield from steps("gap", gap, _GAPS)
    yield from steps("behind", top.sure - one.sure, _BEHIND)
    if isinstance(told, HeadCount) and isinstance(other, HeadCount):
        differ = told.claimed_by != other.claimed_by
        yield f"claimed={bool(told.claimed_by)} {bool(other.claimed_by)} differ={differ}"
    yield f"before={told.start < other.start}"
    sizes = sorted(max(_ends(count)[1], 1) for count in (told.count, other.count))
    ratio = steps("ratio", sizes[1] / sizes[0], _RATIOS)
    yield from ratio
    if 0 <= gap < _STRETCH:
        yield from (f"near {mark}" for mark in ratio)


def _log_odds(probability: float) -> float:
    share = min(max(probability, 1e-6), 1 - 1e-6)
    return math.log(share / (1 - share))
