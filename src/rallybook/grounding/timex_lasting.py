"""Counts that lead back to a beginning: "entered its third day", "for a second night running"."""

from __future__ import annotations

import re

from rallybook.grounding import calendar_rules as rules
from rallybook.grounding.calendar_rules import NOTHING, Value
from rallybook.grounding.timexes import Found, State

_PARTS = frozenset({"morning", "afternoon", "evening"})
# a day longer ago is not that on which a strike "entered its third day"
_NEWS_DAYS = 4
_LENGTHS = {"day": 1, "week": 7, "month": 30}
_ENTERED = re.compile(
    r"\b(?:enter(?:s|ed|ing)?|into|in|for|reach(?:es|ed|ing)?|mark(?:s|ed|ing)?|pass(?:es|ed|ing)?|complet(?:es|ed|ing)|"
    r"spen(?:t|d|ds|ding))\s+(?:now\s+|yesterday\s+|today\s+|(?:on\s+)?\w+day\s+)?\Z",
    re.IGNORECASE,
)
# "on the third day of the strike" is that day itself
_ON = re.compile(r"\bon\s+(?:the\s+|a\s+)?\Z", re.IGNORECASE)
_TODAY = re.compile(
    r"\b(?:today\s+is|today\s+marks|it\s+is|it['’]s)\s+(?:already\s+|now\s+)?\Z", re.IGNORECASE
)
# "Wednesday was the thirty-first day"
_IS_ONE = re.compile(r"\s*,?\s*(?:was|is|marked|marks|makes|made)\s+(?:already\s+|now\s+)?\Z", re.IGNORECASE)
_IN_A_ROW = re.compile(r"\s+(?:running\b|in\s+a\s+row\b)")
_NOW = re.compile(r"\bnow\b", re.IGNORECASE)
_RUNNING = re.compile(
    r"\s+(?:of\s+(?:the|a|an|their|its|his|her|protests?|strikes?|unrest|\w+\s+strike)\b|running\b|in\s+a\s+row\b)"
)


def lasting(found: Found, state: State) -> Value | None:
    """The stretch since something began that is in its third day or fourth week ("entered its third day")."""
    unit = "day" if found.name("u") in _PARTS else found.name("u")
    length, count = _LENGTHS.get(unit, 0), found.number("n") + (found.given("tens") or 0)
    before = state.text[max(0, found.start - 30) : found.start]
    row = bool(found.groups.get("c") or _IN_A_ROW.match(state.text, found.end)) or _is_one(found, state)
    if not length or found.groups["u"][0].word.endswith("s") or (_ON.search(before) and not row):
        return None
    today = bool(_TODAY.search(before)) and state.text[found.end : found.end + 4] == " of "
    entered = bool(_ENTERED.search(before)) and found.name("u") not in _PARTS
    if not (row or today or entered or _RUNNING.match(state.text, found.end)):
        return None
    told = state.anchor(found.start)
    if state.told and found.start - state.told[-1][0] < 30:
        told = state.told[-1][1]
    now = (
        today or bool(_NOW.search(before)) or told.yearless or bool(told.written) or not _is_news(told, state)
    )
    anchor = state.base if now else told.last
    if (
        told.first
        and state.base
        and length > 1
        and 0 <= (state.base - told.first).days // length - count + 1 <= 1
    ):
        # "began on 25 June ... entered its third week": that is the day on which it began
        return Value(told.first, state.base, "interval", f"{told.first.isoformat()}/..")
    start = rules.shifted(anchor, -(count - 1) * length) if anchor else None
    if start is None:
        return NOTHING
    mark = "" if unit == "day" else "~"
    return Value(start, anchor, "interval", f"{start.isoformat()}{mark}/..")


def _is_one(found: Found, state: State) -> bool:
    """Tell whether the count is that of the day told right before it ("Wednesday was the thirty-first day")."""
    return bool(state.told) and _IS_ONE.fullmatch(state.text, state.told[-1][0], found.start) is not None


def _is_news(told: Value, state: State) -> bool:
    """Tell whether a day is one on which something that is still going on can have been seen."""
    if not told.last:
        return False
    return not state.base or 0 <= (state.base - told.last).days <= _NEWS_DAYS
