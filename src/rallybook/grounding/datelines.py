"""Datelines: whether a name at the opening of a text tells where the article was sent from."""

from __future__ import annotations

import re

from rallybook.grounding.tokens import shouts

# a dateline stands so near to the opening of its text, and its dash so near to the place
_MARGIN, _OPENING, _LONGEST = 40, 500, 45
_DASH = re.compile(r"(?:\([^)\n]{2,40}\)\s*)?(?:--|[-–—])\s|\s\([A-Z][\w. ]{1,30}\)")
# right behind a name, or behind the land beside it: an agency, a dash, a day
_BEHIND = re.compile(
    r"(?:,\s[A-Z][\w. ]{2,25})?\s*(?:\([A-Z][\w ./]{1,30}\)|[—–]|--?\s|,\s(?:[A-Z][a-z]{2,8}\.?\s\d))"
)
# a sentence, or a headline before the name of its paper: "Vatican deplores violence - Daily News"
_TOLD = re.compile(r"[.!?]\s+[A-Z“\"]|(?<![\w.])(?!(?:de|of|and|the|via)\b)[a-z]{4,}\s(?!\d)")
# what follows a place without a dash: a colon ("MANDYA: Farmers") or a day ("New Delhi, Fri Jan 29 2010, 00:48 hrs")
_HEADING = re.compile(
    r"\s*(?::\s|,\s(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\s)?"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s\d\d?\b)",
    re.IGNORECASE,
)
# the time of a page, and who wrote it, before the place: "02nd October 2015 03:39 AM RAICHUR:"
_STAMP = re.compile(
    r"(?:\d[:.]\d\d\s*(?:(?:am|pm|hrs|[A-Z]{2,4})\b\s*)*|\b(?:19|20)\d\d\s"
    r"|\b(?:Service|Reporter|Correspondent|Bureau|Agencies)\s?:?\s)(?:[A-Z][\w.]+\s){0,4}\Z"
)


def is_dashed(text: str, start: int, end: int) -> bool:
    """Tell whether a name opens a text and a dash or an agency follows: "LONDON (Reuters) -", "Madison, Wis. —"."""
    if start > _MARGIN or text[:start].strip(" \n*"):
        return False
    after = _rest(text, end)
    mark = _DASH.search(after)
    return mark is not None and mark.start() < _LONGEST and not _TOLD.search(after, 0, mark.start())


def ends_dateline(text: str, end: int) -> bool:
    """Tell whether what follows a name right behind it is what follows one in a dateline, wherever it stands."""
    return _BEHIND.match(text, end) is not None


def is_headed(text: str, start: int, end: int) -> bool:
    """Tell whether a colon or a day follows a name that opens a line, is in capitals, or follows a page's time."""
    if start > _OPENING or not _HEADING.match(_rest(text, end)):
        return False
    before = text[:start]
    opens = not before[before.rfind("\n") + 1 :].strip()
    return opens or shouts(text[start:end]) or _STAMP.search(before) is not None


def _rest(text: str, end: int) -> str:
    line_end = text.find("\n", end)
    return text[end : min(end + 2 * _LONGEST, line_end if line_end >= 0 else len(text))]
