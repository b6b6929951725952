"""How likely a number is the head count of an act that was read: what both networks say of it, and the other numbers.

Two numbers of one crowd stand near each other and differ in who claims them; how much each of that counts hangs on how
sure the reader of acts is. Trees weigh it, fitted on labelled articles (`training.act_sizes`).
"""

from __future__ import annotations

from collections.abc import Sequence

from rallybook.coding.act_numbers import UNBOUND, UNREAD, Standing, ends, likeliest, log_odds, most
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


def size_odds(around: Surroundings, act: Act, standing: Sequence[Standing]) -> list[float]:
    """Give the log odds of each number near an act that it is its head count."""
    trees = shipped("act_sizes")
    return [trees.log_odds(numbers) for numbers in compared(around, act, standing)]


def compared(around: Surroundings, act: Act, standing: Sequence[Standing]) -> list[tuple[float, ...]]:
    """Give what is weighed of each number near an act, in the order of `NAMES`."""
    top = likeliest(standing)
    return [_compared(around, act, one, top) for one in standing] if top else []


def _compared(around: Surroundings, act: Act, one: Standing, top: Standing) -> tuple[float, ...]:
    told, other = one.number.told, top.number.told
    gap = 0 if one is top else max(told.start, other.start) - min(told.end, other.end)
    fewer, more = sorted(max(ends(count)[1], 1) for count in (told.count, other.count))
    read = UNREAD if one.read is None else one.read
    return (
        read,
        UNBOUND if one.bound is None else one.bound,
        log_odds(told.score),
        float(one is top),
        top.sure - one.sure,
        float(min(gap, _FAR)),
        float(_claimant(told) != _claimant(other)),
        more / fewer,
        float(told.count.low != told.count.high),
        _sentences(around, act, told.start),
        float(sum(_read(beside, one) > read for beside in around.acts if beside is not act)),
        top.sure,
    )


def _claimant(told: Told) -> str:
    return told.claimed_by if isinstance(told, HeadCount) else ""


def _read(act: Act, one: Standing) -> float:
    """Give how sure the reader is of a number for an act."""
    odds = most(act, "size", one.number.at)
    return UNREAD if odds is None else odds


def _sentences(around: Surroundings, act: Act, at: int) -> float:
    """Give how many sentences a number stands from the words by which the act was read."""
    named = act.named[0] if act.named else act.clues[0].trigger.start
    return float(abs(around.scene.sentence_at(at).number - around.scene.sentence_at(named).number))
