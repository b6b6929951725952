"""Named days: fixed ones, and those that move with Easter, the moon or the week."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from functools import cache, lru_cache
from typing import Any

from rallybook.grounding import calendar_rules as rules
from rallybook.grounding.calendar_rules import NOTHING, Value
from rallybook.grounding.timex_days import likeliest
from rallybook.grounding.timex_tokens import named_days
from rallybook.grounding.timexes import Found, State

_AMERICAS = re.compile(
    r"\b(?:U\.?S\.?A?\b|United States|America|Canad|Washington|New York|California|Texas|Chicago|Ohio|Michigan|Florida|"
    r"Minnesota|Seattle|Toronto|Ontario|Quebec|Montreal|Vancouver|Los Angeles|Oregon|Philadelphia|Boston)"
)


def holiday(found: Found, state: State) -> Value | None:
    """A named day in the year told, or in the one that fits the publication."""
    entry = named_days()[found.number("h")]
    if day := entry.get("day"):
        return rules.day(day)
    year = found.given("y")
    if year is None:
        year = _year_of(found, state)
    if year is not None:
        return _span(_in_year(entry, year, found, state), entry)
    if state.base is None:
        fixed = (
            _in_year(entry, rules.YEARLESS, found, state)
            if "fixed" in entry and "americas" not in entry
            else None
        )
        return rules.day(fixed) if fixed else NOTHING
    near = [
        each
        for step in (0, -1, 1)
        if 1900 <= state.base.year + step <= 2100
        and (each := _in_year(entry, state.base.year + step, found, state))
    ]
    if not near:
        return NOTHING
    ahead = state.ahead(found)
    return _span(likeliest(state.likely(near, ahead=ahead), state.base, ahead=ahead), entry)


def holiday_eve(found: Found, state: State) -> Value | None:
    """The day before a named day ("on the eve of Diwali")."""
    value = holiday(found, state)
    before = rules.shifted(value.first, -1) if value and value.first else None
    return rules.day(before) if before else NOTHING


def _year_of(found: Found, state: State) -> int | None:
    word = found.word("rel")
    if not word or state.base is None or word == "next":
        return None
    return state.base.year if word == "this" else None


def _span(first: dt.date | None, entry: dict[str, Any]) -> Value:
    if first is None:
        return NOTHING
    last = rules.shifted(first, entry.get("span", 1) - 1)
    if last is None or last == first:
        return rules.day(first)
    return rules.days(first, last, mark="~" if "moon" in entry else "")


def _in_year(entry: dict[str, Any], year: int, found: Found, state: State) -> dt.date | None:
    if "americas" in entry and _american(state.text):
        entry = entry["americas"]
    if fixed := _of_country(entry.get("by_country"), found, state) or entry.get("fixed"):
        return rules.date_or_none(year, *fixed)
    if nth := entry.get("nth"):
        return _nth_weekday(year, *nth)
    if "easter" in entry:
        return rules.shifted(easter(year), entry["easter"])
    if "orthodox" in entry:
        return rules.shifted(orthodox_easter(year), entry["orthodox"])
    if "lunar" in entry:
        first = _lunar(year, *entry["lunar"])
        return rules.shifted(first, entry.get("shift", 0)) if first else None
    return None


def _of_country(days: dict[str, list[int]] | None, found: Found, state: State) -> list[int] | None:
    """Give the day of the country that is named nearest to the words."""
    if not days:
        return None
    places = _countries_in(state.text, tuple(days))
    at = bisect_left(places, (found.start, ""))
    near = min(places[max(0, at - 1) : at + 1], key=lambda each: abs(each[0] - found.start), default=None)
    return days[near[1]] if near else None


# for the text that is being read, so that many holidays in one text cost one search
@lru_cache(maxsize=8)
def _countries_in(text: str, names: tuple[str, ...]) -> list[tuple[int, str]]:
    return sorted((match.start(), name) for name in names for match in re.finditer(rf"\b(?:{name})", text))


@lru_cache(maxsize=8)
def _american(text: str) -> bool:
    return bool(_AMERICAS.search(text))


def _nth_weekday(year: int, month: int, weekday: int, count: int) -> dt.date | None:
    span = rules.month(year, month)
    if not span.first or not span.last:
        return None
    if count < 0:
        return rules.weekday_before(span.last, weekday)
    first = rules.weekday_after(span.first, weekday)
    return rules.shifted(first, 7 * (count - 1)) if first else None


def easter(year: int) -> dt.date:
    """Western Easter Sunday (the anonymous Gregorian computus, as in Meeus, Astronomical Algorithms, ch. 8)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    el = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * el) // 451
    month, day = divmod(h + el - 7 * m + 114, 31)
    return dt.date(year, month, day + 1)


def orthodox_easter(year: int) -> dt.date:
    """Orthodox Easter Sunday of the years 1900-2099 in the Gregorian calendar (Meeus's Julian computus + 13 days)."""
    d = (19 * (year % 19) + 15) % 30
    e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    return dt.date(year, month, day + 1) + dt.timedelta(days=13)


@cache
def _lunar(year: int, country: str, name: str) -> dt.date | None:
    # a late import: the package takes 0.1 s to load, and few texts name such days
    import holidays  # noqa: PLC0415

    known = holidays.country_holidays(country, years=year, language="en_US")
    return next((day for day in sorted(known) if name.lower() in known[day].lower()), None)
