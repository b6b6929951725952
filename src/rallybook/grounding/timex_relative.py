"""Days and periods counted from the publication: "two weeks ago", "last month", "in recent years"."""

from __future__ import annotations

import datetime as dt
import re

from rallybook.grounding import calendar_rules as rules
from rallybook.grounding.calendar_rules import NOTHING, Value
from rallybook.grounding.timexes import Found, State

_CONFLICT = re.compile(
    r"\s+(?:[\w-]+\s+){0,3}?(?:riots?|protests?|violence|unrest|clash(?:es)?|demonstrations?|strikes?|march(?:es)?|"
    r"rall(?:y|ies)|massacres?|disturbances?|uprisings?|sit-ins?|blockades?|bandhs?|agitations?|killings?|walkouts?)\b",
    re.IGNORECASE,
)
# "the first strike in six years" looks back
_RECORD = re.compile(
    r"\b(?:first|second|third|worst|best|biggest|largest|highest|lowest|longest|only|time)(?:\s+[\w-]+){0,3}\s+\Z",
    re.IGNORECASE,
)
# "the day of the vote", "the year 2000", "the week before", "the week-long"
_OF = re.compile(r"\s+(?:of|before|after|that|when|in\s+which|leading|\d)\b|-")
# "the recently passed law"
_ATTRIBUTE = re.compile(r"\b(?:the|a|an|its|their|his|her)\s+\Z", re.IGNORECASE)
# how many days "recent days" reach back, and how many years "recent years"
_RECENT_DAYS, _RECENT_YEARS = 5, 3


def moved(anchor: dt.date, unit: str, count: int) -> Value:
    """Give the day, month or year so many units from an anchor; a day counted in weeks is approximate."""
    lengths = {"day": 1, "week": 7, "fortnight": 14}
    if unit in lengths:
        placed = rules.shifted(anchor, count * lengths[unit])
        if placed is None:
            return NOTHING
        return rules.day(placed) if unit == "day" else Value(placed, placed, "day", f"{placed.isoformat()}~")
    if unit in ("month", "quarter"):
        near = rules.add_months(anchor, count * (3 if unit == "quarter" else 1))
        return rules.month(near.year, near.month) if near else NOTHING
    number = anchor.year + count * {"decade": 10, "century": 100}.get(unit, 1)
    return rules.year(number) if dt.MINYEAR < number < dt.MAXYEAR - 10 else NOTHING


def ago(found: Found, state: State) -> Value | None:
    """Some units before the publication."""
    if state.base is None:
        return NOTHING
    value = moved(state.base, found.name("u"), -found.count())
    if value.first and found.groups["n"][-1].word in ("few", "several", "couple", "many", "some"):
        return value._replace(written=value.edtf.rstrip("~") + "~")
    return value


def ago_half(found: Found, state: State) -> Value | None:
    """Some units and a half before the publication ("a year and a half ago", "half a year ago")."""
    unit = found.name("u") or found.name("u1") or found.name("n_unit")
    months = {"month": 1, "year": 12, "decade": 120}.get(unit)
    count = 0 if found.groups.get("u1") else found.given("n", "n1") or 1
    if state.base is None:
        return NOTHING
    if months is None:
        days_back = {"day": 1, "week": 7}.get(unit, 0) * (2 * count + 1) // 2
        placed = rules.shifted(state.base, -days_back)
    else:
        placed = rules.add_months(state.base, -(months * (2 * count + 1) // 2))
    if placed is None or unit == "":
        return NOTHING
    return rules.month(placed.year, placed.month)._replace(written=f"{placed:%Y-%m}~")


def hours_ago(found: Found, state: State) -> Value | None:
    """The day some hours or minutes before the publication."""
    word = found.groups["u"][0].word
    if not word.startswith(("hour", "minute")) or not state.base:
        return None if state.base else NOTHING
    placed = rules.shifted(state.base, -(found.count() // 24) if word.startswith("hour") else 0)
    return rules.day(placed) if placed else NOTHING


def before_last(found: Found, state: State) -> Value | None:
    """The night, week, month or year before last."""
    if state.base is None:
        return NOTHING
    unit = found.name("u")
    if unit == "week":
        week = rules.week_of(state.base, -2)
        return rules.days(*week, "week") if week else NOTHING
    return moved(state.base, unit, -2)


def in_unit(found: Found, state: State) -> Value | None:
    """The week, month or year of the publication, told as "the week" ("throughout the week")."""
    unit, base = found.name("u"), state.base
    if unit not in ("day", "week", "month", "year") or found.groups["u"][0].word != unit:
        return None
    if _OF.match(state.text, found.end):
        return None
    if base is None:
        return NOTHING
    if unit == "day":
        told = state.anchor(found.start)
        return rules.day(told.last or base)
    if unit == "week":
        week = rules.week_of(base)
        return rules.days(*week, "week") if week else NOTHING
    return moved(base, unit, 0)


def in_units(found: Found, state: State) -> Value | None:
    """Some units after the publication ("in two weeks"), where the clause looks ahead."""
    if not state.ahead(found) or found.name("u") == "century":
        return None
    if _RECORD.search(state.text[max(0, found.start - 40) : found.start]):
        return None
    return moved(state.base, found.name("u"), found.count()) if state.base else NOTHING


def relative_unit(found: Found, state: State) -> Value | None:
    """This, last or next week, month or year, or a part of it ("earlier this month")."""
    unit, told_edge, step = found.name("u"), found.word("edge"), found.step()
    if unit in ("day", "quarter"):
        return None
    plural = found.groups["u"][0].word.endswith("s")
    if plural or (step < 0 and unit in ("decade", "century")):
        return _some_units(state, unit, step, few=3 if plural else 1)
    if state.base is None:
        return NOTHING
    if unit in ("week", "fortnight"):
        return _week(found, state.base, step)
    edge = "" if told_edge in ("earlier", "later") else found.edge()
    if unit == "month":
        near = rules.add_months(state.base, step)
        if near is None:
            return NOTHING
        return (
            rules.part_of_month(near.year, near.month, edge) if edge else rules.month(near.year, near.month)
        )
    if unit == "year":
        return rules.year(state.base.year + step, edge)
    return moved(state.base, unit, step)


def _some_units(state: State, unit: str, step: int, *, few: int) -> Value | None:
    """The last or coming units without a number ("in the coming weeks"), and the last decade: up to or from now."""
    if not step:
        return None
    if state.base is None:
        return NOTHING
    reach = moved(state.base, unit, step * few)
    if not reach.first or not reach.last:
        return NOTHING
    first, last = (state.base, reach.last) if step > 0 else (reach.first, state.base)
    return rules.days(first, last, mark="~")


def _week(found: Found, base: dt.date, step: int) -> Value:
    week = rules.week_of(base, step)
    if not week:
        return NOTHING
    monday, sunday = week
    if found.word("edge") == "earlier" and not step and monday < base:
        return rules.days(monday, base - rules.DAY, "week")
    if found.edge() == "late":
        return rules.days(monday + 3 * rules.DAY, sunday, "week", mark="~")
    return rules.days(monday, sunday, "week")


def span_of_units(found: Found, state: State) -> Value | None:
    """The last or next few units ("in the past three weeks"), up to or from the publication."""
    base, count = state.base, found.count()
    if base is None:
        return NOTHING
    if count > 500:
        return None
    forward = found.step() > 0
    reach = moved(base, found.name("u"), count if forward else -count)
    if not reach.first or not reach.last:
        return NOTHING
    return rules.days(base, reach.last, mark="~") if forward else rules.days(reach.first, base, mark="~")


def recent_event(found: Found, state: State) -> Value | None:
    """What is called recent ("the recent riots"), where it is an event of conflict."""
    return recent(found, state) if _CONFLICT.match(state.text, found.end) else None


def recent(found: Found, state: State) -> Value | None:
    """Recent days, weeks, months, years; "recently" and "recent" as recent weeks."""
    if found.rule == "recent" and _ATTRIBUTE.search(state.text, max(0, found.start - 8), found.start):
        return None
    base, unit = state.base, found.name("u")
    if base is None:
        return NOTHING
    yesterday, before = rules.shifted(base, -1), rules.add_months(base, -2 if unit == "month" else -1)
    days_back = rules.shifted(base, -_RECENT_DAYS)
    if not yesterday or not before or not days_back or base.year <= 10:
        return NOTHING
    if unit == "day":
        return rules.days(days_back, base, mark="~")
    if unit in ("year", "decade"):
        begin = base.year - (10 if unit == "decade" else _RECENT_YEARS)
        return Value(dt.date(begin, 1, 1), base, "interval", f"{begin:04d}/{base.isoformat()}~")
    first = before.replace(day=1)
    return Value(first, yesterday, "interval", f"{first.year:04d}-{first.month:02d}/{yesterday.isoformat()}~")
