"""Which names of places and which time expressions of an article tell where and when a labelled act was."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rallybook.coding.act_columns import READER, WHEN, WHERE
from rallybook.coding.inferred_weeks import ahead, behind, either_week
from rallybook.coding.reach import extent_of
from rallybook.coding.scene import Scene
from rallybook.coding.spots import all_spots
from rallybook.evaluation import dates, places
from rallybook.evaluation.labelled import Labelled, LabelledDate, placed
from rallybook.model.edtf import Bounds, bounds
from rallybook.model.mention import Timex
from rallybook.training.corpus import Lesson, given, trigger_of
from rallybook.training.labels import Told
from rallybook.training.page import ROLE_TAG
from rallybook.training.rows import Row

_WHERE, _WHEN = (ROLE_TAG + READER.roles.index(role) for role in (WHERE, WHEN))


class _Record(NamedTuple):
    """A labelled record, and the words that it quotes for its date."""

    gold: Labelled
    dated: str


def whereabouts(lesson: Lesson, event: Row) -> Iterator[Told]:
    """Give all names of places and all time expressions of an article: each tells it of a record, or does not.

    Records that the same words name ("marches in Bari and Lecce") are asked together.
    """
    act = trigger_of(lesson.scene, event)
    told = [
        _Record(gold, (other.get("date") or {}).get("text") or "")
        for gold, other in zip(lesson.gold, lesson.events, strict=True)
        if other is event or (act and trigger_of(lesson.scene, other) == act)
    ]
    yield from _names(lesson.scene, [one.gold for one in told if one.gold.site.precision])
    yield from _times(lesson.scene, told)


def verb_names(scene: Scene, where: frozenset[tuple[int, int]]) -> Iterator[Told]:
    """Give all names of places of a sentence: each lies in the words for where its marked verb was, or does not."""
    for spot in all_spots(scene):
        start, end = given(scene, spot.start, spot.end)
        yield Told(start, end, {_WHERE: int(any(start < last and end > first for first, last in where))})


def _names(scene: Scene, gold: Sequence[Labelled]) -> Iterator[Told]:
    for spot in all_spots(scene) if gold else ():
        right = any(places.right(record, placed(spot.place)) for record in gold)
        yield Told(*given(scene, spot.start, spot.end), {_WHERE: int(right)})


def _times(scene: Scene, told: Sequence[_Record]) -> Iterator[Told]:
    right = {timex.start for record in told for timex in _tellers(scene, record)}
    for timex in scene.timexes:
        yield Told(*given(scene, timex.start, timex.end), {_WHEN: int(timex.start in right)})


def _tellers(scene: Scene, record: _Record) -> list[Timex]:
    """Give the time expressions that date a record; those of its first and its last day where none tells both."""
    whole = [timex for timex in scene.timexes if _dates(scene, timex, record)]
    ends = bounds(record.gold.edtf)
    if whole or ends is None or extent_of(record.gold.edtf) != "stretch":
        return whole
    return [timex for timex in scene.timexes if _is_end(scene, timex, ends)]


def _is_end(scene: Scene, timex: Timex, ends: Bounds) -> bool:
    found = {bounds(edtf) for edtf in _readings(timex, scene.published)}
    return any(days and days[0] == days[1] and days[0] in ends for days in found)


def _dates(scene: Scene, timex: Timex, record: _Record) -> bool:
    """Tell whether a time expression dates a record; a day that nothing fixes is known by its words."""
    if not record.gold.edtf and record.dated:
        return timex.text in record.dated or record.dated in timex.text
    readings = {edtf for edtf in _readings(timex, scene.published) if edtf}
    return any(dates.right(record.gold, Labelled(date=LabelledDate(edtf))) for edtf in readings)


def _readings(timex: Timex, published: dt.date | None) -> Iterator[str]:
    """Give the dates that an expression may stand for, whatever the status of the act."""
    yield timex.date.edtf
    if published:
        yield ahead(timex, published).date.edtf
        yield behind(timex, published)
        yield from (week.date.edtf for week in either_week(timex, published))
