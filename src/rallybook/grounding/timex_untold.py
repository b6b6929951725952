"""Days of the week and of the month whose week or month no word tells ("on Friday", "from Monday to Wednesday")."""

from __future__ import annotations

import datetime as dt
import re

from rallybook.grounding.timex_ranges import Read

_FROM_DAY_TO_DAY = re.compile(r"\w+day\b[^,;:.\d]{1,20}?\b\w+day", re.IGNORECASE)
# words beside a day of the week that tell in which week it lies
_WEEK_TOLD = re.compile(
    r"\b(?:last|past|next|this|that|same|coming|upcoming|following|previous|preceding|week|of)\b",
    re.IGNORECASE,
)
_A_MONTH = 31  # days


def is_week_inferred(read: Read, text: str) -> bool:
    """Tell whether a day of the week, or a stretch of such days, was put into a week that no word tells."""
    days = read.rule == "weekday" or (
        read.rule == "range" and _FROM_DAY_TO_DAY.fullmatch(text, read.start, read.end) is not None
    )
    return days and not _WEEK_TOLD.search(text, read.start, read.end)


def is_month_inferred(read: Read, text: str, base: dt.date | None) -> bool:
    """Tell whether a day of the month alone was put into the month beside the day of writing, which no word tells."""
    first = read.value.first
    if read.rule != "nth" or not base or not first or " of " in text[read.start : read.end]:
        return False
    return abs((first - base).days) <= _A_MONTH
