"""Two time expressions that make one stretch of days: "from Monday to Wednesday", "Saturday and Sunday"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

from rallybook.grounding import calendar_rules as rules
from rallybook.grounding.calendar_rules import Value

_LINK = re.compile(
    r"\s*(?:(to|until|till|through|thru|into|/|-|–|—)|(and))\s*(?:on\s+|the\s+|late\s+)*\Z", re.IGNORECASE
)
_FROM = re.compile(r"\b(?:from|between)\s+(?:the\s+)?\Z", re.IGNORECASE)
_MOVED = re.compile(
    r"\b(?:moved|postponed|put\s+(?:off|back)|changed|shifted|pushed\s+back|delayed|brought\s+forward)\b[^.]{0,40}\Z",
    re.IGNORECASE,
)
_WEEKDAYS = frozenset({"weekday", "relative_day"})
# words of one clause between a count of days and the day on which it was counted, which is at most so many days past
_CLAUSE = re.compile(
    r"(?:(?!\b(?:after|before|since|when|while|that|who|which|following|until|despite|but|and|from|over|said|says|called|"
    r"announced|began|begun|started|by|against)\b)[^.;:!?\n\"“”]){1,90}",
    re.IGNORECASE,
)
_JUST_BEFORE = 4
_CLOCKS = frozenset({"clock", "clock_hour", "part_of_day"})
_BESIDE = re.compile(
    r"\.?\s*,?\s*(?:on|at|around|about|from|by|in|before|after|until|during|late|early|shortly|just)?(?:\s+the)?\s*\Z",
    re.IGNORECASE,
)
# "Friday. At seven" begins a new sentence, "Fri. at seven" and "5 p.m. Friday" do not
_ABBREVIATED = re.compile(r"\b(?:[a-z]{2,4}|[ap]\.m)\.?\Z", re.IGNORECASE)
_DAYS = frozenset(
    {
        "weekday",
        "date",
        "spelled_date",
        "nth",
        "weekday_nth",
        "relative_day",
        "holiday",
        "holiday_eve",
        "numeric",
        "iso",
        "ymd",
        "this_part",
    }
)
_DATES = frozenset({"date", "spelled_date", "nth", "numeric", "iso", "ymd"})
_APPOSED = re.compile(r"\s*(?:,|\(|which\s+was|was)\s*an?\s+", re.IGNORECASE)
_TIMED = _DAYS | {"shifted_day"}


class Read(msgspec.Struct, frozen=True):
    """A time expression with its value: which rule read it, and where it stands.

    `offset`: how many days it leads on from a day told right after it ("two days before Christmas": -2).
    """

    rule: str
    start: int
    end: int
    value: Value
    offset: int = 0


def joined(reads: Iterable[Read], text: str) -> Iterator[Read]:
    """Give the expressions in their order, two that make one stretch of days as one."""
    waiting: Read | None = None
    for read in reads:
        if waiting is None:
            waiting = read
            continue
        waiting = _begun(waiting, read, text)
        stretch = (
            _on_that_day(waiting, read, text)
            or _weekday_of_it(waiting, read, text)
            or _counted(waiting, read, text)
            or _with_clock(waiting, read, text)
            or _stretch(waiting, read, text)
        )
        if stretch is None:
            yield waiting
            waiting = read
        else:
            waiting = stretch
    if waiting is not None:
        yield waiting


def _begun(left: Read, right: Read, text: str) -> Read:
    """Count back from the day told after it ("entered its third day on Monday")."""
    start, anchor, day = left.value.first, left.value.last, right.value.first
    if left.rule != "lasting" or right.rule not in _DAYS or right.value.yearless:
        return left
    if not start or not anchor or not day or text[right.end : right.end + 2] in ("'s", "’s"):
        return left
    if not _BESIDE.fullmatch(text, left.end, right.start) and not _same_clause(left, right, text):
        return left
    begun = rules.shifted(start, (day - anchor).days)
    if begun is None:
        return left
    written = left.value.written.replace(start.isoformat(), begun.isoformat())
    return Read(left.rule, left.start, left.end, left.value._replace(first=begun, last=day, written=written))


def _same_clause(left: Read, right: Read, text: str) -> bool:
    """Tell whether a day of the last ones stands in the clause of a count ("for a second day in a row on Monday")."""
    anchor, day = left.value.last, right.value.last
    if right.rule not in _WEEKDAYS or not anchor or not day or not 0 <= (anchor - day).days <= _JUST_BEFORE:
        return False
    return _CLAUSE.fullmatch(text, left.end, right.start) is not None


def _on_that_day(left: Read, right: Read, text: str) -> Read | None:
    """A day some years or weeks back to the day ("ten years ago today")."""
    today, back = right.value.first, left.value.first
    if (
        left.rule != "ago"
        or right.rule != "relative_day"
        or text[left.end : right.start].strip()
        or not today
        or not back
    ):
        return None
    placed = (
        rules.date_or_none(back.year, today.month, today.day) if left.value.granularity == "year" else back
    )
    return Read("relative_day", left.start, right.end, rules.day(placed)) if placed else None


def _weekday_of_it(left: Read, right: Read, text: str) -> Read | None:
    """A day, and which day of the week it is ("on 6 September, a Sunday")."""
    day, named = left.value.first, right.value.first
    if left.rule not in _DATES or right.rule != "weekday" or not day or not named or left.value.yearless:
        return None
    if day.weekday() != named.weekday() or not _APPOSED.fullmatch(text, left.end, right.start):
        return None
    return Read(left.rule, left.start, right.end, left.value)


def _counted(left: Read, right: Read, text: str) -> Read | None:
    """Count from the day told right after it ("the day after Christmas")."""
    day = right.value.first
    if not left.offset or right.rule not in _DAYS or not day or text[left.end : right.start].strip():
        return None
    placed = rules.shifted(day, left.offset)
    return Read(right.rule, left.start, right.end, rules.day(placed)) if placed else None


def _with_clock(left: Read, right: Read, text: str) -> Read | None:
    """Join a time of day with the day beside it ("at ten on Sunday", "Sunday at dawn")."""
    between = text[left.end : right.start]
    if len(between) > 20 or not _BESIDE.match(between):
        return None
    if "." in between and not _ABBREVIATED.search(text, max(0, left.start), left.end):
        return None
    for clock, day in ((left, right), (right, left)):
        if clock.rule in _CLOCKS and day.rule in _TIMED:
            return Read(day.rule, left.start, right.end, day.value)
    return None


def _stretch(left: Read, right: Read, text: str) -> Read | None:
    between = text[left.end : right.start]
    if len(between) > 24 or not (link := _LINK.match(between)):
        return None
    if "interval" in (left.value.granularity, right.value.granularity):
        return None
    before = text[max(0, left.start - 50) : left.start]
    opened = bool(_FROM.search(before))
    if _MOVED.search(before) or (link[1] and not opened and not (left.rule in _DAYS and right.rule in _DAYS)):
        return None
    value = _between(left, right)
    if value is None:
        return None
    if link[2] and not opened and not _follows(left, right, value):
        return None
    return Read("range", left.start, right.end, value)


def _follows(left: Read, right: Read, stretch: Value) -> bool:
    """Tell whether the second of two days or months is the next one ("Saturday and Sunday", "July and August")."""
    if not stretch.first or not stretch.last:
        return False
    if left.value.granularity == right.value.granularity == "month":
        return rules.add_months(stretch.first, 1) == right.value.first
    return left.rule in _DAYS and right.rule in _DAYS and (stretch.last - stretch.first).days == 1


def _between(left: Read, right: Read) -> Value | None:
    first, last = left.value.first, right.value.last
    if not first or not last:
        return None
    week_apart = left.rule == right.rule == "weekday" and (last - first).days > 7
    if left.rule in _WEEKDAYS and (first > last or week_apart):
        # "from Monday to Wednesday last week": the second says which week
        first = rules.weekday_before(last, first.weekday(), same=False) or first
    if left.rule == right.rule == "nth" and (last.year, last.month) != (first.year, first.month):
        last = rules.date_or_none(first.year, first.month, last.day) or last
    if first >= last:
        return None
    yearless = left.value.yearless, right.value.yearless
    if all(yearless) or left.value.granularity in ("month", "year"):
        if any(yearless):
            return (
                Value(first, last, "interval", f"{left.value.edtf}/{right.value.edtf}")
                if all(yearless)
                else None
            )
        return Value(first, last, "interval", f"{left.value.edtf}/{right.value.edtf}")
    return None if any(yearless) else rules.days(first, last)
