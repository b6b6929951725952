"""Head counts by the conventions of other projects: the words are kept, so another rule set can be applied to them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple

from rallybook.grounding.numbers import fold, quantities
from rallybook.model.values import Range
from rallybook.sheets import read_sheet

Convention = Literal["codebook", "ccc", "count_love", "mpeds"]


class _RuleSet(NamedTuple):
    """What vague words are worth, and whether the higher of two ends is kept."""

    words: Mapping[str, int]
    pattern: re.Pattern[str]
    lowest: bool


def head_count(words: str, convention: Convention = "codebook") -> Range:
    """Give the number of people that some words tell ("several hundred people") under a convention.

    The range is empty where the words hold no number. Where they hold several ("put at 300 by police and at 500
    by the union"), it reaches from the lowest to the highest.
    """
    found = [one.count for one in quantities(words)]
    lows = [one.low for one in found if one.low is not None]
    highs = [one.high for one in found if one.high is not None]
    open_end = any(one.high is None for one in found)
    told = Range(min(lows, default=None), None if open_end else max(highs, default=None))
    return told if convention == "codebook" else _recounted(fold(words), told, _rule_sets()[convention])


def recounted(words: str, told: Range, convention: Convention) -> Range:
    """Give a range of the codebook, told by some words, in another convention."""
    return told if convention == "codebook" else _recounted(fold(words), told, _rule_sets()[convention])


def _recounted(low: str, told: Range, rules: _RuleSet) -> Range:
    """Give one number for each end: these projects know no open ends."""
    if not told.known:
        return told
    values = [rules.words[re.sub(r"\s+", " ", one[0])] for one in rules.pattern.finditer(low)]
    if not values:
        vague = any(one.vague for one in quantities(low))
        values = [end for end in (told.low, None if vague else told.high) if end is not None]
    return Range(min(values), min(values) if rules.lowest else max(values))


@cache
def _rule_sets() -> Mapping[str, _RuleSet]:
    path = files("rallybook.grounding") / "data" / "conventions.yaml"
    data: dict[str, Any] = read_sheet(path.read_text("utf-8"))
    return {name: _rule_set(rules) for name, rules in data.items()}


def _rule_set(rules: Mapping[str, Any]) -> _RuleSet:
    longest_first = sorted(rules["words"], key=len, reverse=True)
    pattern = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest_first)
    return _RuleSet(rules["words"], re.compile(rf"\b(?:{pattern})\b"), rules["ends"] == "lowest")
