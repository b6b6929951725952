"""Which of a sentence's time expressions dates this act."""

from __future__ import annotations

from rallybook.coding.clauses import distance
from rallybook.coding.scene import Scene
from rallybook.grounding.sentences import Sentence
from rallybook.model.mention import Timex, Trigger

# beyond this a time expression of the sentence says nothing about the act
_TOO_FAR = 5.5


def event_date(scene: Scene, sentence: Sentence, trigger: Trigger) -> Timex | None:
    """Give the time expression of the sentence that dates the act named by `trigger`, or None."""
    found = scene.within(scene.timexes, sentence.start, sentence.end)
    words = scene.words(sentence)
    costs = [(_cost(words, sentence, trigger, scene.triggers, timex), timex) for timex in found]
    near = [(cost, timex.start, timex) for cost, timex in costs if cost < _TOO_FAR]
    return min(near)[2] if near else None


def _cost(
    words: str, sentence: Sentence, trigger: Trigger, triggers: tuple[Trigger, ...], timex: Timex
) -> float:
    base = sentence.start
    cost = distance(words, (trigger.start - base, trigger.end - base), (timex.start - base, timex.end - base))
    low, high = min(trigger.end, timex.end), max(trigger.start, timex.start)
    return cost + sum(1.5 for t in triggers if t is not trigger and low <= t.start and t.end <= high)
