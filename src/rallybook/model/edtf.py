"""EDTF level 1 (ISO 8601-2) as far as news dates need it."""

from __future__ import annotations

import calendar
import datetime as dt
import re

# a day of the calendar, written whole and without a mark
DAY = re.compile(r"\d{4}-\d\d-\d\d")
_PART = re.compile(r"(\d{4})(?:-(\d{2}|XX|[0-3]X))?(?:-(\d{2}|XX|[0-3]X))?", re.ASCII)
_LONG = re.compile(r"(\d{3})X|(\d{2})XX", re.ASCII)
_QUALIFIERS = "?~%"
_OPEN = ("", "..")
# EDTF seasons 21-24: spring, summer, autumn, winter of the northern half, by their first month
_SEASON_STARTS = {21: 3, 22: 6, 23: 9, 24: 12}

Bounds = tuple[dt.date | None, dt.date | None]


def bounds(edtf: str) -> Bounds | None:
    """Give the first and last day of an EDTF string.

    None at an end that is open or not understood; None for the whole where neither day is known, as for
    an empty string or one without a year ("XXXX-11-03").
    """
    if "/" in edtf:
        left, right = edtf.split("/", 1)
        first = None if left.strip() in _OPEN else _edge(left, last=False)
        last = None if right.strip() in _OPEN else _edge(right, last=True)
        return (first, last) if first or last else None
    first, last = _edge(edtf, last=False), _edge(edtf, last=True)
    return (first, last) if first and last else None


def well_formed(edtf: str) -> bool:
    """Tell whether a string is a date that can be read whole: days that exist, an interval that does not run backwards.

    >>> well_formed("2021-02-14/.."), well_formed("2021-02-30"), well_formed("last Sunday")
    (True, False, False)
    """
    parts = edtf.split("/")
    open_ends = _OPEN if len(parts) == 2 else ()
    if (
        len(parts) > 2
        or " " in edtf
        or not all(part in open_ends or _edge(part, last=False) for part in parts)
    ):
        return False
    first, last = bounds(edtf) or (None, None)
    return bool(first or last) and not (first and last and first > last)


def approximate(edtf: str) -> bool:
    """Tell whether any part of the date is marked uncertain, approximate or unspecified."""
    return any(mark in edtf for mark in "~?X")


def _edge(part: str, *, last: bool) -> dt.date | None:
    part = part.strip().rstrip(_QUALIFIERS)
    if long := _LONG.fullmatch(part):
        return _long_edge(long, last=last)
    parts = _PART.fullmatch(part)
    if not parts:
        return None
    year, month, day = int(parts[1]), parts[2], parts[3]
    if not dt.MINYEAR <= year < dt.MAXYEAR:
        return None
    if month is None or "X" in month:
        return dt.date(year, 12, 31) if last else dt.date(year, 1, 1)
    if int(month) in _SEASON_STARTS:
        return _season_edge(year, int(month), last=last)
    if not 1 <= int(month) <= 12:
        return None
    length = calendar.monthrange(year, int(month))[1]
    if day is None or "X" in day:
        return dt.date(year, int(month), length if last else 1)
    return dt.date(year, int(month), int(day)) if 1 <= int(day) <= length else None


def _long_edge(long: re.Match[str], *, last: bool) -> dt.date | None:
    decade, century = long[1], long[2]
    first_year, years = (int(decade) * 10, 10) if decade else (int(century) * 100, 100)
    if not dt.MINYEAR <= first_year < dt.MAXYEAR:
        return None
    return dt.date(first_year + years - 1, 12, 31) if last else dt.date(first_year, 1, 1)


def _season_edge(year: int, season: int, *, last: bool) -> dt.date:
    month = _SEASON_STARTS[season]
    if not last:
        return dt.date(year, month, 1)
    end_year, end_month = (year + 1, 2) if month == 12 else (year, month + 2)
    return dt.date(end_year, end_month, calendar.monthrange(end_year, end_month)[1])
