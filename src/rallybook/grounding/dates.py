"""Dates of a text: its time expressions, each with the days it stands for."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from rallybook.grounding import (
    anchors,
    holiday_dates,
    timex_days,
    timex_lasting,
    timex_nth,
    timex_periods,
    timex_relative,
    timex_stretches,
    timex_weekdays,
)
from rallybook.grounding.calendar_rules import Value
from rallybook.grounding.retrospect_titles import looks_back
from rallybook.grounding.timex_ranges import Read, joined
from rallybook.grounding.timex_untold import is_month_inferred, is_week_inferred
from rallybook.grounding.timexes import Found, State, find
from rallybook.model.mention import Relation, Timex
from rallybook.model.reading import Reading
from rallybook.model.values import DateRange

# the reading that each rule of data/dates.yaml gets
_RESOLVERS: dict[str, Callable[[Found, State], Value | None]] = {
    "iso": timex_days.iso,
    "ymd": timex_days.ymd,
    "spelled_date": timex_days.spelled_date,
    "numeric": timex_days.numeric,
    "date": timex_days.date,
    "days": timex_stretches.days,
    "days_list": timex_stretches.days_list,
    "week_of_month": timex_stretches.week_of_month,
    "week_of": timex_stretches.week_of,
    "weekday_nth": timex_nth.weekday_nth,
    "nth": timex_nth.nth,
    "month": timex_periods.month,
    "season": timex_periods.season,
    "year": timex_periods.year,
    "decade": timex_periods.decade,
    "quarter": timex_periods.quarter,
    "year_end": timex_periods.year_end,
    "century": timex_periods.century,
    "ago": timex_relative.ago,
    "hours_ago": timex_relative.hours_ago,
    "ago_half": timex_relative.ago_half,
    "before_last": timex_relative.before_last,
    "in_unit": timex_relative.in_unit,
    "in_units": timex_relative.in_units,
    "relative_unit": timex_relative.relative_unit,
    "span_of_units": timex_relative.span_of_units,
    "recent": timex_relative.recent,
    "recent_event": timex_relative.recent_event,
    "weekday": timex_weekdays.weekday,
    "weekday_ago": timex_weekdays.weekday_ago,
    "weekdays_ago": timex_weekdays.weekdays_ago,
    "weekday_by": timex_weekdays.weekday_by,
    "weekday_nth_of": timex_weekdays.weekday_nth_of,
    "weekday_of_month": timex_weekdays.weekday_of_month,
    "weekend_of": timex_weekdays.weekend_of,
    "weekend": timex_weekdays.weekend,
    "holiday": holiday_dates.holiday,
    "holiday_eve": holiday_dates.holiday_eve,
    "relative_day": anchors.relative_day,
    "this_part": anchors.this_part,
    "last_unit": anchors.last_unit,
    "overnight": anchors.overnight,
    "same_day": anchors.same_day,
    "part_of_day": anchors.part_of_day,
    "shifted_day": anchors.shifted_day,
    "lasting": timex_lasting.lasting,
    "clock": anchors.clock,
    "entry": anchors.entry,
    "clock_hour": anchors.clock_hour,
    "shifted": anchors.shifted,
    "shifted_by": anchors.shifted_by,
}
_ANAPHORIC = frozenset({
    "same_day", "part_of_day", "clock", "entry", "clock_hour", "lasting", "shifted_day", "shifted", "shifted_by",
    "weekday_by",
})  # fmt: skip
_CLOCK = frozenset({"clock", "entry", "clock_hour", "part_of_day"})
_LED = frozenset({"clock", "clock_hour", "part_of_day", "in_units", "in_unit"})
_LEADING = re.compile(
    r"(?:(?:earlier|later|late|early)\s+in|at|by|from|since|until|till?|before|after|in|during|over|throughout|within|to|"
    r"starting|beginning)\s+",
    re.IGNORECASE,
)
_OPENS_CLAUSE = re.compile(r"that\s+(?=(?:this|the|next|last|coming|following)\s)", re.IGNORECASE)
_VAGUE = frozenset({"recent", "recent_event", "span_of_units"})
# "from a year ago" and "from last year" compare; only what can begin on a day or in a month is open after "from"
_OPENABLE = frozenset(
    {
        "date",
        "iso",
        "ymd",
        "spelled_date",
        "numeric",
        "weekday",
        "nth",
        "weekday_nth",
        "month",
        "holiday",
        "relative_day",
    }
)
_CLOSABLE = _OPENABLE | {"season", "weekend"}
_OPENING = re.compile(
    r"\b(since|as\s+of|from|starting|beginning|until|till|before|after|by|between)\s+(?:on\s+)?(?:the\s+)?\Z",
    re.IGNORECASE,
)
# "fell 4 per cent from Friday", "up from last March" compare two days
_COMPARED = re.compile(
    r"(?:\d|%|percent|per\s+cent|points?|cents?|million|billion|\b(?:up|down|change[ds]?|differ\w*|unlike|unchanged|dating|"
    r"videos?|photos?|pictures?|footage|images?))\s+from\s+(?:the\s+)?\Z",
    re.IGNORECASE,
)
_RELATIONS: dict[str, Relation] = {
    "since": "since", "as of": "since", "from": "since", "starting": "since", "beginning": "since",
    "until": "until", "till": "until",
    "before": "before", "after": "after", "by": "by", "between": "between",
}  # fmt: skip
_UNTOLD = _VAGUE | _CLOCK | {"lasting"}
_OWNER = re.compile(r"['’]s\b|['’](?=\s)")
# years in which something can have been published; any other is an error of the source ("0001", "9999")
_PRINTED = range(1500, 2200)
# a whole date within this many characters can stand for the day of writing
_OPENING_PART = 500
_WEEKDAYS = frozenset({"mon", "tue", "wed", "thu", "fri", "sat", "sun"})
_WHOLE = frozenset({"date", "iso", "ymd", "numeric", "spelled_date"})
# header lines and datelines stand within this many characters, with at most so many beside the date on its line
_HEAD, _BESIDE = 1500, 40
# what was sent more days before it was printed has another date for another reason
_SENT_BEFORE = dt.timedelta(days=4)
# no whole date with what follows it in a dateline is longer
_LONGEST_DATE = 120


def timexes(reading: Reading) -> tuple[Timex, ...]:
    """Give the time expressions of a text in their order; durations and sets of times are left out.

    Each is resolved against the day of publication; where that is not known, against the first whole date
    that the text tells. What stays unknown has an empty `date.edtf`.
    """
    text = reading.text
    base = day_of_writing(reading)
    hint, amid = None, base is None
    if amid:
        base, hint = _day_in_text(text)
    state = State(text, base, [], hint=hint, back=looks_back(reading.article.title), amid=amid)
    return tuple(_timex(each, text, state.base) for each in joined(_read(text, state), text))


def _read(text: str, state: State) -> Iterator[Read]:
    for found, value in find(text, lambda each: _RESOLVERS[each.rule](each, state)):
        if _points(text, found, value, state):
            state.note(found.end, value)
        offset = anchors.offset(found) if found.rule in ("shifted", "shifted_by") else 0
        yield Read(found.rule, _without_preposition(text, found), found.end, value, offset)


def _without_preposition(text: str, found: Found) -> int:
    """Give where the words begin behind "at" or "in" that the rule needed, or a "that" ("says that this Friday")."""
    leading = _LEADING if found.rule in _LED else _OPENS_CLAUSE
    led = leading.match(text, found.start, found.end)
    return led.end() if led else found.start


def _day_in_text(text: str) -> tuple[dt.date | None, dt.date | None]:
    """Give the day that stands for an unknown publication date, and the day that only tells the year.

    The first is the first whole date near the beginning or with its weekday; the second a named day with its year.
    """
    hint = None
    for read in _read(text, State(text, None, [])):
        day = read.value.first
        if day is None or read.value.yearless or read.value.last != day:
            continue
        if read.rule in _WHOLE:
            if read.start < _OPENING_PART or text[read.start : read.start + 3].lower() in _WEEKDAYS:
                return day, None
        elif read.rule == "holiday":
            hint = hint or day
    return None, hint


def _points(text: str, found: Found, value: Value, state: State) -> bool:
    """Tell whether later words may count from this day: not from "since Saturday", nor from "last week's crowd"."""
    if found.rule in _UNTOLD:
        return found.rule in ("clock", "entry") and state.opens_entry(found.start)
    if value.granularity == "week" and _OWNER.match(text, found.end):
        return False
    return not state.told or not text[max(0, found.start - 6) : found.start].lower().startswith("since")


def _timex(read: Read, text: str, base: dt.date | None) -> Timex:
    opening = _OPENING.search(text[max(0, read.start - 20) : read.start])
    relation = _RELATIONS[" ".join(opening[1].lower().split())] if opening else "on"
    if relation == "since" and _COMPARED.search(text, max(0, read.start - 40), read.start):
        relation = "on"
    if read.rule == "lasting":
        relation = "since"
    value = read.value
    edtf, granularity = value.edtf, value.granularity
    if edtf and "/" not in edtf and read.rule not in _CLOCK:
        if relation == "since" and (
            opening is None or opening[1].lower() != "from" or read.rule in _OPENABLE
        ):
            edtf, granularity = f"{edtf}/..", "interval"
        elif relation == "until" and read.rule in _CLOSABLE and base and value.last and not value.yearless:
            opens = base.isoformat() if value.last >= base else ".."
            edtf, granularity = f"{opens}/{edtf}", "interval"
    if value.yearless or not value.first:
        granularity = "partial"
    return Timex(
        start=read.start,
        end=read.end,
        text=text[read.start : read.end],
        date=DateRange(edtf, granularity),
        relation=relation,
        anaphoric=read.rule in _ANAPHORIC,
        vague=read.rule in _VAGUE,
        clock=read.rule in _CLOCK,
        week_inferred=is_week_inferred(read, text),
        month_inferred=is_month_inferred(read, text, base),
    )


_HEADER = re.compile(
    r"\s*(?:(?:first\s+)?(?:posted|published|updated|last\s+updated|date|dated|created|modified|this\s+story\s+is\s+from)\s*(?:on)?\s*:?\s*)?"
    r"(?:[A-Z][\w.'’/() -]*,\s*){0,3}\(?\s*\Z",
    re.IGNORECASE,
)
_AGENCY = re.compile(r"\s*(?:\Z|[—–-]|[(\[][A-Z]|[,|]?\s*(?:at\s+)?\d{1,2}[:.]\d\d|\d|\))")


def day_of_writing(reading: Reading) -> dt.date | None:
    """Give the day from which "today" and "on Sunday" count: the day of publication, or that of the dateline.

    Many papers print under its own dateline what was sent some days before. None where neither is told.
    """
    published = reading.article.published
    if published is None or published.year not in _PRINTED:
        return dateline_date(reading)
    sent = _dateline_date(_head(reading), published)
    is_near = sent is not None and dt.timedelta(0) < published - sent <= _SENT_BEFORE
    return sent if is_near else published


def dateline_date(reading: Reading) -> dt.date | None:
    """Give the day told in a header line or dateline; None where there is none.

    A header line is a date alone on its line, or with "Posted:" or the like before it; a dateline stands
    between the place and the agency before the first sentence.
    """
    return _dateline_date(_head(reading), None)


def _head(reading: Reading) -> str:
    head = reading.text[:_HEAD]
    # what stands further into the last line is told in a sentence
    return head[: head.rfind("\n") + 1 + _BESIDE + _LONGEST_DATE]


@lru_cache(maxsize=8)
def _dateline_date(head: str, published: dt.date | None) -> dt.date | None:
    state = State(head, published, [])
    for read in _read(head, state):
        if read.rule not in _WHOLE or not read.value.first or read.value.yearless:
            continue
        line_start = head.rfind("\n", 0, read.start) + 1
        line_end = head.find("\n", read.end)
        before, after = (
            head[line_start : read.start],
            head[read.end : len(head) if line_end < 0 else line_end],
        )
        if len(before) <= _BESIDE and _HEADER.match(before) and _AGENCY.match(after):
            return read.value.first
    return None
