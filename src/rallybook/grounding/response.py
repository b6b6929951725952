"""What police, army or other authorities did at a protest, and who was hurt."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from itertools import groupby
from math import exp
from operator import itemgetter
from typing import NamedTuple

from rallybook.grounding.numbers import fold, quantities
from rallybook.grounding.passages import passages
from rallybook.grounding.response_counts import count, rivals
from rallybook.grounding.response_lexicon import Rule, lexicon
from rallybook.grounding.response_scene import Scene, acted, scene_of, sentence_at, told
from rallybook.model.mention import COUNTED_ACTIONS, Action, ResponseMention
from rallybook.model.reading import Reading
from rallybook.model.values import Range

# What police do beside stronger acts: their records depend on what else is told. Held-out F1 with and without the
# other actions: present .64 and .63, blocked .47 and .46, dispersal .67 and .65; the others lose by it.
_MILDER = ("present", "blocked", "dispersal")
# how far the number that goes with an act can lie from its verb, in characters
_COUNT_BACK, _COUNT_AHEAD = 90, 130
_SHORT = 500
_NEXT = re.compile(r"\s\w+")


class Hit(NamedTuple):
    """A trigger that its sentence bears out: what was done, how many, and the features of its surroundings."""

    action: Action
    amount: Range
    start: int
    end: int
    features: tuple[str, ...]


def responses(reading: Reading, *, at_least: float | None = None) -> tuple[ResponseMention, ...]:
    """Give what authorities did and who was hurt, in the order of the text.

    Only what reaches the probability `at_least` is given, by default an even-handed one of each action (`is_likely`).

    `count` is known for arrests, injured and killed where the text says how many. Arrests of none come as the
    action `none` with the range 0 to 0 (0 to open for "no large-scale arrests"), injuries and deaths of none
    with 0 to 0. `score` is the probability that the words tell of a protest; the weights behind it were fitted
    on labelled articles (`bench/response.py --fit`).
    """
    text = reading.text
    weights = lexicon().weights
    found = []
    for hit in hits(text, fold(text)):
        chance = probability(hit, weights)
        if not (is_likely(hit.action, chance) if at_least is None else chance >= at_least):
            continue
        found.append(
            ResponseMention(
                start=hit.start,
                end=hit.end,
                text=text[hit.start : hit.end],
                action=hit.action,
                count=hit.amount,
                score=round(chance, 3),
            )
        )
    return tuple(found)


def is_likely(action: Action, chance: float) -> bool:
    """Tell whether an action is told with enough probability to be given."""
    return chance >= lexicon().weights.get(f"{action}/enough", 0.0)


def probability(hit: Hit, weights: Mapping[str, float]) -> float:
    """Give the logistic of the sum of the weights that the hit's features have for its action."""
    total = sum(weights.get(f"{hit.action}/{feature}", 0.0) for feature in hit.features)
    return 1 / (1 + exp(-max(-30.0, min(30.0, total))))


def hits(text: str, low: str) -> Iterator[Hit]:
    """Give the triggers that their sentences bear out; `low` is `fold(text)`.

    The milder acts know the other actions told in their sentence and in the text: where police charge, the
    records say no more that they were there.
    """
    found = list(_found(text, low))
    everywhere = {hit.action for _, hit in found}
    for _, group in groupby(found, key=itemgetter(0)):
        told_here = [hit for _, hit in group]
        here = {hit.action for hit in told_here}
        for hit in told_here:
            if hit.action not in _MILDER:
                yield hit
                continue
            beside = (f"beside:{action}" for action in here if action != hit.action)
            else_where = (f"also:{action}" for action in everywhere if action != hit.action)
            yield hit._replace(features=(*hit.features, *beside, *else_where))


def _found(text: str, low: str) -> Iterator[tuple[int, Hit]]:
    """Give the triggers with the numbers of their sentences."""
    known = lexicon()
    if not known.trigger.search(low):
        return
    numbers = quantities(text)
    cores = [quantity.core for quantity in numbers]
    density = sum(1 for _ in zip(range(6), known.cues["protest"].finditer(low), strict=False))
    # a single sentence cannot hold as many words of protest as an article
    article = (f"density:{density}" if len(text) > _SHORT else f"short:{min(density, 2)}",)
    spans = passages(text)
    number, told_of = 0, -1
    sentence = None
    for match in known.trigger.finditer(low):
        while number + 1 < len(spans) and spans[number].end <= match.start():
            number += 1
        if sentence is None or told_of != number:
            sentence = sentence_at(low, spans, number, sentence if told_of == number - 1 else None)
            told_of = number
        rule = known.rule(match)
        scene = scene_of(low, match, sentence)
        reading = told(rule, scene)
        if reading is None:
            continue
        action, amount = reading
        start, end = match.span()
        near = numbers[bisect_left(cores, start - _COUNT_BACK) : bisect_left(cores, end + _COUNT_AHEAD)]
        if amount is None:
            amount = count(scene.at, near, known.cues) if action in COUNTED_ACTIONS else Range()
        features = (*_features(rule, scene, match[0], amount), *article, f"sentence:{min(number, 6)}")
        yield number, Hit(action, amount, start, end, features)
        if rule.also and rule.also_words and action == rule.action and rule.also_words.search(match[0]):
            yield number, Hit(rule.also, Range(), start, end, features)
        if action in COUNTED_ACTIONS and amount.low:
            others = (one for one in rivals(scene.at, near, known.cues) if one.count != amount)
            for rival in others:
                yield number, Hit(action, rival.count, rival.start, rival.end, features)


def _features(rule: Rule, scene: Scene, words: str, amount: Range) -> Iterator[str]:
    cues, sentence = lexicon().cues, scene.sentence
    yield "bias"
    yield f"kind:{rule.kind}"
    if rule.kind == "act":
        done = acted(scene, arrest=rule.action == "arrests")
        yield f"acted:{int(done)}"
        yield f"acted:{int(done)}&protest:{int(sentence.protest)}{int(sentence.protest_before)}"
    yield f"word:{words.split(maxsplit=1)[0][:8]}"
    yield f"protest:{int(sentence.protest)}{int(sentence.protest_before)}"
    yield f"police:{int(sentence.police)}{int(sentence.police_before)}"
    yield f"count:{_size(amount)}"
    if rule.kind == "subject" and (following := _NEXT.match(scene.right)):
        yield f"next:{following[0].strip()}"
    if cues["passive"].search(scene.left):
        yield "passive"
    window = scene.left + " | " + scene.right
    for name in ("elsewhere", "court", "remote"):
        if cues[name].search(window):
            yield name
    names = {name for _, name in sentence.roles}
    for name in ("persons", "acts", "office"):
        if name in names:
            yield f"has:{name}"
    if scene.last("force") >= 0:
        yield "actor:force"
    elif scene.last("office") >= 0:
        yield "actor:office"


def _size(amount: Range) -> str:
    if not amount.known:
        return "none"
    value = amount.low or amount.high or 0
    return "0" if value == 0 else "1" if value == 1 else "few" if value < 10 else "many"
