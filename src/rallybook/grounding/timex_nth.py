"""Days of the month without their month: "the 12th", "Saturday the 18th", "the 3rd of last month"."""

from __future__ import annotations

import datetime as dt
import re

from rallybook.grounding import calendar_rules as rules
from rallybook.grounding.calendar_rules import NOTHING, Value
from rallybook.grounding.timex_days import CHAIN, CHAIN_DAYS, leaves_the_past, likeliest, names_a_thing
from rallybook.grounding.timexes import Found, State

# what follows a number that stands for a day and counts nothing
_CLOSES = re.compile(r"[.,;\"”)\n]|\Z")
_LED = re.compile(
    r"\b(?:on|since|from|until|till|(?:night|morning|evening|day) of|a (?:single )?day,)\s\Z", re.IGNORECASE
)
_LED_REACH = 15
# what is put into an order is seldom put beyond the tenth place
_ORDERS = 10
# the next day of a story is at most so many days from the one told just before
_BESIDE_DAYS = 10
# "Friday 27": a bare number is the day of a month that is this near
_NEAR_DAYS = 31


def weekday_nth(found: Found, state: State) -> Value | None:
    """A weekday with the day of the month ("Saturday the 18th", "Friday 27")."""
    bare = found.groups["d"][-1].word.isdigit()
    if names_a_thing(state.text, found) or (bare and not _CLOSES.match(state.text, found.end)):
        return None
    anchor = _context(found, state) or state.base
    if anchor is None:
        return NOTHING
    period = state.period[1]
    spoken_of = period.granularity == "month" and period.first == anchor
    month = anchor.month if spoken_of else 0
    months = _months_around(anchor, 2)
    fitting = [
        each
        for begin in months
        if (each := rules.date_or_none(begin.year, begin.month, found.total("d")))
        and each.weekday() == found.number("w")
        and not (bare and abs((each - anchor).days) > _NEAR_DAYS)
    ]
    # the month spoken of before its neighbours: in a common year 18 February and 18 March are one weekday
    return (
        rules.day(min(fitting, key=lambda each: (each.month != month, abs((each - anchor).days))))
        if fitting
        else None
    )


def nth(found: Found, state: State) -> Value | None:
    """A day of the month alone ("the 12th", "the 3rd of that month", "on the twelfth,")."""
    day, unit = found.total("d"), found.name("u")
    spelled = found.groups["d"][-1].word.isalpha()
    if unit not in ("", "month") or (not unit and names_a_thing(state.text, found)):
        return None
    if spelled and not unit and not _is_spelled_day(state.text, found):
        return None
    return _day_of_month(day, found, state)


def _context(found: Found, state: State) -> dt.date | None:
    """Give the day or month that the text speaks of; one to come only where the words tell of the future, too."""
    told = state.context(found.start)
    to_come = told is not None and state.base is not None and told > state.base
    return None if to_come and not state.ahead(found) else told


def _is_spelled_day(text: str, found: Found) -> bool:
    """Tell a day told in words ("on the thirteenth") from an order ("on the third attempt")."""
    led = _LED.search(text, max(0, found.start - _LED_REACH), found.start)
    return bool(led) and (bool(_CLOSES.match(text, found.end)) or found.total("d") > _ORDERS)


def _day_of_month(day: int, found: Found, state: State) -> Value | None:
    period = state.period[1]
    if (
        period.granularity == "month"
        and period.first
        and (found.word("rel") == "that" or state.in_section(found.start))
    ):
        return _in_month(period.first, day, found, state)
    if found.name("u") and state.base:
        begin = rules.add_months(state.base.replace(day=1), found.step()) or state.base
        placed = rules.date_or_none(begin.year, begin.month, day)
        return rules.day(placed) if placed else None
    context = _context(found, state)
    if context and not leaves_the_past(context, found, state):
        return _in_month(context, day, found, state)
    told = state.told[-1][1] if state.told else NOTHING
    base = state.base or told.first
    if base is None:
        return NOTHING
    ahead = state.ahead(found)
    if told.yearless and told.first:
        base, ahead = told.first, None
    near = [
        each
        for begin in _months_around(base, 1)
        if (each := rules.date_or_none(begin.year, begin.month, day))
    ]
    if not near:
        return None
    return rules.day(_in_story(near, found, state) or likeliest(near, base, ahead=ahead))


def _in_story(near: list[dt.date], found: Found, state: State) -> dt.date | None:
    """Give the day that lies beside the one told just before ("Friday the 16th ... on the 14th"), if one does."""
    if not state.told or not state.base:
        return None
    position, value = state.told[-1]
    told = value.last
    if told is None or value.yearless or told > state.base or found.start - position > CHAIN:
        return None
    nearest = min(near, key=lambda each: abs((each - told).days))
    return nearest if abs((nearest - told).days) <= _BESIDE_DAYS and nearest <= state.base else None


def _in_month(context: dt.date, day: int, found: Found, state: State) -> Value | None:
    """Give a day of the month that the text is speaking of."""
    placed = rules.date_or_none(context.year, context.month, day)
    if placed and state.base and placed < state.base and found.word("rel") != "that" and state.ahead(found):
        near = abs((state.base - placed).days) < CHAIN_DAYS
        placed = rules.add_months(placed, 1) if near else placed
    return rules.day(placed) if placed else None


def _months_around(anchor: dt.date, reach: int) -> list[dt.date]:
    steps = range(-reach, reach + 1)
    return [begin for step in steps if (begin := rules.add_months(anchor.replace(day=1), step))]
