"""Which head counts, responses and casualties belong to which act."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from rallybook.coding.act_counts import ActCount, act_counts
from rallybook.coding.assemble import Act
from rallybook.coding.estimates import all_joined, joined
from rallybook.coding.measure_marks import Surroundings, Told
from rallybook.coding.scene import Scene
from rallybook.coding.weighing import COUNTED, MEASURES, Bounds, Counted, Measure, belongs, measure_bounds
from rallybook.model.mention import COUNTED_ACTIONS, Action, HeadCount, ResponseMention
from rallybook.model.record import RESPONSE_ACTIONS, ResponseAction
from rallybook.model.values import Range

Offsets = tuple[int, int]
Pair = tuple[int, tuple[str, ...]]
Held = dict[Measure, list[tuple[float, Told]]]
Counts = dict[Counted, ActCount]
_UNCOUNTED = tuple(measure for measure in MEASURES if measure not in COUNTED)


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
    around, read = Surroundings(scene, acts), all(act.read for act in acts)
    held = _held(around, read=read)
    counts = act_counts(around) if read else tuple(map(counted, held))
    return tuple(measured(one, told) for one, told in zip(held, counts, strict=True))


def _held(around: Surroundings, *, read: bool) -> tuple[Held, ...]:
    """Give the mentions that belong to each act; of acts that were read those without the counts."""
    scene, asked = around.scene, _UNCOUNTED if read else MEASURES
    held: tuple[Held, ...] = tuple({} for _ in around.acts)
    for told in all_joined(scene.text, () if read else scene.head_counts, scene.responses):
        measures = [measure for measure in measures_of(told) if measure in asked]
        pairs = tuple(around.pairs(told)) if measures else ()
        for measure in measures:
            for act, odds in owners(pairs, measure, read=read):
                held[act].setdefault(measure, []).append((odds, told))
    return held


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


def measured(held: Held, counts: Counts) -> Measures:
    """Give the values of an act from the mentions that belong to it, and from its counts."""
    responses = [
        r for _, r in [*held.get("response", []), *held.get("presence", [])] if isinstance(r, ResponseMention)
    ]
    told: dict[Action, tuple[Offsets, ...]] = {}
    for mention in responses:
        told[mention.action] = (*told.get(mention.action, ()), (mention.start, mention.end))
    _agree(told, responses, counts["arrests"])
    proof: dict[str, tuple[Offsets, ...]] = {}
    if told:
        proof["response.actions"] = tuple(dict.fromkeys(span for spans in told.values() for span in spans))
    for name in ("injured", "killed"):
        if counts[name].words:
            proof[f"harm.{name}"] = counts[name].words
    return Measures(
        size=counts["size"].many,
        size_words=next(iter(counts["size"].words), None),
        actions=tuple(action for action in RESPONSE_ACTIONS if action in told),
        arrests=counts["arrests"].many,
        injured=counts["injured"].many,
        killed=counts["killed"].many,
        proof=proof,
    )


def _agree(
    told: dict[Action, tuple[Offsets, ...]], responses: Sequence[ResponseMention], arrests: ActCount
) -> None:
    """Let what was done agree with how many were arrested: of 575 labelled records with arrests 555 tell a number."""
    if arrests.many.high == 0:
        told.pop("arrests", None)
    elif arrests.many.known:
        told.setdefault("arrests", arrests.words)
        told.pop("none", None)
    elif all(mention.count.known for mention in responses if mention.action == "arrests"):
        # what was counted was not counted for this act
        told.pop("arrests", None)


def counted(held: Held) -> Counts:
    """Give the counts of an act from the mentions that belong to it: of crowds the likeliest, of others all."""
    found: Counts = {name: _range_of(held.get(name, ())) for name in COUNTED_ACTIONS}
    sizes = held.get("size")
    found["size"] = _range_of([max(sizes, key=lambda pair: pair[0])] if sizes else ())
    return found


def _range_of(held: Sequence[tuple[float, Told]]) -> ActCount:
    told = [mention for _, mention in held]
    return ActCount(joined([one.count for one in told]), tuple((one.start, one.end) for one in told))
