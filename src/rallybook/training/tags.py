"""Labelled articles as windows of word pieces with the tags that the tagger is to give them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from rallybook.coding.assemble import assemble
from rallybook.coding.clues import clues
from rallybook.coding.records import records
from rallybook.coding.tagged import ROLES
from rallybook.coding.windows import NOWHERE, Window, windows
from rallybook.evaluation.labelled import as_labelled
from rallybook.evaluation.pairing import pairs
from rallybook.model.record import FORMS, STATUSES
from rallybook.training.corpus import Lesson
from rallybook.training.page import ACT_TAG, FOCUS_TAG, FORM_TAG, ROLE_TAG, STATUS_TAG, UNTOLD, Tags
from rallybook.training.rows import Row

Offsets = tuple[int, int]


class Sheet(NamedTuple):
    """An article to learn from: its name, its file, its windows, and the tags of the pieces of each."""

    name: str
    file: str
    windows: list[Window]
    tags: list[Tags]


def sheet(lesson: Lesson) -> Sheet:
    """Give an article with its tags."""
    scene = lesson.scene
    cut = windows(scene.text, scene.reading.article.title, scene.sentences)
    told = tuple(_told(scene.reading.article.text, lesson.events))
    again = _told_again(lesson)
    return Sheet(scene.reading.article.id, lesson.file, cut, [_tags(lesson, w, told, again) for w in cut])


class _Told(NamedTuple):
    """Words of the article that bear tags: their place, and the tags by column."""

    start: int
    end: int
    tags: dict[int, int]


def _told(text: str, events: Sequence[Row]) -> Iterator[_Told]:
    for event in events:
        trigger = _trigger(text, event)
        if trigger:
            known = {
                ACT_TAG: UNTOLD if event.get("optional") else 1,
                FORM_TAG: FORMS.index(event["form"]),
                STATUS_TAG: STATUSES.index(event["status"]),
                FOCUS_TAG: int(event["focus"] == "focal"),
            }
            yield _Told(*trigger, known)
        for column, role in enumerate(ROLES, ROLE_TAG):
            value = event.get(role) or ()
            for words in [value.get("text")] if isinstance(value, dict) else value:
                yield from _role(text, words, column, trigger[0] if trigger else 0)


def _trigger(text: str, event: Row) -> Offsets | None:
    quote, words = event.get("quote") or "", event.get("trigger") or ""
    at = text.find(quote) if quote else -1
    start = text.find(words, at, at + len(quote)) if words and at >= 0 else -1
    if start < 0 and words:
        start = text.find(words)
    return (start, start + len(words)) if start >= 0 else None


def _role(text: str, words: str | None, column: int, near: int) -> Iterator[_Told]:
    """Tag the words nearest to the trigger; where they stand elsewhere the labels say nothing."""
    found = list(_places(text, words)) if words else []
    best = min(found, key=lambda at: abs(at - near), default=None)
    for at in sorted(found, key=lambda at: at == best):
        yield _Told(at, at + len(words or ""), {column: 1 if at == best else UNTOLD})


def _places(text: str, words: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _told_again(lesson: Lesson) -> list[Offsets]:
    """Give the mentions of acts that are labelled at another mention."""
    acts = assemble(clues(lesson.scene))
    read = [as_labelled(record) for record in records(lesson.scene, acts, at_least=0.0)]
    paired = {number for _, number in pairs(lesson.gold, read)}
    return [(clue.trigger.start, clue.trigger.end) for number in paired for clue in acts[number].clues]


def _tags(lesson: Lesson, window: Window, told: Sequence[_Told], again: Sequence[Offsets]) -> Tags:
    tags: Tags = np.full((len(window.pieces), ROLE_TAG + len(ROLES)), UNTOLD, np.int8)
    span = lesson.scene.reading.span
    for n, (start, end) in enumerate(zip(window.starts, window.ends, strict=True)):
        if start == NOWHERE:
            continue
        tags[n, ACT_TAG] = UNTOLD if any(start < last and end > first for first, last in again) else 0
        tags[n, ROLE_TAG:] = 0
        given = span(start, end)
        for words in told:
            if given.start < words.end and given.end > words.start:
                for column, value in words.tags.items():
                    # what one record leaves untold another may tell
                    if value != UNTOLD or tags[n, column] < 1:
                        tags[n, column] = value
    return tags
