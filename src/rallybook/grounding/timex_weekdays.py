"""Days of the week: "on Sunday", "last Friday", "over the weekend", "the first Sunday of February"."""

from __future__ import annotations

import datetime as dt
import re

from rallybook.grounding import calendar_rules as rules
from rallybook.grounding.calendar_rules import NOTHING, Value
from rallybook.grounding.timexes import Found, State

_BEFORE_WEEKEND = re.compile(
    r"\b(?:over|at|of|on|second|third|fourth|during|throughout|all)\s+\Z", re.IGNORECASE
)

_WEEKS_ON = {"last": -1, "past": -1, "previous": -1, "preceding": -1, "next": 1, "coming": 1, "following": 1}
# "last Monday" is no day that "yesterday" would tell; two days ago it was in three labelled articles, nine in none
_SOON = 1
# days from today to the day of the week that yesterday was
_YESTERDAY = 6
# a month that begins so soon is the coming one where nothing tells
_SOON_MONTHS = 2


def _day(placed: dt.date | None) -> Value:
    return rules.day(placed) if placed else NOTHING


def weekday(found: Found, state: State) -> Value | None:
    """A day of the week by the news rules."""
    base, number = state.base, found.number("w")
    if base is None:
        return NOTHING
    if (told := _in_week_told(found, base)) is not None:
        return told
    return _day(_near(number, found, state, base))


def _in_week_told(found: Found, base: dt.date) -> Value | None:
    """The day in the week that the words beside it tell; None where they tell none."""
    number = found.number("w")
    if week := found.name("week") or found.name("week3"):
        if "week" not in (found.name("wu"), found.name("wu3")):
            return _day(rules.weekday_before(base, number))
        edges = rules.week_of(base, _WEEKS_ON.get(week, 0))
        return _day(rules.shifted(edges[0], number)) if edges else NOTHING
    if found.name("wbu") == "week":
        # "Thursday of the week before last"
        edges = rules.week_of(base, -2)
        return _day(rules.shifted(edges[0], number)) if edges else NOTHING
    if found.name("wau") == "week":
        # "since Saturday a week ago"
        last = rules.weekday_before(base, number)
        return _day(rules.shifted(last, -7)) if last else NOTHING
    if found.word("week2") == "week":
        # "Friday week": a week after the coming Friday
        coming = rules.weekday_after(base, number, same=False)
        return _day(rules.shifted(coming, 7)) if coming else NOTHING
    return None


def _near(number: int, found: Found, state: State, base: dt.date) -> dt.date | None:
    # "on Monday last"
    words = set(found.word("rel").split()) | set(found.word("rel2").split())
    if len(words - {"same"}) > 1 or re.match(r"\s?['’]s\b", state.text[found.end : found.end + 4]):
        # "says that this Friday …", "asked that Wednesday's march be dropped"
        words -= {"that"}
    anchor = state.anchor(found.start)
    told = anchor.last if anchor.last and not anchor.yearless else base
    if words & {"same"}:
        return rules.weekday_before(told, number)
    if words & {"that"} and told <= base:
        return (
            rules.weekday_before(told, number)
            if abs((told - base).days) < 60
            else rules.weekday_after(told, number)
        )
    if words & {"following"}:
        return rules.weekday_after(told, number, same=False)
    if words & {"previous", "preceding"}:
        return rules.weekday_before(told, number, same=False)
    if words == {"last"}:
        return _last(number, base)
    if words & {"last", "past"}:
        return rules.weekday_before(base, number, same=False)
    if words & {"next", "coming", "upcoming"}:
        return rules.weekday_after(base, number, same=False)
    ahead = state.ahead(found)
    if words & {"this"} and (week := rules.week_of(base)):
        return _this(rules.shifted(week[0], number), base, ahead=ahead)
    after, before = rules.weekday_after(base, number), rules.weekday_before(base, number)
    if state.amid and after and before and ahead is None:
        # a day of the story beside the one that dates it, the nearer one
        return min(before, after, key=lambda day: abs((day - base).days))
    return after if ahead else before


def _this(placed: dt.date | None, base: dt.date, *, ahead: bool | None) -> dt.date | None:
    if placed and placed < base and ahead:
        return rules.shifted(placed, 7)
    if placed and (placed - base).days == _YESTERDAY and ahead is False:
        # "completed this Sunday four days", written on Monday
        return rules.shifted(placed, -7)
    return placed


def _last(number: int, base: dt.date) -> dt.date | None:
    placed = rules.weekday_before(base, number, same=False)
    return rules.shifted(placed, -7) if placed and (base - placed).days <= _SOON else placed


def weekday_ago(found: Found, state: State) -> Value | None:
    """A weekday some weeks back or on ("a week ago Monday", "a week on Saturday")."""
    if found.name("u") != "week":
        return None
    if found.groups.get("on") and not found.groups.get("ago"):
        # "a week on Saturday": a week after the coming one
        coming = rules.weekday_after(state.base, found.number("w"), same=False) if state.base else None
        return _day(rules.shifted(coming, 7 * found.count())) if coming else NOTHING
    near = rules.weekday_before(state.base, found.number("w")) if state.base else None
    return _day(rules.shifted(near, -7 * found.count())) if near else NOTHING


def weekdays_ago(found: Found, state: State) -> Value | None:
    """Some such weekdays back ("two Sundays ago")."""
    last = rules.weekday_before(state.base, found.number("w"), same=False) if state.base else None
    return _day(rules.shifted(last, -7 * (found.count() - 1))) if last else NOTHING


def weekday_by(found: Found, state: State) -> Value | None:
    """A weekday before or after the day told ("the Sunday after")."""
    anchor = state.anchor(found.start)
    told = anchor.first or state.base
    if told is None or anchor.yearless:
        return NOTHING
    move = rules.weekday_after if found.word("dir") == "after" else rules.weekday_before
    return _day(move(told, found.number("w"), same=False))


def weekday_nth_of(found: Found, state: State) -> Value | None:
    """The first, second, … or last such weekday of a month."""
    month = found.given("m")
    if month is None and found.name("u") != "month":
        return None
    told = _month_told(month, found, state)
    if told is None:
        return rules.month(rules.YEARLESS, month) if month else NOTHING
    count = found.given("n")
    span = rules.month(*told)
    if not span.first or not span.last:
        return None
    if count is not None:
        first = rules.weekday_after(span.first, found.number("w"))
        placed = rules.shifted(first, 7 * (count - 1)) if first else None
    else:
        placed = rules.weekday_before(span.last, found.number("w"))
    return rules.day(placed) if placed and placed.month == told[1] else None


def _month_told(month: int | None, found: Found, state: State) -> tuple[int, int] | None:
    """Give the year and the month of "in May", "of this month"; None where the day of writing is not known."""
    base, year = state.base, found.given("y")
    if month and year is not None:
        return year, month
    if base is None:
        return None
    if month:
        return _year_around(month, base, ahead=state.ahead(found)), month
    begin = rules.add_months(base.replace(day=1), found.step())
    return (begin.year, begin.month) if begin else None


def _year_around(month: int, base: dt.date, *, ahead: bool | None) -> int:
    """Give the year of a month told without one, that of the day of writing where the month is about to come."""
    comes = ahead is None and 0 < month - base.month <= _SOON_MONTHS
    return base.year if comes else rules.year_around(base, month, ahead=ahead)


def weekday_of_month(_: Found, state: State) -> Value | None:
    """One weekday of this month, not told which."""
    day = state.base or state.told_day() or state.period[1].first
    return rules.month(day.year, day.month) if day else NOTHING


def weekend_of(found: Found, state: State) -> Value | None:
    """The first, second, … or last weekend of a month, or the weekend around a day."""
    month = found.given("m", "m2") or 0
    number, year, ahead = found.given("d", "d2"), found.given("y"), state.ahead(found)
    if year is None:
        if state.base is None:
            return NOTHING
        year = _year_around(month, state.base, ahead=ahead)
    if number is not None:
        told = rules.date_or_none(year, month, number)
        # the Saturday of the weekend that the day belongs to, or is nearest to
        saturday = rules.weekday_after(rules.shifted(told, -2) or told, 5) if told else None
    else:
        saturday = _nth_saturday(year, month, found)
    sunday = rules.shifted(saturday, 1) if saturday else None
    return rules.days(saturday, sunday) if saturday and sunday else NOTHING


def _nth_saturday(year: int, month: int, found: Found) -> dt.date | None:
    span = rules.month(year, month)
    count = found.given("n")
    if not span.first or not span.last or not found.groups.get("n"):
        return None
    if count is None:
        return rules.weekday_before(span.last - rules.DAY, 5)
    first = rules.weekday_after(span.first, 5)
    return rules.shifted(first, 7 * (count - 1)) if first and count < 6 else None


def weekend(found: Found, state: State) -> Value | None:
    """A Saturday and Sunday."""
    words, base = set(found.word("rel").split()), state.base
    if not words and not _BEFORE_WEEKEND.search(state.text[max(0, found.start - 12) : found.start]):
        return None
    if base is None:
        return NOTHING
    before, after = rules.weekday_before(base, 5), rules.weekday_after(base, 5, same=False)
    anchor = state.anchor(found.start)
    told = anchor.last if anchor.last and not anchor.yearless else base
    if words & {"following"}:
        start = rules.weekday_after(told, 5, same=False)
    elif words & {"that", "same"}:
        start = rules.weekday_before(told, 5)
    elif found.step() > 0:
        start = after
    elif before and (
        (found.step() < 0 and base.weekday() >= 5) or (base.weekday() == 5 and words <= {"the"})
    ):
        # on a Saturday "over the weekend" is not yet the one that has just begun
        start = rules.shifted(before, -7)
    else:
        ahead = state.ahead(found)
        if ahead is None and "this" in words and base.weekday() > 0:
            ahead = True
        start = after if ahead and base.weekday() < 5 else before
    end = rules.shifted(start, 1) if start else None
    return rules.days(start, end) if start and end else NOTHING
