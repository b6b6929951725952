"""Head counts: how many people a text says were at a protest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import yaml

from rallybook.grounding.numbers import Quantity, fold, quantities
from rallybook.grounding.sentences import sentences
from rallybook.model.mention import HeadCount
from rallybook.model.reading import Reading

_WORD = re.compile(r"[^\W_][\w’'-]*|[^\w\s]")
_AHEAD, _BACK = 120, 90
_MOST_MODIFIERS = 6


class _Lexicon(NamedTuple):
    crowd: frozenset[str]
    people: frozenset[str]
    forces: frozenset[str]
    things: frozenset[str]
    stops: frozenset[str]
    not_person: frozenset[str]
    patterns: dict[str, re.Pattern[str]]


def head_counts(reading: Reading) -> tuple[HeadCount, ...]:
    """Give the numbers of people at protests, in the order of the text."""
    text = reading.text
    low = fold(text)
    if not _lexicon().patterns["protest"].search(low):
        return ()
    return tuple(_found(text, low))


def _found(text: str, low: str) -> Iterator[HeadCount]:
    patterns = _lexicon().patterns
    spans = sentences(text)
    number, counted, about_protest = 0, -1, False
    for quantity in quantities(text):
        while number + 1 < len(spans) and spans[number].end <= quantity.core:
            number += 1
        span = spans[number]
        if number != counted:
            counted, about_protest = number, bool(patterns["protest"].search(low, span.start, span.end))
        end = _counts_crowd(low, quantity, span.start, span.end, about_protest)
        if end is not None:
            yield HeadCount(start=quantity.start, end=end, text=text[quantity.start : end], count=quantity.count)


def _counts_crowd(low: str, quantity: Quantity, first: int, last: int, about_protest: bool) -> int | None:
    """Give where the phrase of a head count ends; None where the number counts something else."""
    patterns = _lexicon().patterns
    before = low[max(first, quantity.start - _BACK) : quantity.start]
    if patterns["money"].search(before) or quantity.year:
        return None
    kind, end = _noun(low, quantity.end, last)
    after = low[end : min(last, end + _AHEAD)]
    if kind in ("force", "thing") or patterns["harmed_after"].search(after) or patterns["harmed_before"].search(before):
        return None
    if quantity.count.high is not None and quantity.count.high < 2:
        return None
    gathering = bool(patterns["gathering"].search(before))
    claiming = bool(patterns["claiming"].search(before) or patterns["claimed_after"].search(after))
    acting = patterns["acting"].search(after[:40])
    if kind == "crowd":
        return end
    if kind == "people":
        return end if about_protest or gathering or acting else None
    if kind == "other" or patterns["number_label"].search(before):
        return None
    large = (quantity.count.high or quantity.count.low or 0) >= 10
    if large and (gathering or claiming and about_protest or acting and acting.start() < 3):
        return quantity.end
    return quantity.end if quantity.vague and about_protest else None


def _noun(low: str, at: int, last: int) -> tuple[str, int]:
    """Give what a number counts, and where that noun ends."""
    lexicon = _lexicon()
    seen = 0
    for word in _WORD.finditer(low, at, min(last, at + _AHEAD)):
        token = word[0]
        if not token[0].isalpha():
            return ("none" if seen == 0 else "other"), at
        if seen == 0 and token in ("of", "more", "other", "the", "such"):
            continue
        kind = _kind(token)
        if kind:
            return kind, word.end()
        if token in lexicon.stops:
            return ("none" if seen == 0 else "other"), at
        seen += 1
        if seen > _MOST_MODIFIERS:
            return "other", at
    return ("none" if seen == 0 else "other"), at


def _kind(token: str) -> str:
    lexicon = _lexicon()
    if token in lexicon.crowd:
        return "crowd"
    if token in lexicon.people:
        return "people"
    if token in lexicon.forces:
        return "force"
    if token in lexicon.things:
        return "thing"
    if len(token) >= 6 and token not in lexicon.not_person and lexicon.patterns["person_suffix"].search(token):
        return "people"
    return ""


@cache
def _lexicon() -> _Lexicon:
    data: dict[str, Any] = yaml.safe_load(
        (files("rallybook.grounding") / "data" / "headcounts.yaml").read_text("utf-8")
    )
    words = {name: frozenset(data[name].split()) for name in ("crowd", "people", "forces", "things", "stops", "not_person")}
    patterns = {name: re.compile(text) for name, text in data.items() if name not in words}
    return _Lexicon(patterns=patterns, **words)
