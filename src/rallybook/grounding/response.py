"""What police, army or other authorities did at a protest, and who was hurt."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple, cast

import yaml

from rallybook.grounding.numbers import Quantity, fold, quantities
from rallybook.grounding.passages import Passage, passages
from rallybook.model.mention import Action, ResponseMention
from rallybook.model.reading import Reading
from rallybook.model.values import Range

Kind = Literal["word", "act", "harm"]

_COUNTED = ("arrests", "injured", "killed")
# how far the subject, the object and the number of an act can lie from its verb, in characters
_BACK, _AHEAD = 160, 100
_COUNT_BACK, _COUNT_AHEAD = 90, 45
_SOME = Range(2, None)


class _Rule(NamedTuple):
    action: Action
    kind: Kind


class _Lexicon(NamedTuple):
    trigger: re.Pattern[str]
    rules: tuple[_Rule, ...]
    cues: Mapping[str, re.Pattern[str]]


class _Scene(NamedTuple):
    """A trigger in its sentence: the words before and after it, and whether police act in it or just before."""

    low: str
    start: int
    end: int
    first: int
    last: int
    left: str
    right: str
    police: bool
    protest: bool


def responses(reading: Reading) -> tuple[ResponseMention, ...]:
    """Give what authorities did and who was hurt, in the order of the text.

    `count` is known for arrests, injured and killed where the text says how many; arrests of none, and deaths
    and injuries of none, come with the range 0 to 0, arrests of none as the action `none`.
    """
    return tuple(_found(reading.text, fold(reading.text)))


def _found(text: str, low: str) -> Iterator[ResponseMention]:
    lexicon = _lexicon()
    if not lexicon.trigger.search(low):
        return
    numbers = quantities(text)
    cores = [quantity.core for quantity in numbers]
    before = False
    for span in passages(text):
        police = bool(lexicon.cues["force"].search(low, span.start, span.end))
        for match in lexicon.trigger.finditer(low, span.start, span.end):
            rule = lexicon.rules[int(cast(str, match.lastgroup)[1:])]
            scene = _scene(low, match, span, police=police, before=before)
            told = _told(rule, scene)
            if told is None:
                continue
            action, count = told
            if count is None:
                near = numbers[
                    bisect_left(cores, match.start() - _COUNT_BACK) : bisect_left(cores, match.end() + _COUNT_AHEAD)
                ]
                count = _count(scene, near) if action in _COUNTED else Range()
                if rule.kind == "harm" and not count.known:
                    continue
            yield ResponseMention(
                start=match.start(), end=match.end(), text=text[match.start() : match.end()], action=action, count=count
            )
        before = police


def _scene(low: str, match: re.Match[str], span: Passage, *, police: bool, before: bool) -> _Scene:
    start, end = match.span()
    left = low[max(span.start, start - _BACK) : start]
    right = low[end : min(span.end, end + _AHEAD)]
    protest = bool(_lexicon().cues["protest"].search(left + right))
    return _Scene(low, start, end, span.start, span.end, left, right, police or before, protest)


def _told(rule: _Rule, scene: _Scene) -> tuple[Action, Range | None] | None:
    """Give the action that a trigger stands for in its sentence; None where it tells of none."""
    cues = _lexicon().cues
    if rule.action == "none":
        return "none", Range()
    negation = cues["negation"].search(scene.left[-60:])
    if negation:
        return _nothing(rule.action, negation[0])
    if cues["modality"].search(scene.left[-60:]) and not cues["purpose"].search(scene.left[-90:]):
        threatened = cues["threat"].search(scene.left) and scene.police
        return ("warned", None) if threatened and rule.action in ("arrests", "force", "dispersal") else None
    if rule.kind == "act" and not _acted(scene):
        return None
    if rule.action == "arrests" and cues["elsewhere"].search(scene.left + scene.right):
        return None
    return rule.action, None


def _nothing(action: Action, words: str) -> tuple[Action, Range] | None:
    """Give what a denial tells: "no arrests", "nobody was hurt", "did not let them through"."""
    if action == "arrests":
        return "none", Range(0, None if "large" in words or "mass" in words else 0)
    if action in ("injured", "killed"):
        return action, Range(0, 0)
    return None


def _acted(scene: _Scene) -> bool:
    """Tell whether police or officials did it: they are the subject, or protesters are and it is a passive."""
    cues = _lexicon().cues
    actor = _last(cues["force"], scene.left) or _last(cues["office"], scene.left)
    person = _last(cues["persons"], scene.left)
    if cues["passive"].search(scene.left):
        agent = cues["by_force"].search(scene.right)
        if agent and cues["force"].match(scene.right, agent.end()):
            return True
        subject = max(person, _last(cues["acts"], scene.left))
        return subject > actor and scene.police or actor > subject
    return actor > 0 and actor > person


def _last(pattern: re.Pattern[str], words: str) -> int:
    at = 0
    for match in pattern.finditer(words):
        at = match.end()
    return at


def _count(scene: _Scene, near: tuple[Quantity, ...]) -> Range:
    """Give how many were arrested or hurt: within the phrase, right after it, or in its subject before it."""
    inside = [one for one in near if scene.start <= one.core < scene.end]
    if inside:
        return inside[0].count
    after = next((one for one in near if one.start >= scene.end), None)
    if after and _is_object(scene, after):
        return after.count
    if re.match(r"\s(?:at least |only )?(?:an?|one|another)\s(?!number|few|group|dozen|score)", scene.right):
        return Range(1, 1)
    return _subject_count(scene, [one for one in near if scene.first <= one.start and one.end <= scene.start])


def _is_object(scene: _Scene, number: Quantity) -> bool:
    between = scene.low[scene.end : number.start]
    return number.end <= scene.last and not number.year and bool(
        re.fullmatch(r"\s?(?:of|at|to|in|the|as many as|on|for|toll|:|,)?\s?(?:of\s)?(?:\w+\s)?", between)
    ) and _counts_people(scene.low, number, scene.last)


def _counts_people(low: str, number: Quantity, last: int) -> bool:
    return not re.match(
        r"\s?(?:percent|per cent|%|(?:[a-z]+ )?(?:years?|months?|weeks?|days?|hours?|minutes?|times|charges|counts|offences|vehicles|cars"
        r"|buses|am|pm|a\.m|p\.m|metres|km|miles|arrests|o'clock|january|february|march|april|may|june|july|august"
        r"|september|october|november|december)\b|-year|-day|(?:st|nd|rd|th)\b)",
        low[number.end : min(last, number.end + 30)],
    )


def _subject_count(scene: _Scene, before: list[Quantity]) -> Range:
    """Give the number in the subject of a passive or before a participle ("Nineteen were carried off")."""
    low = scene.low
    for number, one in zip(range(len(before) - 1, -1, -1), reversed(before), strict=True):
        lead, between = low[max(scene.first, one.start - 14) : one.start], low[one.end : scene.start]
        if one.year or not _counts_people(low, one, scene.last) or re.search(r"[.;:!?]|\b(?:and|but|while|as)\b.*\b(?:was|were|had|have)\b", between):
            continue
        if re.search(r"(?:including|among them|aged|, [a-z]+ of)\s\Z", lead) or re.match(r"\s?(?:of (?:whom|them)|,\s)", low[one.end : one.end + 9]) and lead.endswith(", "):
            continue
        if number and (joined := _joined(low, before[number - 1], one)):
            return joined
        return one.count
    if _lexicon().cues["plural_many"].search(scene.left):
        return _SOME
    if _lexicon().cues["singular"].search(scene.left[-70:]):
        return Range(1, 1)
    return Range()


def _joined(low: str, first: Quantity, second: Quantity) -> Range | None:
    """Give the sum of "five people and two officers"."""
    if not re.fullmatch(r"(?:\s\(\d+\))?\s[\w-]+(?:\s[\w-]+)?\sand\s", low[first.end : second.start]):
        return None
    if first.count.low is None or second.count.low is None:
        return None
    high = None if first.count.high is None or second.count.high is None else first.count.high + second.count.high
    return Range(first.count.low + second.count.low, high)


@cache
def _lexicon() -> _Lexicon:
    data: dict[str, Any] = yaml.safe_load(
        (files("rallybook.grounding") / "data" / "response.yaml").read_text("utf-8")
    )
    rules = data.pop("rules")
    parts = [rf"(?P<r{number}>{rule['pattern']})" for number, rule in enumerate(rules)]
    return _Lexicon(
        trigger=re.compile(rf"\b(?:{'|'.join(parts)})\b"),
        rules=tuple(_Rule(rule["action"], rule["kind"]) for rule in rules),
        cues={name: re.compile(pattern) for name, pattern in data.items()},
    )
