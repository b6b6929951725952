"""Days counted from the publication ("yesterday") or from a day told before ("the next morning")."""

from __future__ import annotations

import re
from functools import lru_cache

from rallybook.grounding import calendar_rules as rules
from rallybook.grounding.calendar_rules import NOTHING, Value
from rallybook.grounding.timex_relative import moved, relative_unit
from rallybook.grounding.timexes import ENTRY_MARK, Found, State

_MEALS = frozenset({"lunch", "breakfast", "teatime", "daytime"})
_YEARS = frozenset({"year", "decade", "century"})
_LONG = frozenset({"week", "fortnight", "month", "year", "decade", "century", "quarter"})
# what may follow "at seven" where it is an hour
_AFTER_HOUR = re.compile(
    r"\s*(?:\Z|[.,;:!?)\"”](?!\d)|\n|\s(?:on|in|this|that|when|as|with|the\s+next|outside|before|after|until|"
    r"yesterday|today|tomorrow|tonight|police|sharp|for)\b)"
)
# the time with a dot, and a line that begins with one; one such line alone may begin with a price
_TIME = r"(?:[01]?\d|2[0-3])\.[0-5]\d"
_ENTRY = re.compile(_TIME)
_ENTRIES = re.compile(rf"^{ENTRY_MARK}{_TIME}\b", re.MULTILINE)
_FEWEST = 2
# an event and its day stand within so many characters of each other; so far back an event is looked for
_BESIDE_EVENT, _EVENT_REACH = 150, 3000
# "the vote" and "voted" share their first letters
_STEM = 5
_EVENT = re.compile(
    r"\s+(?:the|that|this|their|its|his|her)\s+(?:[a-z-]+\s+)??([A-Za-z]{4,})(?=\s*(?:\Z|[.,;:)]|\s(?!of\b)))"
)
_SENTENCE_END = re.compile(r"[.!?;]\s|\n\s*\n")
_APART = frozenset({",", "–", "—", "-", "("})
# "two days after the general strike", "a day after thousands marched": the distance leads to the event that follows
_EVENT_FOLLOWS = re.compile(
    r"\s+(?!(?:that|this|which|when|where|on|in|at|by|for|from|with|and|or|but|as)\b)\w", re.IGNORECASE
)


_COMES_REACH = 20
_COMES = re.compile(r"\b(?:comes?|came|coming)\s+(?:(?:just|only|barely)\s+)?\Z", re.IGNORECASE)


def relative_day(found: Found, state: State) -> Value | None:
    """Yesterday, today, tomorrow; the day before yesterday."""
    step = found.number("r")
    if found.groups.get("dir"):
        if found.name("u") != "day":
            return None
        step += 1 if found.word("dir") == "after" else -1
    if step == 1 and state.text[max(0, found.start - 3) : found.start] == "of ":
        # "the people of tomorrow"
        return None
    placed = rules.shifted(state.base, step) if state.base else None
    return rules.day(placed) if placed else NOTHING


def this_part(found: Found, state: State) -> Value | None:
    """This morning, last evening."""
    if found.name("p") in _MEALS:
        return None
    placed = rules.shifted(state.base, found.step()) if state.base else None
    return rules.day(placed) if placed else NOTHING


def last_unit(found: Found, state: State) -> Value | None:
    """Last night; last week, month or year."""
    if found.groups["u"][0].word != "night":
        return relative_unit(found, state)
    placed = rules.shifted(state.base, found.step()) if state.base else None
    return rules.day(placed) if placed else NOTHING


def overnight(_: Found, state: State) -> Value | None:
    """The night that ends on the day of publication."""
    before = rules.shifted(state.base, -1) if state.base else None
    return rules.days(before, state.base) if before and state.base else NOTHING


def same_day(found: Found, state: State) -> Value | None:
    """The same day, that evening, that week."""
    unit = found.name("u")
    if unit in _MEALS or unit in ("century", "decade", "quarter") or found.word("u") == "time":
        return None
    told = state.anchor(found.start)
    if unit == "year" and state.period[1].first:
        return rules.year(state.period[1].first.year)
    if not told.first or not told.last:
        return NOTHING
    if unit == "month":
        return rules.month(told.first.year, told.first.month)
    if unit == "year":
        return NOTHING if told.yearless else rules.year(told.first.year)
    if unit == "week":
        week = rules.week_of(told.first)
        return rules.days(*week, "week") if week and not told.yearless else NOTHING
    return rules.day(told.last)


def part_of_day(found: Found, state: State) -> Value | None:
    """A part of the day told before ("in the evening"); no day of its own."""
    if found.name("p") in _MEALS:
        return None
    told = state.anchor(found.start, happened=not state.ahead(found))
    return rules.day(told.last) if told.last else rules.day(state.base) if state.base else NOTHING


def clock(found: Found, state: State) -> Value | None:
    """A time of the day told before ("at 3 pm", "an hour later"); one that opens an entry is of the day of writing."""
    words = state.text[found.start : found.end]
    if ":" in words and re.search(r":\s*\d(?!\d)", words):
        return None
    if state.base and state.opens_entry(found.start):
        return rules.day(state.base)
    told = state.anchor(found.start, happened=not state.ahead(found))
    return rules.day(told.last) if told.last else rules.day(state.base) if state.base else NOTHING


def entry(found: Found, state: State) -> Value | None:
    """The day of an entry of a live report that begins with its time ("15.20"); None where none begins so."""
    is_time = _ENTRY.fullmatch(state.text, found.start, found.end) and _entries(state.text) >= _FEWEST
    if not is_time or not state.opens_entry(found.start):
        return None
    return rules.day(state.base) if state.base else None


@lru_cache(maxsize=16)
def _entries(text: str) -> int:
    return len(_ENTRIES.findall(text))


def clock_hour(found: Found, state: State) -> Value | None:
    """An hour without "o'clock" ("at seven", "from ten")."""
    if found.number("h") > 12 or not _AFTER_HOUR.match(state.text, found.end):
        return None
    return clock(found, state)


def shifted_day(found: Found, state: State) -> Value | None:
    """The next day, the following week, the previous evening."""
    told, unit = state.anchor(found.start), found.name("u")
    if unit in _MEALS:
        return None
    if unit not in _LONG:
        return _shift(told, "day", found.step()) if told.first else NOTHING
    place, period = state.period
    if unit == period.granularity and (not state.told or state.told[-1][0] < place):
        told = period
    if not told.first or told.yearless:
        return NOTHING
    if unit == "week" and (week := rules.week_of(told.first, found.step())):
        return rules.days(*week, "week")
    return _shift(told, unit, found.step())


def shifted(found: Found, state: State) -> Value | None:
    """Some units later or earlier than the day told ("three days earlier")."""
    told, word, unit = state.anchor(found.start), found.word("dir"), found.name("u")
    place, period = state.period
    onward = word in ("later", "after")
    if (
        onward
        and unit in _YEARS
        and period.granularity == "year"
        and (not state.told or state.told[-1][0] < place)
    ):
        told = period
    elif not told.first and state.base and (not onward or state.ahead(found)):
        told = rules.day(state.base)
    step = 1 if onward else -1
    if word in ("after", "before") and _EVENT_FOLLOWS.match(state.text, found.end):
        if _came_after(found, state):
            told, step = _or_writing(told, state), -step
        elif _dates_what_follows(found, state):
            step = -step
        elif not (told := _day_of_event(found, state)).first:
            return NOTHING
    return _shift(told, unit, step * found.count())


def offset(found: Found) -> int:
    """How many days a distance leads on from the day that is told right after it ("a day after Christmas")."""
    days = {"day": 1, "week": 7, "fortnight": 14}.get(found.name("u"), 0)
    if found.rule == "shifted_by" and not days and found.name("u") not in _LONG:
        days = 1
    return days * found.count() * {"after": 1, "before": -1}.get(found.word("dir"), 0)


def _came_after(found: Found, state: State) -> bool:
    """Tell "the statement came a day after thousands marched": the distance leads back from the day told before."""
    before = state.text[max(0, found.start - _COMES_REACH) : found.start]
    return found.word("dir") == "after" and _COMES.search(before) is not None


def _or_writing(told: Value, state: State) -> Value:
    """Give the day told, or that of writing where none is."""
    return told if told.first or not state.base else rules.day(state.base)


def _dates_what_follows(found: Found, state: State) -> bool:
    """Tell "on Monday, two days after the vote": the distance leads from Monday back to the vote."""
    if not state.told or found.word("dir") != "after":
        return False
    between = state.text[state.told[-1][0] : found.start]
    return len(between) < 60 and not re.search(r"[.!?;]\s|\n", between)


def _day_of_event(found: Found, state: State) -> Value:
    """The day told beside an earlier mention of the event ("two days after the vote"); NOTHING where none was."""
    event = _EVENT.match(state.text, found.end)
    if event is None:
        return NOTHING
    begin = max(0, found.start - _EVENT_REACH)
    mention = state.text[begin : found.start].lower().rfind(event[1].lower()[:_STEM])
    if mention < 0:
        return NOTHING
    near = [
        (abs(end - begin - mention), value)
        for end, value in state.told
        if not _SENTENCE_END.search(state.text, *sorted((end, begin + mention)))
    ]
    distance, value = min(near, key=lambda each: each[0], default=(_BESIDE_EVENT, NOTHING))
    return value if distance < _BESIDE_EVENT else NOTHING


def shifted_by(found: Found, state: State) -> Value | None:
    """The day before, the evening after."""
    unit = found.name("u")
    if unit in _MEALS or unit in ("noon", "midnight"):
        return None
    told = state.anchor(found.start)
    if _EVENT_FOLLOWS.match(state.text, found.end):
        if _came_after(found, state):
            return _shift(_or_writing(told, state), unit if unit in _LONG else "day", -1)
        # "on Friday, the day after the vote," is that Friday; else the day of the vote is not known
        beside = bool(state.told) and state.text[state.told[-1][0] : found.start].strip() in _APART
        if beside:
            return told
        told = _day_of_event(found, state)
    return _shift(told, unit if unit in _LONG else "day", 1 if found.word("dir") == "after" else -1)


def _shift(told: Value, unit: str, count: int) -> Value:
    anchor = told.last if count > 0 else told.first
    if not anchor or (told.yearless and unit not in ("day", "week", "fortnight")):
        return NOTHING
    value = moved(anchor, unit, count)
    if told.yearless and value.first:
        return rules.day(value.first.replace(year=rules.YEARLESS))
    return value
