"""When a report's event was, as a stretch of days with both ends, for blocking and comparison."""

from __future__ import annotations

import datetime as dt

import msgspec

from rallybook.model.edtf import bounds
from rallybook.model.event import Report

_DAY = dt.timedelta(days=1)
# an open end that nothing closes reaches a month: most of what lasts and has no end told is a strike or a camp
_OPEN = dt.timedelta(days=30)
# news without a day is mostly of the week before its publication, an announcement of the two weeks after it
_BEFORE, _AFTER = dt.timedelta(days=7), dt.timedelta(days=14)
# a stretch of more than two years ("in the 2010s") dates nothing
_MOST_DAYS = 731
# what lasts longer is found by its months, not by its days: so a record has few keys
LONG_DAYS = 10


class Days(msgspec.Struct, frozen=True, gc=False):
    """The first and the last day; `told` is False where only the publication gives a hold."""

    first: dt.date
    last: dt.date
    told: bool = True

    @property
    def length(self) -> int:
        """The number of days."""
        return (self.last - self.first).days + 1

    @property
    def long(self) -> bool:
        """Whether there are more days than are counted one by one."""
        return self.length > LONG_DAYS


def days_of(report: Report) -> Days | None:
    """Give the days in which a report's event may lie.

    An open end closes with the publication, or after a month; a record without a day gets the days around its
    publication. None where there is neither.
    """
    return told_days(report) or _around(report)


def told_days(report: Report) -> Days | None:
    """Give the days that a report itself tells; None where it tells none, or a stretch that dates nothing."""
    span = bounds(report.record.date.edtf)
    closed = _closed(span[0], span[1], report.published) if span else None
    return closed if closed and 1 <= closed.length <= _MOST_DAYS else None


def gap(one: Days, other: Days) -> int:
    """Give by how many days two stretches miss each other: 1 for neighbouring days, 0 or fewer where they overlap."""
    return max((other.first - one.last).days, (one.first - other.last).days)


def _closed(first: dt.date | None, last: dt.date | None, published: dt.date | None) -> Days | None:
    if first and last:
        return Days(first, last)
    if first:
        until = published if published and published >= first else _moved(first, _OPEN)
        return Days(first, until)
    return Days(_moved(last, -_OPEN), last) if last else None


def _around(report: Report) -> Days | None:
    if not report.published:
        return None
    after = _AFTER if report.record.status != "happened" else dt.timedelta(0)
    return Days(_moved(report.published, -_BEFORE), _moved(report.published, after), told=False)


def _moved(day: dt.date, by: dt.timedelta) -> dt.date:
    """Give a day moved, or where the calendar ends the day itself."""
    try:
        return day + by
    except OverflowError:
        return day
