"""Stretches told as one: "3-5 May", "8, 9 and 10 May", "the first week of March", "the week of 8 February"."""

from __future__ import annotations

import re

from rallybook.grounding import calendar_rules as rules
from rallybook.grounding.calendar_rules import NOTHING, Value
from rallybook.grounding.timex_days import placed_day
from rallybook.grounding.timexes import Found, State


def days(found: Found, state: State) -> Value | None:
    """Days of one month ("3-5 May", "May 3rd to 5th")."""
    end = placed_day(found, state, found.number("m"), found.number("d2"))
    start = rules.date_or_none(end.year, end.month, found.number("d")) if end else None
    if not start or not end or start >= end:
        return None
    joined = re.search(r"\band\b", state.text[found.start : found.end], re.IGNORECASE)
    between = re.search(
        r"\b(?:between|from)\s+(?:the\s+)?\Z",
        state.text[max(0, found.start - 14) : found.start],
        re.IGNORECASE,
    )
    # "on 8 and 11 May" are two days, not a stretch
    if joined and not between and (end - start).days > 1:
        return None
    return rules.days(start, end)


def days_list(found: Found, state: State) -> Value | None:
    """Three days on end ("8, 9 and 10 May"); others are told one by one."""
    first, second, third = found.number("d"), found.number("dm"), found.number("d2")
    if (second - first, third - second) != (1, 1):
        return None
    end = placed_day(found, state, found.number("m"), third)
    start = rules.shifted(end, -2) if end else None
    return rules.days(start, end) if start and end else NOTHING


def week_of_month(found: Found, state: State) -> Value | None:
    """A week of a month, by its number ("the first week of March")."""
    month, number, year = found.number("m"), found.given("n"), found.given("y")
    if found.name("u") != "week" or (number or 1) > 4:
        return None
    if year is None:
        if state.base is None:
            return NOTHING
        year = rules.year_around(state.base, month, ahead=state.ahead(found))
    whole = rules.month(year, month)
    if not whole.first or not whole.last:
        return NOTHING
    first = rules.shifted(whole.first, 7 * (number - 1)) if number else rules.shifted(whole.last, -6)
    last = rules.shifted(first, 6) if first else None
    return rules.days(first, last, mark="~") if first and last else NOTHING


def week_of(found: Found, state: State) -> Value | None:
    """The week in which a day lies, or that begins on it ("the week of 8 February")."""
    if found.groups["u"][0].word != "week":
        return None
    day = placed_day(found, state, found.number("m", "m2"), found.number("d", "d2"))
    if day is None or day.year <= rules.YEARLESS:
        return NOTHING
    if found.groups.get("begin"):
        last = rules.shifted(day, 6)
        return rules.days(day, last, "week") if last else NOTHING
    week = rules.week_of(day)
    return rules.days(*week, "week") if week else NOTHING
