"""Days of the week alone ("on Friday"): in which week they lie the tense suggests, and the status of the act settles.

The tense may be another verb's: "students abandoned their halls on Wednesday and are to return" puts Wednesday ahead.
"""

from __future__ import annotations

import datetime as dt
import re

import msgspec

from rallybook.model.edtf import bounds
from rallybook.model.mention import Timex

_WHOLE_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_WEEK = dt.timedelta(days=7)


def ahead(timex: Timex, published: dt.date) -> Timex:
    """Give a time expression as it dates what is planned: not before the day of publication."""
    first, last = bounds(timex.date.edtf) or (None, None)
    end = last or first
    if not (timex.week_inferred and end and end < published):
        return timex
    return _in_week(timex, _WEEK)


def either_week(timex: Timex, published: dt.date) -> tuple[Timex, ...]:
    """Give a time expression in the week that its tense suggests, and in the other one beside the day of publication.

    "The rally on Friday was called off": it lies ahead or behind.
    """
    first, last = bounds(timex.date.edtf) or (None, None)
    if not (timex.week_inferred and first and last):
        return (timex,)
    return timex, _in_week(timex, _WEEK if last < published else -_WEEK)


def behind(timex: Timex, published: dt.date) -> str:
    """Give the date of a time expression as it dates what was so by the day of publication: not after it."""
    first, _ = bounds(timex.date.edtf) or (None, None)
    if not (timex.week_inferred and first and first > published):
        return timex.date.edtf
    return _moved(timex.date.edtf, -_WEEK)


def _in_week(timex: Timex, by: dt.timedelta) -> Timex:
    moved = msgspec.structs.replace(timex.date, edtf=_moved(timex.date.edtf, by))
    return msgspec.structs.replace(timex, date=moved)


def _moved(edtf: str, by: dt.timedelta) -> str:
    return _WHOLE_DAY.sub(lambda day: (dt.date.fromisoformat(day[0]) + by).isoformat(), edtf)
