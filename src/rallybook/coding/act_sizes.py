"""How likely a number is the head count of an act that was read: what both networks say of it, and the other numbers.

Two numbers of one crowd stand near each other and differ in who claims them; how much each of that counts hangs on how
sure the reader of acts is. Trees weigh it, fitted on labelled articles (`training.act_sizes`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence

from rallybook.coding.act_numbers import UNREAD, Offsets, Standing, ends, likeliest, log_odds
from rallybook.coding.assemble import Act
from rallybook.coding.measure_marks import Surroundings, Told
from rallybook.coding.trees import shipped
from rallybook.coding.weighing import Picks
from rallybook.model.mention import HeadCount

NAMES = (
    "read",
    "bound",
    "score",
    "likeliest",
    "behind",
    "gap",
    "claimed by another",
    "ratio",
    "vague",
    "sentences",
    "surer acts",
    "likeliest sure",
)
# log odds from which a number is told beside the likeliest one, and from which that one is told at all; of 1,030 sizes
# of five labelled sets as many are right with .25 for the first, .01 fewer with .5 and 0
SIZE_PICKS = Picks(each=0.0, best=-0.25)
_FAR = 2000


def size_odds(around: Surroundings, told: Sequence[Sequence[Standing]]) -> list[list[float]]:
    """Give for each act the log odds of each of the numbers `told` near it that it is its head count."""
    trees = shipped("act_sizes")
    return [[trees.log_odds(numbers) for numbers in near] for near in compared(around, told)]


def compared(around: Surroundings, told: Sequence[Sequence[Standing]]) -> Iterator[list[tuple[float, ...]]]:
    """Give for each act what is weighed of each of the numbers `told` near it, in the order of `NAMES`."""
    read: dict[Offsets, dict[int, float]] = defaultdict(dict)
    for n, standing in enumerate(told):
        for one in standing:
            read[one.number.at][n] = one.read_odds
    ranked = {at: sorted(odds.values()) for at, odds in read.items()}
    for act, standing in zip(around.acts, told, strict=True):
        top = likeliest(standing)
        yield [
            _compared(around, act, one, top, _surer(one, ranked[one.number.at], len(told)))
            for one in standing
            if top
        ]


def _surer(one: Standing, near: Sequence[float], acts: int) -> int:
    """Give for how many acts the reader is surer of a number; to those that it is not `near` it is unread."""
    above = len(near) - bisect_right(near, one.read_odds)
    return above + (acts - len(near) if one.read_odds < UNREAD else 0)


def _compared(around: Surroundings, act: Act, one: Standing, top: Standing, surer: int) -> tuple[float, ...]:
    told, other = one.number.told, top.number.told
    gap = 0 if one is top else max(told.start, other.start) - min(told.end, other.end)
    fewer, more = sorted(max(ends(count)[1], 1) for count in (told.count, other.count))
    return (
        one.read_odds,
        one.bound_odds,
        log_odds(told.score),
        float(one is top),
        top.sure - one.sure,
        float(min(gap, _FAR)),
        float(_claimant(told) != _claimant(other)),
        more / fewer,
        float(told.count.low != told.count.high),
        _sentences(around, act, told.start),
        float(surer),
        top.sure,
    )


def _claimant(told: Told) -> str:
    return told.claimed_by if isinstance(told, HeadCount) else ""


def _sentences(around: Surroundings, act: Act, at: int) -> float:
    """Give how many sentences a number stands from the words by which the act was read."""
    named = act.named[0] if act.named else act.clues[0].trigger.start
    return float(abs(around.scene.sentence_at(at).number - around.scene.sentence_at(named).number))
