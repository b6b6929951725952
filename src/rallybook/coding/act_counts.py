"""How many came to an act that was read, were arrested, hurt or killed there: every number weighed for every act."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rallybook.coding.act_numbers import (
    Number,
    Offsets,
    Standing,
    ends,
    likeliest,
    log_odds,
    standings,
)
from rallybook.coding.act_sizes import SIZE_PICKS, size_odds
from rallybook.coding.assemble import Act
from rallybook.coding.linear import weighed
from rallybook.coding.measure_marks import Surroundings
from rallybook.coding.scene import Scene
from rallybook.coding.tagged import steps
from rallybook.coding.weighing import COUNTED, Counted, Picks, act_count_models, belonging
from rallybook.model.values import Range

# characters between numbers that are told in one stretch
_STRETCH = 260
_READ_STEPS = (-4, -3, -2, -1, 0, 1, 2, 3, 4, 5)
_BOUND_STEPS = (-4, -3, -2, -1, 0, 1, 2, 3)
_GAPS = (20, 60, 120, 260, 600)
_BEHIND = (1, 2, 3, 4, 6, 8)
_RATIOS = (1.001, 1.5, 3, 8, 30)


class ActCount(NamedTuple):
    """How many, and the words that tell it."""

    many: Range
    words: tuple[Offsets, ...] = ()


def act_counts(around: Surroundings) -> tuple[dict[Counted, ActCount], ...]:
    """Give the counts of each act, in the order of the acts, each of which the reader has read."""
    found: tuple[dict[Counted, ActCount], ...] = tuple({} for _ in around.acts)
    for measure in COUNTED:
        told = tuple(standings(around, measure, belonging(measure, read=True)))
        chosen = _chosen(around, told, measure)
        for counts, numbers in zip(found, _once(around.acts, told, chosen), strict=True):
            counts[measure] = told_count(numbers)
    return found


def _chosen(around: Surroundings, told: Sequence[Sequence[Standing]], measure: Counted) -> list[list[Number]]:
    """Give the numbers of each act, weighed by trees for how many came and by a linear model for what befell them."""
    if measure == "size":
        scores, picks = size_odds(around, told), SIZE_PICKS
    else:
        weights, picks = act_count_models().weights[measure], act_count_models().bounds[measure]
        scores = [
            [weighed(weights, marks) for marks in marked(around.scene, act, standing)]
            for act, standing in zip(around.acts, told, strict=True)
        ]
    return [
        chosen_numbers([one.number for one in standing], odds, picks)
        for standing, odds in zip(told, scores, strict=True)
    ]


def _once(
    acts: Sequence[Act], told: Sequence[Sequence[Standing]], chosen: Sequence[Sequence[Number]]
) -> Iterator[list[Number]]:
    """Leave a number that several acts of one list would have to the one that it stands nearest.

    "Protests from Egypt to Italy" are named by the same words: of 260 such lists in labelled articles 10 tell one size
    of each.
    """
    nearest: dict[tuple[Offsets | None, Offsets], tuple[float, int]] = {}
    for n, (act, standing, numbers) in enumerate(zip(acts, told, chosen, strict=True)):
        bound = {one.number.at: one.bound_odds for one in standing}
        for number in numbers:
            key = act.named, number.at
            nearest[key] = max(nearest.get(key, (bound[number.at], -n)), (bound[number.at], -n))
    for n, (act, numbers) in enumerate(zip(acts, chosen, strict=True)):
        yield [number for number in numbers if nearest[act.named, number.at][1] == -n]


def chosen_numbers(numbers: Sequence[Number], scores: Sequence[float], picks: Picks) -> list[Number]:
    """Give the numbers of an act: the likeliest first, where it is likely enough, and those likely beside it."""
    order = sorted(zip(scores, range(len(numbers)), strict=True), key=lambda pair: (-pair[0], pair[1]))
    if not order or order[0][0] < picks.best:
        return []
    return [numbers[n] for rank, (odds, n) in enumerate(order) if rank == 0 or odds >= picks.each]


def told_count(numbers: Sequence[Number]) -> ActCount:
    """Give the range from the lowest to the highest of some numbers: open where the highest or lowest is.

    A vague one ("thousands") that another tells more closely ("5,000") is not set beside it.
    """
    if not numbers:
        return ActCount(Range())
    exact = [number.told.count.low for number in numbers if number.told.count.low == number.told.count.high]
    kept = [number for number in numbers if not _tells_vaguely(number.told.count, exact)]
    counts = [number.told.count for number in kept]
    low = min(counts, key=lambda count: (ends(count)[0], count.low is not None))
    high = max(counts, key=lambda count: (ends(count)[1], count.high is None))
    lowest = ends(low)[0] if len(counts) > 1 else low.low
    return ActCount(Range(lowest, high.high), _words(kept))


def _tells_vaguely(count: Range, exact: Sequence[int | None]) -> bool:
    low, high = count.low, count.high
    return low is not None and high is not None and low < high and any(low <= n <= high for n in exact if n)


def _words(numbers: Sequence[Number]) -> tuple[Offsets, ...]:
    """Give the words of some numbers: from the first to the last where they stand side by side, the likeliest first."""
    spans = [(number.told.start, number.told.end) for number in numbers]
    first, last = min(start for start, _ in spans), max(end for _, end in spans)
    return ((first, last),) if last - first <= _STRETCH else tuple(dict.fromkeys(spans))


def marked(scene: Scene, act: Act, standing: Sequence[Standing]) -> Iterator[tuple[str, ...]]:
    """Give the marks of numbers for an act, beside the one that is likeliest by where it stands and is read."""
    top = likeliest(standing)
    status = act.status(scene.published)
    for one in standing:
        told = one.number.told
        own = (*steps("read", one.read, _READ_STEPS), *steps("bound", one.bound, _BOUND_STEPS))
        marks = ["bias", *own, *steps("score", log_odds(told.score), _BOUND_STEPS)]
        marks += [f"vague={told.count.low != told.count.high}", f"nobody={told.count.high == 0}"]
        marks += [f"form={act.form}", f"status={status}", f"counted={told.score > 0}"]
        if top is None or one is top:
            marks += ["top", *(f"top {mark}" for mark in own)]
        else:
            marks += [*_beside(one, top), *(f"other {mark}" for mark in own)]
        yield tuple(marks)


def _beside(one: Standing, top: Standing) -> Iterator[str]:
    """Give the marks of a number beside the likeliest one: how far, how much less likely, of which size."""
    told, other = one.number.told, top.number.told
    gap = max(told.start, other.start) - min(told.end, other.end)
    yield from steps("gap", gap, _GAPS)
    yield from steps("behind", top.sure - one.sure, _BEHIND)
    yield f"before={told.start < other.start}"
    sizes = sorted(max(ends(count)[1], 1) for count in (told.count, other.count))
    ratio = steps("ratio", sizes[1] / sizes[0], _RATIOS)
    yield from ratio
    if 0 <= gap < _STRETCH:
        yield from (f"near {mark}" for mark in ratio)
