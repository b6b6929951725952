"""Which head counts, responses and casualties belong to which act."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from rallybook.coding.assemble import Act
from rallybook.coding.clauses import distance
from rallybook.coding.scene import Scene
from rallybook.grounding.sentences import Sentence
from rallybook.model.mention import HeadCount, ResponseMention
from rallybook.model.record import ResponseAction
from rallybook.model.values import Range

Offsets = tuple[int, int]
_HARMS = ("injured", "killed")
_ACTIONS: tuple[ResponseAction, ...] = (
    "none",
    "present",
    "warned",
    "blocked",
    "dispersal",
    "force",
    "arrests",
)


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
    counts: list[list[HeadCount]] = [[] for _ in acts]
    responses: list[list[ResponseMention]] = [[] for _ in acts]
    for count in scene.head_counts:
        owner = _owner(scene, acts, (count.start, count.end))
        if owner is not None:
            counts[owner].append(count)
    for response in scene.responses:
        owner = _owner(scene, acts, (response.start, response.end))
        responses[owner if owner is not None else _main_act(acts)].append(response)
    return tuple(_measured(c, r) for c, r in zip(counts, responses, strict=True))


def _owner(scene: Scene, acts: Sequence[Act], words: Offsets) -> int | None:
    """Give the act that some words belong to: the nearest in the sentence, else the last one told before."""
    sentence = scene.sentence_at(words[0])
    text = scene.words(sentence)
    inside = [
        (_distance(text, sentence, words, (clue.trigger.start, clue.trigger.end)), number)
        for number, act in enumerate(acts)
        for clue in act.clues
        if clue.sentence == sentence
    ]
    if inside:
        return min(inside)[1]
    before = [
        (clue.trigger.start, number)
        for number, act in enumerate(acts)
        for clue in act.clues
        if clue.sentence.paragraph == sentence.paragraph and clue.trigger.start < words[0]
    ]
    return max(before)[1] if before else None


def _distance(text: str, sentence: Sentence, one: Offsets, other: Offsets) -> float:
    base = sentence.start
    return distance(text, (one[0] - base, one[1] - base), (other[0] - base, other[1] - base))


def _main_act(acts: Sequence[Act]) -> int:
    """Give the act that the article is about as a whole: its umbrella, else the first."""
    whole = (n for n, act in enumerate(acts) if act.place and act.place.precision in ("country", "region"))
    return next(whole, 0)


def _measured(counts: list[HeadCount], responses: list[ResponseMention]) -> Measures:
    size, size_words = _size(counts)
    told = {r.action for r in responses}
    proof: dict[str, tuple[Offsets, ...]] = {}
    actions = tuple(action for action in _ACTIONS if action in told)
    if actions:
        proof["response.actions"] = tuple((r.start, r.end) for r in responses if r.action in actions)
    harms = {name: [r for r in responses if r.action == name] for name in _HARMS}
    for name, mentions in harms.items():
        if mentions:
            proof[f"harm.{name}"] = tuple((r.start, r.end) for r in mentions)
    arrests = [r for r in responses if r.action == "arrests" or (r.action == "none" and r.count.known)]
    return Measures(
        size=size,
        size_words=size_words,
        actions=actions,
        arrests=joined([r.count for r in arrests]),
        injured=joined([r.count for r in harms["injured"]]),
        killed=joined([r.count for r in harms["killed"]]),
        proof=proof,
    )


def _size(counts: list[HeadCount]) -> tuple[Range, Offsets | None]:
    """Give the range of all head counts of an act, and the words from the first to the last of them.

    Only counts that say who claims them may widen the range that the first one gives.
    """
    if not counts:
        return Range(), None
    kept = [counts[0], *(c for c in counts[1:] if c.claimed_by and c.start - counts[0].start < 400)]
    return joined([c.count for c in kept]), (kept[0].start, kept[-1].end)


def joined(ranges: list[Range]) -> Range:
    """Give the range that holds all: the lowest low and the highest high; an open end stays open."""
    known = [r for r in ranges if r.known]
    if not known:
        return Range()
    lows = [r.low for r in known if r.low is not None]
    highs = [r.high for r in known if r.high is not None]
    return Range(min(lows) if lows else None, max(highs) if highs else None)
