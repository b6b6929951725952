"""Labelled articles as windows of word pieces with the tags that the tagger is to give them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rallybook.coding.coreference import acts_of
from rallybook.coding.records import records
from rallybook.coding.tagged import ROLES, TAGGER
from rallybook.coding.windows import Window, windows
from rallybook.evaluation.labelled import as_labelled
from rallybook.evaluation.pairing import pairs
from rallybook.training.corpus import Lesson
from rallybook.training.labels import Offsets, Told, act_tags, act_words, role_words, tags_of
from rallybook.training.page import Tags


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
    told, again = tuple(_told(lesson)), told_again(lesson)
    tags = [tags_of(w, scene.reading, told, roles=len(ROLES), unsaid=again) for w in cut]
    return Sheet(scene.reading.article.id, lesson.file, cut, tags)


def _told(lesson: Lesson) -> Iterator[Told]:
    text = lesson.scene.reading.article.text
    for event in lesson.events:
        words = act_words(text, event)
        if words:
            yield Told(*words, act_tags(event, TAGGER))
        yield from role_words(text, event, TAGGER)


def told_again(lesson: Lesson) -> list[Offsets]:
    """Give the mentions of acts that are labelled at another mention."""
    acts = acts_of(lesson.scene)
    read = [as_labelled(record) for record in records(lesson.scene, acts, at_least=0.0)]
    paired = {number for _, number in pairs(lesson.gold, read)}
    return [(clue.trigger.start, clue.trigger.end) for number in paired for clue in acts[number].clues]
