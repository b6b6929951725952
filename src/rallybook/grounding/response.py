"""What police, army or other authorities did at a protest, and who was hurt."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from math import exp
from typing import Any, Literal, NamedTuple

import yaml

from rallybook.grounding.alternation import by_first_letter, group_name
from rallybook.grounding.numbers import fold, quantities
from rallybook.grounding.passages import Passage, passages
from rallybook.grounding.response_counts import Trigger, count
from rallybook.model.mention import Action, ResponseMention
from rallybook.model.reading import Reading
from rallybook.model.values import Range

Kind = Literal["word", "act", "harm", "subject"]

_ROLES = ("force", "persons", "numerals", "acts", "office")
_COUNTED = ("arrests", "injured", "killed")
# how far the subject, the object and the number of an act can lie from its verb, in characters
_BACK, _AHEAD = 160, 100
_COUNT_BACK, _COUNT_AHEAD = 90, 45
# a sentence longer than this is a table or a damaged text: what is further off is not looked at
_LONGEST = 3000
_SHORT = 500
_NEXT = re.compile(r"\s\w+")


class Hit(NamedTuple):
    """A trigger that its sentence bears out: what was done, how many, and the features of its surroundings."""

    action: Action
    amount: Range
    start: int
    end: int
    features: tuple[str, ...]


class _Rule(NamedTuple):
    """What a trigger stands for; some of its words (`also_words`) may stand for a second action, too."""

    action: Action
    kind: Kind
    also: Action | None = None
    also_words: re.Pattern[str] | None = None


class _Lexicon(NamedTuple):
    trigger: re.Pattern[str]
    roles: re.Pattern[str]
    rules: tuple[_Rule, ...]
    cues: Mapping[str, re.Pattern[str]]
    weights: Mapping[str, float]


class _Sentence(NamedTuple):
    """One sentence with those who act in it; `before`: what the sentence before told."""

    start: int
    end: int
    roles: tuple[tuple[int, str], ...]
    police: bool
    protest: bool
    police_before: bool
    protest_before: bool


class _Scene(NamedTuple):
    """A trigger in its sentence with the words before and after it."""

    at: Trigger
    sentence: _Sentence
    left: str
    right: str

    def last(self, role: str) -> int:
        """Give the place of the nearest word of this role before the trigger, -1 where there is none."""
        low, high = self.at.start - _BACK, self.at.start
        return max(
            (end for end, name in self.sentence.roles if name == role and low < end <= high), default=-1
        )


def responses(reading: Reading) -> tuple[ResponseMention, ...]:
    """Give what authorities did and who was hurt, in the order of the text.

    `count` is known for arrests, injured and killed where the text says how many. Arrests of none come as the
    action `none` with the range 0 to 0 (0 to open for "no large-scale arrests"), injuries and deaths of none
    with 0 to 0. `score` is the probability that the words tell of a protest; the weights behind it were fitted
    on labelled articles (`bench/response.py --fit`).
    """
    text = reading.text
    weights = _lexicon().weights
    found = []
    for hit in hits(text, fold(text)):
        chance = probability(hit, weights)
        if chance < weights.get(f"{hit.action}/enough", 0.0):
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


def probability(hit: Hit, weights: Mapping[str, float]) -> float:
    """Give the logistic of the sum of the weights that the hit's features have for its action."""
    total = sum(weights.get(f"{hit.action}/{feature}", 0.0) for feature in hit.features)
    return 1 / (1 + exp(-max(-30.0, min(30.0, total))))


def hits(text: str, low: str) -> Iterator[Hit]:
    """Give the triggers that their sentences bear out; `low` is `fold(text)`."""
    lexicon = _lexicon()
    if not lexicon.trigger.search(low):
        return
    numbers = quantities(text)
    cores = [quantity.core for quantity in numbers]
    density = sum(1 for _ in zip(range(6), lexicon.cues["protest"].finditer(low), strict=False))
    # a single sentence cannot hold as many words of protest as an article
    article = (f"density:{density}" if len(text) > _SHORT else f"short:{min(density, 2)}",)
    spans = passages(text)
    number, told_of = 0, -1
    sentence = None
    for match in lexicon.trigger.finditer(low):
        while number + 1 < len(spans) and spans[number].end <= match.start():
            number += 1
        if sentence is None or told_of != number:
            sentence = _sentence(low, spans, number, sentence if told_of == number - 1 else None)
            told_of = number
        rule = lexicon.rules[int(group_name(match)[1:])]
        scene = _scene(low, match, sentence)
        told = _told(rule, scene)
        if told is None:
            continue
        action, amount = told
        start, end = match.span()
        if amount is None:
            near = numbers[bisect_left(cores, start - _COUNT_BACK) : bisect_left(cores, end + _COUNT_AHEAD)]
            amount = count(scene.at, near, lexicon.cues) if action in _COUNTED else Range()
        features = (*_features(rule, scene, match[0], amount), *article, f"sentence:{min(number, 6)}")
        yield Hit(action, amount, start, end, features)
        if rule.also and rule.also_words and action == rule.action and rule.also_words.search(match[0]):
            yield Hit(rule.also, Range(), start, end, features)


def _sentence(low: str, spans: Sequence[Passage], number: int, before: _Sentence | None) -> _Sentence:
    lexicon = _lexicon()
    start, end = _bounds(spans[number])
    roles = tuple((one.end(), group_name(one)) for one in lexicon.roles.finditer(low, start, end))
    return _Sentence(
        start,
        end,
        roles,
        police=any(name == "force" for _, name in roles),
        protest=_tells(low, spans[number], "protest"),
        police_before=before.police if before else number > 0 and _tells(low, spans[number - 1], "force"),
        protest_before=before.protest if before else number > 0 and _tells(low, spans[number - 1], "protest"),
    )


def _bounds(span: Passage) -> tuple[int, int]:
    return span.start, min(span.end, span.start + _LONGEST)


def _tells(low: str, span: Passage, cue: str) -> bool:
    return bool(_lexicon().cues[cue].search(low, *_bounds(span)))


def _scene(low: str, match: re.Match[str], sentence: _Sentence) -> _Scene:
    start, end = match.span()
    left = low[max(sentence.start, start - _BACK) : start]
    right = low[end : min(sentence.end, end + _AHEAD)]
    return _Scene(Trigger(low, start, end, sentence.start, sentence.end), sentence, left, right)


def _told(rule: _Rule, scene: _Scene) -> tuple[Action, Range | None] | None:
    """Give the action that a trigger stands for in its sentence; None where it tells of none."""
    cues = _lexicon().cues
    if rule.action == "none":
        return "none", Range()
    negation = cues["negation"].search(scene.left[-60:])
    if negation:
        return _nothing(rule, negation[0])
    if cues["modality"].search(scene.left[-60:]) and not cues["purpose"].search(scene.left[-90:]):
        threatened = cues["threat"].search(scene.left) and _police(scene)
        return ("warned", None) if threatened and rule.action in ("arrests", "force", "dispersal") else None
    if rule.kind == "subject" and (
        cues["saying"].match(scene.right) or not cues["begins"].search(scene.left)
    ):
        return None
    if rule.kind == "act" and not _police(scene) and not _acted(scene, arrest=rule.action == "arrests"):
        return None
    return rule.action, None


def _nothing(rule: _Rule, words: str) -> tuple[Action, Range] | None:
    """Give what a denial tells: "no arrests", "nobody was hurt"; None where it tells nothing."""
    if rule.action == "arrests" and rule.kind == "word":
        return "none", Range(0, None if "large" in words or "mass" in words else 0)
    if rule.kind == "harm":
        return rule.action, Range(0, 0)
    return None


def _police(scene: _Scene) -> bool:
    return scene.sentence.police or scene.sentence.police_before


def _acted(scene: _Scene, *, arrest: bool) -> bool:
    """Tell whether police or officials did it: they are the subject, or protesters are and it is a passive."""
    cues = _lexicon().cues
    actor = max(scene.last("force"), -1)
    actor = actor if actor >= 0 else scene.last("office")
    person = scene.last("persons")
    if not cues["passive"].search(scene.left):
        return actor >= 0 and actor > person
    agent = cues["by_force"].search(scene.right)
    if agent and cues["force"].match(scene.right, agent.end()):
        return True
    thing = scene.last("acts")
    if arrest:  # people are taken away by nobody else; a rally is "held" by anybody
        person = max(person, scene.last("numerals"))
        return person > max(thing, actor)
    subject = max(person, thing)
    return (subject > actor and _police(scene)) or actor > subject


def _features(rule: _Rule, scene: _Scene, words: str, amount: Range) -> Iterator[str]:
    cues, sentence = _lexicon().cues, scene.sentence
    yield "bias"
    yield f"kind:{rule.kind}"
    if rule.kind == "act":
        acted = _acted(scene, arrest=rule.action == "arrests")
        yield f"acted:{int(acted)}"
        yield f"acted:{int(acted)}&protest:{int(sentence.protest)}{int(sentence.protest_before)}"
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


@cache
def _lexicon() -> _Lexicon:
    folder = files("rallybook.grounding") / "data"
    data: dict[str, Any] = yaml.safe_load((folder / "response.yaml").read_text("utf-8"))
    rules, listed = data.pop("rules"), data.pop("words")
    words = {name: by_first_letter([(name, pattern)]) for name, pattern in listed.items()}
    roles = by_first_letter((name, listed[name]) for name in _ROLES)
    cues = {name: re.compile(pattern) for name, pattern in data.items()}
    cues.update({name: re.compile(rf"\b(?:{pattern})\b") for name, pattern in words.items()})
    return _Lexicon(
        trigger=re.compile(
            rf"\b(?:{by_first_letter((f'r{number}', rule['pattern']) for number, rule in enumerate(rules))})\b"
        ),
        roles=re.compile(rf"\b(?:{roles})\b"),
        rules=tuple(
            _Rule(rule["action"], rule["kind"], rule.get("also"), _pattern(rule.get("also_words")))
            for rule in rules
        ),
        cues=cues,
        weights=yaml.safe_load((folder / "response_weights.yaml").read_text("utf-8")),
    )


def _pattern(text: str | None) -> re.Pattern[str] | None:
    return re.compile(text) if text else None
