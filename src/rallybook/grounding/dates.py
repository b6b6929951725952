"""Dates of a text: its time expressions, each with the days it stands for."""

from __future__ import annotations

import datetime as dt
import re

from rallybook.grounding.timexes import State, find, resolve
from rallybook.model.mention import Timex
from rallybook.model.reading import Reading
from rallybook.model.values import DateRange

_OPENING = re.compile(
    r"\b(since|from|starting|beginning|until|till|before|after|by|between)\s+(?:the\s+)?\Z", re.IGNORECASE
)
_HEAD = 1500
_HEADER_LINE = re.compile(
    r"^[ \t]*(?:(?:posted|published|updated|last updated|date|dated)\s*:?\s*(?:on\s+)?)?[^\n]{0,40}\Z",
    re.IGNORECASE,
)


def timexes(reading: Reading) -> tuple[Timex, ...]:
    """Give the time expressions of a text in their order, durations and sets of times left out.

    Each is resolved against the day of publication; where that is not known, against the first whole date
    that the text tells. What stays unknown has an empty `date.edtf`.
    """
    text = reading.text
    state = State(text, reading.article.published or dateline_date(reading))
    out: list[Timex] = []
    for found in find(text):
        value = resolve(found, state)
        if value is None:
            continue
        if value.first and value.last:
            state.previous = value
            if state.base is None and value.granularity == "day" and not value.yearless:
                state.base = value.first
        relation = _relation(text, found.start)
        edtf, granularity = value.edtf, value.granularity
        if relation == "since" and value.first and not value.yearless and "/" not in edtf:
            edtf, granularity = f"{edtf}/..", "interval"
        if value.yearless or not value.first:
            granularity = "partial"
        out.append(
            Timex(
                start=found.start,
                end=found.end,
                text=text[found.start : found.end],
                date=DateRange(edtf, granularity),
                relation=relation,
            )
        )
    return tuple(out)


def _relation(text: str, start: int) -> str:
    before = _OPENING.search(text[max(0, start - 16) : start])
    if not before:
        return "on"
    word = before[1].lower()
    return {"from": "since", "starting": "since", "beginning": "since", "till": "until"}.get(word, word)


def dateline_date(reading: Reading) -> dt.date | None:
    """Give the day told in a header line or dateline; None where there is none.

    A header line is a date alone on its line, or with "Posted:" or the like before it; a dateline stands
    between the place and the agency before the first sentence.
    """
    head = reading.text[:_HEAD]
    state = State(head, None)
    for found in find(head):
        if found.rule not in ("date", "iso", "numeric"):
            continue
        value = resolve(found, state)
        if value is None or value.first is None or value.yearless:
            continue
        line_start = head.rfind("\n", 0, found.start) + 1
        line_end = head.find("\n", found.end)
        line_end = len(head) if line_end < 0 else line_end
        before, after = head[line_start : found.start], head[found.end : line_end]
        if len(before) <= 40 and len(after.strip()) <= 20 and _HEADER_LINE.match(before):
            return value.first
    return None
