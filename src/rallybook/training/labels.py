"""The words of a labelled record where they stand in its article, and the tags that they bear."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from rallybook.coding.columns import Columns
from rallybook.coding.reach import extent_of, scale_of
from rallybook.coding.windows import NOWHERE, Window
from rallybook.model.reading import Reading
from rallybook.training.page import (
    ACT_TAG,
    EXTENT_TAG,
    FOCUS_TAG,
    FORM_TAG,
    ROLE_TAG,
    SCALE_TAG,
    STATUS_TAG,
    UNTOLD,
    Tags,
)
from rallybook.training.rows import Row

Offsets = tuple[int, int]


class Told(NamedTuple):
    """Words of an article that bear tags: their place, and the tags by column."""

    start: int
    end: int
    tags: dict[int, int]


def act_tags(event: Row, columns: Columns) -> dict[int, int]:
    """Give the tags of the words that name a labelled act; what the record leaves out is untold."""
    known = {ACT_TAG: UNTOLD if event.get("optional") else 1, FORM_TAG: columns.forms.index(event["form"])}
    if event.get("status"):
        known[STATUS_TAG] = columns.statuses.index(event["status"])
    if event.get("focus"):
        known[FOCUS_TAG] = int(event["focus"] == "focal")
    return known | _reach_tags(event, columns)


def _reach_tags(event: Row, columns: Columns) -> dict[int, int]:
    known: dict[int, int] = {}
    place, date = event.get("place") or {}, event.get("date") or {}
    if columns.scales and place.get("precision"):
        known[SCALE_TAG] = columns.scales.index(scale_of(place["precision"]))
    # words without a date are a weekday that no day of publication fixes: they do not say how long the act lasted
    if columns.extents and (date.get("edtf") or not date.get("text")):
        known[EXTENT_TAG] = columns.extents.index(extent_of(date.get("edtf") or ""))
    return known


def role_words(text: str, event: Row, columns: Columns) -> Iterator[Told]:
    """Give the words that play a role in a labelled act, and where else they stand."""
    near = (act_words(text, event) or (0, 0))[0]
    for column, role in enumerate(columns.roles, ROLE_TAG):
        value = event.get(role) or ()
        for words in [value.get("text")] if isinstance(value, dict) else value:
            yield from _role(text, words, column, near)


def act_words(text: str, event: Row) -> Offsets | None:
    """Give where the words that name a labelled act stand in its article: in the quote, or else anywhere."""
    quote, words = event.get("quote") or "", event.get("trigger") or ""
    at = text.find(quote) if quote else -1
    start = text.find(words, at, at + len(quote)) if words and at >= 0 else -1
    if start < 0 and words:
        start = text.find(words)
    return (start, start + len(words)) if start >= 0 else None


def _role(text: str, words: str | None, column: int, near: int) -> Iterator[Told]:
    """Tag the words nearest to the act; where they stand elsewhere the labels say nothing."""
    found = list(_places(text, words)) if words else []
    best = min(found, key=lambda at: abs(at - near), default=None)
    for at in sorted(found, key=lambda at: at == best):
        yield Told(at, at + len(words or ""), {column: 1 if at == best else UNTOLD})


def _places(text: str, words: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def tags_of(
    window: Window,
    reading: Reading,
    told: Iterable[Told],
    *,
    roles: int,
    unsaid: Sequence[Offsets] | None = (),
    asked: Sequence[int] = (),
) -> Tags:
    """Give the tags of the pieces of a window: none but those told, and at `unsaid` (of the reading) no act or none.

    `unsaid` None: nowhere is it said whether there is an act. Of the columns `asked` nothing is said but what is told.
    """
    tags: Tags = np.full((len(window.pieces), ROLE_TAG + roles), UNTOLD, np.int8)
    closed = [column for column in range(ROLE_TAG, ROLE_TAG + roles) if column not in asked]
    known = tuple(told)
    for n, (start, end) in enumerate(zip(window.starts, window.ends, strict=True)):
        if start == NOWHERE:
            continue
        tags[n, closed] = 0
        if unsaid is not None and not any(start < last and end > first for first, last in unsaid):
            tags[n, ACT_TAG] = 0
        given = reading.span(start, end)
        for words in known:
            if given.start < words.end and given.end > words.start:
                for column, value in words.tags.items():
                    # what one record leaves untold another may tell
                    if value != UNTOLD or tags[n, column] < 1:
                        tags[n, column] = value
    return tags
