"""Labelled acts as windows in which one act is marked, with the tags that a reader of acts is to give them."""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from rallybook.coding.act_columns import MET, WHEN, WHERE
from rallybook.coding.act_windows import MARKED, act_window
from rallybook.coding.columns import Columns
from rallybook.coding.coreference import acts_of
from rallybook.coding.scene import Scene
from rallybook.coding.windows import Window
from rallybook.training.corpus import trigger_of
from rallybook.training.labels import Offsets, Told, act_tags, role_words, tags_of
from rallybook.training.page import ACT_TAG, ROLE_TAG, UNTOLD, Page
from rallybook.training.rows import Row


class _Labels(NamedTuple):
    """What is known of an act: the words that play a role in it, and the tags of those that name it."""

    words: tuple[Told, ...]
    act: dict[int, int]


Also = Callable[[Row], Iterable[Told]]
# of these columns nothing is known but what is told
_ASKED = frozenset((*MET, WHERE, WHEN))


def act_pages(
    scene: Scene,
    events: Sequence[Row],
    columns: Columns,
    *,
    weight: float = 1.0,
    also: Also = lambda _: (),
) -> Iterator[Page]:
    """Give a page for each labelled act of an article, and for as many mentions of what is none (one at least).

    Acts whose trigger words do not stand in their quote are left out. `also` gives the words that play a role in a
    record beside those that it quotes.
    """
    told = [(act, event) for event in events if (act := trigger_of(scene, event))]
    for act, event in told:
        words = (*role_words(scene.reading.article.text, event, columns), *also(event))
        yield _act_page(scene, act, _Labels(words, act_tags(event, columns)), columns, weight)
    others = _others(scene, [act for act, _ in told])
    # the same ones each time, whatever was read before
    random.Random(zlib.crc32(scene.reading.article.id.encode())).shuffle(others)  # noqa: S311 - no secret
    for act in others[: max(1, len(told))]:
        yield _no_act_page(scene, act, columns, weight)


def _act_page(scene: Scene, act: Offsets, told: _Labels, columns: Columns, weight: float) -> Page:
    window = _window(scene, act)
    asked = [column for column, role in enumerate(columns.roles, ROLE_TAG) if role in _ASKED]
    tags = tags_of(window, scene.reading, told.words, roles=len(columns.roles), unsaid=None, asked=asked)
    marked = [n for n, kind in enumerate(window.shapes) if kind >= MARKED]
    for column, value in told.act.items():
        tags[marked, column] = value
    return Page(window, tags, weight)


def _no_act_page(scene: Scene, act: Offsets, columns: Columns, weight: float) -> Page:
    window = _window(scene, act)
    tags = tags_of(window, scene.reading, (), roles=len(columns.roles), unsaid=None)
    tags[:, ROLE_TAG:] = UNTOLD
    tags[[n for n, kind in enumerate(window.shapes) if kind >= MARKED], ACT_TAG] = 0
    return Page(window, tags, weight)


def _window(scene: Scene, act: Offsets) -> Window:
    return act_window(scene.text, scene.reading.article.title, scene.sentences, act)


def _others(scene: Scene, told: Sequence[Offsets]) -> list[Offsets]:
    """Give the mentions of acts that are none of the labelled ones, nor tell one of these again."""
    found: list[Offsets] = []
    for act in acts_of(scene):
        mentions = [(clue.trigger.start, clue.trigger.end) for clue in act.clues]
        if not any(start < last and end > first for start, end in mentions for first, last in told):
            found += dict.fromkeys(mentions)
    return found
