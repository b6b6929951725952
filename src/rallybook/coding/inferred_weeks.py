"""Days of the week or of the month alone ("on Friday", "on the 12th"), which the status of the act puts into one.

In which week or month they lie the tense suggests.
The tense may be another verb's: "students abandoned their halls on Wednesday and are to return" puts Wednesday ahead.
"""

from __future__ import annotations

import datetime as dt

import msgspec

from rallybook.grounding.calendar_rules import add_months
from rallybook.model.edtf import DAY, bounds
from rallybook.model.mention import Timex
from rallybook.model.record import Status

# what was so by the day of publication
_BEHIND: tuple[Status, ...] = ("happened", "denied")
# days by which the other week must be nearer: two days ago against in five, not three against four
_NEARER = 1


def ahead(timex: Timex, published: dt.date) -> Timex:
    """Give a time expression as it dates what is planned: it does not begin before the day of publication."""
    first, last = bounds(timex.date.edtf) or (None, None)
    begins = first or last
    return _on(timex, 1) if _is_inferred(timex) and begins and begins < published else timex


def either_week(timex: Timex, published: dt.date) -> tuple[Timex, ...]:
    """Give a time expression in the week that its tense suggests, and in the other one beside the day of publication.

    "The rally on Friday was called off": it lies ahead or behind. Of a day of the month it is the month.
    """
    first, last = bounds(timex.date.edtf) or (None, None)
    if not (_is_inferred(timex) and first and last):
        return (timex,)
    return timex, _on(timex, 1 if last < published else -1)


def beside(timex: Timex, published: dt.date, *, banned: bool = False) -> tuple[Timex, ...]:
    """Give a time expression in the weeks in which it may date what did not come about: the nearer one, or both.

    Of what was `banned` on the spot that is the past one, if the coming one is not much nearer.
    """
    weeks = sorted(either_week(timex, published), key=lambda week: _away(week, published))
    if len(weeks) > 1 and _away(weeks[0], published) + _NEARER < _away(weeks[1], published):
        return (weeks[0],)
    return (min(weeks, key=_day),) if banned else tuple(weeks)


def dated(timex: Timex, status: Status, published: dt.date | None) -> str:
    """Give the date of a time expression as it dates an act of this status."""
    return behind(timex, published) if published and status in _BEHIND else timex.date.edtf


def behind(timex: Timex, published: dt.date) -> str:
    """Give the date of a time expression as it dates what was so by the day of publication: not after it."""
    first, _ = bounds(timex.date.edtf) or (None, None)
    late = _is_inferred(timex) and first and first > published
    return past(timex) if late else timex.date.edtf


def past(timex: Timex) -> str:
    """Give the date of a time expression in the week before the one in which it lies, or the month."""
    return _on(timex, -1).date.edtf


def _day(timex: Timex) -> dt.date:
    return timex.date.first or dt.date.max


def _away(timex: Timex, published: dt.date) -> int:
    return abs((_day(timex) - published).days)


def _is_inferred(timex: Timex) -> bool:
    return timex.week_inferred or timex.month_inferred


def _on(timex: Timex, steps: int) -> Timex:
    """Give a time expression so many weeks on, of a day of the month so many months."""

    def moved(day: dt.date) -> dt.date:
        return (add_months(day, steps) or day) if timex.month_inferred else day + dt.timedelta(weeks=steps)

    edtf = DAY.sub(lambda day: moved(dt.date.fromisoformat(day[0])).isoformat(), timex.date.edtf)
    return msgspec.structs.replace(timex, date=msgspec.structs.replace(timex.date, edtf=edtf))
