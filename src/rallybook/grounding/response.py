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
# "a number of officers were hurt": two at least; "several": as the codebook reads "several hundred"
_SOME, _SEVERAL = Range(2, None), Range(3, 9)
_BESIDE = re.compile(r"\s(?:of\s|of (?:them|whom|us)\s|more\s|people\s|persons\s|others\s|were\s|was\s|[\w-]+\swere\s)?(?:\w+ly\s)?")
_OBJECT = re.compile(r"\s?(?:of|at|to|in|the|for|toll|:|all|as|by)?\s?(?:of\s|the\s|rose to\s|stood at\s|was\s|a total of\s)?")
_ONE_OBJECT = re.compile(r"\s(?:at least |only )?(?:an?|one|another)\s(?!number|few|group|dozen|score|total|crowd|lot|series|wave|couple|further)")
_VAGUE_OBJECT = re.compile(r"\s(several|a number of|some|many)\s")
_AGE = re.compile(r"\s?(?:of (?:whom|them)|,)")
_JOINED = re.compile(r"(?:\s\(\d+\))?\s[\w-]+(?:\s[\w-]+)?\sand\s")


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
        return _nothing(rule, negation[0])
    if cues["modality"].search(scene.left[-60:]) and not cues["purpose"].search(scene.left[-90:]):
        threatened = cues["threat"].search(scene.left) and scene.police
        return ("warned", None) if threatened and rule.action in ("arrests", "force", "dispersal") else None
    if rule.kind == "act" and not _acted(scene, arrest=rule.action == "arrests"):
        return None
    if rule.action == "arrests" and cues["elsewhere"].search(scene.left + scene.right):
        return None
    return rule.action, None


def _nothing(rule: _Rule, words: str) -> tuple[Action, Range] | None:
    """Give what a denial tells: "no arrests", "nobody was hurt"; None where it tells nothing."""
    if rule.action == "arrests" and rule.kind == "word":
        return "none", Range(0, None if "large" in words or "mass" in words else 0)
    if rule.kind == "harm":
        return rule.action, Range(0, 0)
    return None


def _acted(scene: _Scene, *, arrest: bool) -> bool:
    """Tell whether police or officials did it: they are the subject, or protesters are and it is a passive."""
    cues = _lexicon().cues
    actor = _last(cues["force"], scene.left) or _last(cues["office"], scene.left)
    person = _last(cues["persons"], scene.left)
    if cues["passive"].search(scene.left):
        agent = cues["by_force"].search(scene.right)
        if agent and cues["force"].match(scene.right, agent.end()):
            return True
        thing = _last(cues["acts"], scene.left)
        if arrest:  # people are taken away by nobody else; a rally is "held" by anybody
            return person > max(thing, actor)
        subject = max(person, thing)
        return subject > actor and scene.police or actor > subject
    return actor > 0 and actor > person


def _last(pattern: re.Pattern[str], words: str) -> int:
    at = 0
    for match in pattern.finditer(words):
        at = match.end()
    return at


def _count(scene: _Scene, near: tuple[Quantity, ...]) -> Range:
    """Give how many were arrested or hurt: within the phrase, right before or after it, or in its subject."""
    usable = [one for one in near if _usable(scene, one)]
    inside = [one for one in usable if scene.start <= one.core < scene.end]
    if inside:
        return inside[0].count
    before = [one for one in usable if scene.first <= one.start and one.end <= scene.start]
    if before and _BESIDE.fullmatch(scene.low[before[-1].end : scene.start]):
        return _total(scene.low, before)
    after = next((one for one in usable if one.start >= scene.end and one.end <= scene.last), None)
    if after and _OBJECT.fullmatch(scene.low[scene.end : after.start]):
        following = next((one for one in usable if one.start > after.end and one.end <= scene.last), None)
        return (_joined(scene.low, after, following) if following else None) or after.count
    if _ONE_OBJECT.match(scene.right):
        return Range(1, 1)
    if vague := _VAGUE_OBJECT.match(scene.right):
        return _SEVERAL if vague[1] == "several" else _SOME
    return _subject_count(scene, before)


def _usable(scene: _Scene, number: Quantity) -> bool:
    """Tell a number that can count people from a year, an age, a measure, or one in brackets after another."""
    low, cues = scene.low, _lexicon().cues
    if number.year or (low[number.start - 1 : number.start] == "(" and low[number.end : number.end + 1] == ")"):
        return False
    lead, tail = low[max(scene.first, number.start - 16) : number.start], low[number.end : number.end + 30]
    return not cues["measure"].match(tail) and not (number.end <= scene.start and cues["aside"].search(lead))


def _subject_count(scene: _Scene, before: list[Quantity]) -> Range:
    """Give the number in the subject of a passive or before a participle ("Nineteen were carried off")."""
    low, cues = scene.low, _lexicon().cues
    for last in range(len(before), 0, -1):
        one = before[last - 1]
        if cues["clause_end"].search(low, one.end, scene.start):
            break
        lead, tail = low[max(scene.first, one.start - 2) : one.start], low[one.end : one.end + 12]
        if lead.endswith(", ") and _AGE.match(tail):
            continue
        return _total(low, before[:last])
    if many := cues["plural_many"].search(scene.left):
        return _SEVERAL if many[1] == "several" else _SOME
    one_person = cues["singular"].search(scene.left[-70:])
    told = one_person and (cues["persons"].search(one_person[0]) or cues["force"].search(one_person[0]) or scene.protest)
    return Range(1, 1) if told else Range()


def _total(low: str, numbers: list[Quantity]) -> Range:
    """Give the last number, or the sum of the last two where they are joined."""
    joined = _joined(low, numbers[-2], numbers[-1]) if len(numbers) > 1 else None
    return joined or numbers[-1].count


def _joined(low: str, first: Quantity, second: Quantity) -> Range | None:
    """Give the sum of "five people and two officers"."""
    between = _JOINED.fullmatch(low[first.end : second.start])
    if not between or _lexicon().cues["harmed"].search(between[0]):
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
