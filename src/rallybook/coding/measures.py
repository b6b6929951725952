"""Which head counts, responses and casualties belong to which act."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from rallybook.coding.assemble import Act
from rallybook.coding.estimates import all_joined, joined
from rallybook.coding.measure_marks import Surroundings, Told
from rallybook.coding.scene import Scene
from rallybook.coding.weighing import Bounds, Measure, belongs, measure_bounds
from rallybook.model.mention import HeadCount, ResponseMention
from rallybook.model.record import RESPONSE_ACTIONS, ResponseAction
from rallybook.model.values import Range

Offsets = tuple[int, int]
Pair = tuple[int, tuple[str, ...]]
Held = dict[Measure, list[tuple[float, Told]]]
_COUNTS: tuple[Measure, ...] = ("arrests", "injured", "killed")


class Measures(msgspec.Struct, frozen=True, kw_only=True):
    """The counts and responses of one act, with the words that tell each."""

    size: Range = Range()
    size_words: Offsets | None = None
    actions: tuple[ResponseAction, ...] = ()
    arrests: Range = Range()
    injured: Range = Range()
    killed: Range = Range()
    proof: dict[str, tuple[Offsets, ...]] = {}


def measures(scene: Scene, acts: Sequence[Act]) -> tuple[Measures, ...]:
    """Give the measures of each act, in the order of the acts."""
    if not acts:
        return ()
    around = Surroundings(scene, acts)
    read = all(act.read for act in acts)
    held: list[Held] = [{} for _ in acts]
    for told in all_joined(scene.text, scene.head_counts, scene.responses):
        pairs = tuple(around.pairs(told))
        for measure in measures_of(told):
            for act, odds in owners(pairs, measure, read=read):
                held[act].setdefault(measure, []).append((odds, told))
    return tuple(measured(one) for one in held)


def measures_of(told: Told) -> tuple[Measure, ...]:
    """Give what a mention may tell of an act."""
    if isinstance(told, HeadCount):
        return ("size",)
    if told.action == "injured":
        return ("injured",)
    if told.action == "killed":
        return ("killed",)
    if told.action == "present":
        return ("presence",)
    counts = told.action in ("arrests", "none") and told.count.known
    return ("response", "arrests") if counts else ("response",)


def owners(pairs: Sequence[Pair], measure: Measure, *, read: bool) -> list[tuple[int, float]]:
    """Give the acts that a mention belongs to, each with its log odds; `read`: the reader of acts read them."""
    scores = [(act, belongs(measure, marks, read=read)) for act, marks in pairs]
    return winners(scores, measure_bounds(measure, read=read))


def winners(scores: Sequence[tuple[int, float]], bounds: Bounds) -> list[tuple[int, float]]:
    """Give the acts whose log odds are high enough in themselves and beside the best act's."""
    least = max(bounds.above, max((odds for _, odds in scores), default=0.0) - bounds.beside)
    return [(act, odds) for act, odds in scores if odds >= least]


def measured(held: Held) -> Measures:
    """Give the values of an act from the mentions that belong to it."""
    size, size_words = _size(held.get("size", []))
    responses = [
        r for _, r in [*held.get("response", []), *held.get("presence", [])] if isinstance(r, ResponseMention)
    ]
    told = {r.action for r in responses}
    proof: dict[str, tuple[Offsets, ...]] = {}
    if responses:
        proof["response.actions"] = tuple((r.start, r.end) for r in responses)
    counts: dict[Measure, Range] = {}
    for name in _COUNTS:
        kept = _agreeing(held.get(name, []))
        counts[name] = joined([r.count for r in kept])
        if kept and name != "arrests":
            proof[f"harm.{name}"] = tuple((r.start, r.end) for r in kept)
    return Measures(
        size=size,
        size_words=size_words,
        actions=tuple(action for action in RESPONSE_ACTIONS if action in told),
        arrests=counts["arrests"],
        injured=counts["injured"],
        killed=counts["killed"],
        proof=proof,
    )


def _agreeing(held: Sequence[tuple[float, Told]]) -> list[Told]:
    return [told for _, told in held]


def _size(held: Sequence[tuple[float, Told]]) -> tuple[Range, Offsets | None]:
    """Give the likeliest head count of an act, and the words that tell it."""
    if not held:
        return Range(), None
    best = max(held, key=lambda pair: pair[0])[1]
    return best.count, (best.start, best.end)
