"""Days, weeks, months and seasons as EDTF: pure arithmetic on the calendar."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import Literal, NamedTuple

Granularity = Literal["day", "week", "month", "season", "year", "interval", "partial"]

DAY = dt.timedelta(days=1)
# a day and month without a year are reckoned in a leap year, so that 29 February exists
YEARLESS = 4


class Value(NamedTuple):
    """What a time expression stands for.

    `first` and `last` are the days it covers (None: open or unknown); `edtf` is written from them where
    `written` is empty. `yearless` days are reckoned in the year `YEARLESS` and written "XXXX-05-03".
    """

    first: dt.date | None = None
    last: dt.date | None = None
    granularity: Granularity = "day"
    written: str = ""

    @property
    def yearless(self) -> bool:
        """Whether the year is not known."""
        return self.first is not None and self.first.year <= YEARLESS + 1

    @property
    def edtf(self) -> str:
        """The value in EDTF level 1; empty where nothing is known."""
        if self.written:
            return self.written
        if self.first is None or self.last is None:
            return ""
        if self.first == self.last:
            return f"XXXX-{self.first:%m-%d}" if self.yearless else self.first.isoformat()
        if self.yearless:
            if self.granularity == "month":
                return f"XXXX-{self.first:%m}"
            return f"XXXX-{self.first:%m-%d}/XXXX-{self.last:%m-%d}"
        return f"{self.first.isoformat()}/{self.last.isoformat()}"


NOTHING = Value()


def day(value: dt.date) -> Value:
    """One day."""
    return Value(value, value)


def shifted(value: dt.date, days: int) -> dt.date | None:
    """The day so many days on; None beyond the calendar."""
    try:
        return value + dt.timedelta(days=days)
    except OverflowError:
        return None


def days(first: dt.date, last: dt.date, granularity: Granularity = "interval", *, mark: str = "") -> Value:
    """A stretch of days; `mark` "~" makes it approximate."""
    written = f"{first.isoformat()}/{last.isoformat()}{mark}" if mark else ""
    return Value(first, last, granularity, written)


def month(year: int, number: int) -> Value:
    """One month."""
    last = calendar.monthrange(year, number)[1]
    written = "" if year <= YEARLESS else f"{year:04d}-{number:02d}"
    return Value(dt.date(year, number, 1), dt.date(year, number, last), "month", written)


def part_of_month(year: int, number: int, edge: str) -> Value:
    """The early, middle or late part of a month: to the 10th, the 20th, the end."""
    whole = month(year, number)
    if whole.yearless or not whole.last:
        return whole
    first, last = {"early": (1, 10), "mid": (11, 20)}.get(edge, (21, whole.last.day))
    # the days it covers are kept for what counts from it; written as the month, approximately, as coders do
    return Value(dt.date(year, number, first), dt.date(year, number, last), "month", f"{whole.written}~")


def year(number: int, edge: str = "") -> Value:
    """One year, or its early, middle or late third; NOTHING beyond the calendar."""
    if not dt.MINYEAR <= number < dt.MAXYEAR:
        return NOTHING
    if not edge:
        return Value(dt.date(number, 1, 1), dt.date(number, 12, 31), "year", f"{number:04d}")
    first, last = {"early": (1, 4), "mid": (5, 8)}.get(edge, (9, 12))
    end = dt.date(number, last, calendar.monthrange(number, last)[1])
    return Value(dt.date(number, first, 1), end, "year", f"{number:04d}~")


def decade(number: int, edge: str = "") -> Value:
    """Ten years from a year that ends in 0."""
    written = f"{number // 10}X" + ("~" if edge else "")
    return Value(dt.date(number, 1, 1), dt.date(number + 9, 12, 31), "interval", written)


def season(number: int, code: int, *, southern: bool = False) -> Value:
    """A season of three months; EDTF knows the codes 21-24, the southern ones are written as months."""
    # northern spring begins in March, southern spring in September; the year is the one in which the season begins
    start = (code - 21) * 3 + 3
    if southern:
        start = start - 6 if start > 6 else start + 6
    if not dt.MINYEAR <= number < dt.MAXYEAR:
        return NOTHING
    end_year, end = (number + 1, start - 10) if start > 10 else (number, start + 2)
    last = dt.date(end_year, end, calendar.monthrange(end_year, end)[1])
    written = f"{number:04d}-{start:02d}/{end_year:04d}-{end:02d}" if southern else f"{number:04d}-{code}"
    return Value(dt.date(number, start, 1), last, "season", written)


def week_of(value: dt.date, weeks: int = 0) -> tuple[dt.date, dt.date] | None:
    """Monday and Sunday of the week of a day, or of a week before or after it."""
    monday = shifted(value, 7 * weeks - value.weekday())
    sunday = shifted(monday, 6) if monday else None
    return (monday, sunday) if monday and sunday else None


def add_months(value: dt.date, months: int) -> dt.date | None:
    """The same day some months on, the last day of a shorter month; None beyond the calendar."""
    count = value.year * 12 + value.month - 1 + months
    number, index = divmod(count, 12)
    if not dt.MINYEAR <= number < dt.MAXYEAR:
        return None
    return dt.date(number, index + 1, min(value.day, calendar.monthrange(number, index + 1)[1]))


def year_around(base: dt.date, month: int, *, ahead: bool | None) -> int:
    """The year of a month told without one: the coming one where the words look ahead, else the last one."""
    return base.year + (month < base.month) if ahead else base.year - (month > base.month)


def weekday_before(value: dt.date, weekday: int, *, same: bool = True) -> dt.date | None:
    """The last such weekday on the day or before it (strictly before it where not `same`)."""
    back = (value.weekday() - weekday) % 7
    return shifted(value, -(back if back or same else 7))


def weekday_after(value: dt.date, weekday: int, *, same: bool = True) -> dt.date | None:
    """The first such weekday on the day or after it (strictly after it where not `same`)."""
    ahead = (weekday - value.weekday()) % 7
    return shifted(value, ahead if ahead or same else 7)


def date_or_none(year_number: int, month_number: int, day_number: int) -> dt.date | None:
    """A day, None where the calendar has no such day."""
    try:
        return dt.date(year_number, month_number, day_number)
    except ValueError:
        return None


def longest(month_number: int) -> int:
    """How many days the month has at most."""
    return calendar.monthrange(YEARLESS, month_number)[1]
