"""What police, army or other authorities did at a protest, and who was hurt."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple, cast

import yaml

from rallybook.grounding.numbers import Quantity, fold, quantities
from rallybook.grounding.sentences import sentences
from rallybook.model.mention import Action, ResponseMention
from rallybook.model.reading import Reading
from rallybook.model.values import Range

_COUNTED = ("arrests", "injured", "killed")
_BACK, _AHEAD = 120, 90
_COUNT_BACK, _COUNT_AHEAD = 70, 50


class _Rule(NamedTuple):
    action: Action
    authority: bool
    crowd: bool


class _Lexicon(NamedTuple):
    trigger: re.Pattern[str]
    rules: tuple[_Rule, ...]
    authority: re.Pattern[str]
    crowd: re.Pattern[str]
    negation: re.Pattern[str]
    modality: re.Pattern[str]
    threat: re.Pattern[str]


class _Clause(NamedTuple):
    left: str
    right: str
    first: int
    last: int


def responses(reading: Reading) -> tuple[ResponseMention, ...]:
    """Give what authorities did and who was hurt, in the order of the text."""
    return tuple(_found(reading.text, fold(reading.text)))


def _found(text: str, low: str) -> Iterator[ResponseMention]:
    lexicon = _lexicon()
    spans = None
    number = 0
    for match in lexicon.trigger.finditer(low):
        if spans is None:
            spans, numbers = sentences(text), quantities(text)
            cores = [quantity.core for quantity in numbers]
        while number + 1 < len(spans) and spans[number].end <= match.start():
            number += 1
        first, last = spans[number].start, spans[number].end
        rule = lexicon.rules[int(cast(str, match.lastgroup)[1:])]
        clause = _Clause(
            low[max(first, match.start() - _BACK) : match.start()],
            low[match.end() : min(last, match.end() + _AHEAD)],
            first,
            last,
        )
        told = _told(rule, clause)
        if told is None:
            continue
        action, count = told
        if count is None:
            near = numbers[bisect_left(cores, match.start() - _COUNT_BACK) : bisect_left(cores, match.end() + _COUNT_AHEAD)]
            count = _count(low, match.start(), match.end(), near, clause) if action in _COUNTED else Range()
        yield ResponseMention(
            start=match.start(), end=match.end(), text=text[match.start() : match.end()], action=action, count=count
        )


def _told(rule: _Rule, clause: _Clause) -> tuple[Action, Range | None] | None:
    """Give the action that a trigger stands for in its clause; None where it tells of none."""
    lexicon = _lexicon()
    if rule.action == "none":
        return "none", None
    whole = clause.left + " | " + clause.right
    if rule.authority and not lexicon.authority.search(whole):
        return None
    if rule.crowd and not lexicon.crowd.search(whole):
        return None
    negation = lexicon.negation.search(clause.left[-40:])
    if negation:
        if rule.action in _COUNTED:
            large = "large" in negation[0] or "mass" in negation[0]
            action: Action = "none" if rule.action == "arrests" else rule.action
            return action, Range(0, None if large else 0)
        return ("blocked", None) if rule.action == "blocked" else None
    if lexicon.modality.search(clause.left[-50:]):
        threatened = lexicon.threat.search(clause.left) and lexicon.authority.search(clause.left)
        return ("warned", None) if threatened and rule.action in ("arrests", "force", "dispersal") else None
    return rule.action, None


def _count(low: str, start: int, end: int, near: tuple[Quantity, ...], clause: _Clause) -> Range:
    """Give the number that goes with a trigger: the nearest before or after it in its clause."""
    best: Quantity | None = None
    distance = _COUNT_BACK
    for quantity in near:
        if quantity.start < clause.first or quantity.end > clause.last or quantity.year:
            continue
        between = low[quantity.end : start] if quantity.end <= start else low[end : quantity.start]
        if re.search(r"[.;:!?]|\b(?:and|but)\b.*\b(?:were|was|had|have)\b", between):
            continue
        if re.match(r"\s?(?:percent|per cent|%|years?|months?|days?|hours?|minutes?|-year|am\b|pm\b|times)", low[quantity.end : quantity.end + 12]):
            continue
        if len(between) < distance:
            best, distance = quantity, len(between)
    return best.count if best else Range()


@cache
def _lexicon() -> _Lexicon:
    data: dict[str, Any] = yaml.safe_load(
        (files("rallybook.grounding") / "data" / "response.yaml").read_text("utf-8")
    )
    rules, parts = [], []
    for number, rule in enumerate(data["rules"]):
        needs = rule.get("needs", "")
        rules.append(_Rule(rule["action"], needs in ("authority", "both"), needs in ("crowd", "both")))
        parts.append(rf"(?P<r{number}>{rule['pattern']})")
    patterns = {
        name: re.compile(data[name]) for name in ("authority", "crowd", "negation", "modality", "threat")
    }
    return _Lexicon(trigger=re.compile(rf"\b(?:{'|'.join(parts)})\b"), rules=tuple(rules), **patterns)
