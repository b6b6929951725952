"""Stretches whose first and whose last day two time expressions tell ("began on May 9 ... suspended on Monday")."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from itertools import permutations
from typing import NamedTuple

from rallybook.coding.scene import Scene
from rallybook.model.mention import Timex, Trigger

_ONE_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_BEGUN = re.compile(
    r"\b(?:beg[au]n|began|beginning|start(?:ed|s|ing)?|since|from|set\s+(?:out|off|up)|left|launched|called|went\s+on|"
    r"walked\s+out|downed|occupied|seized|blocked|moved\s+in(?:to)?|resumed|broke\s+out|erupted)\b",
    re.IGNORECASE,
)
_ENDED = re.compile(
    r"\b(?:end(?:ed|s|ing)?|until|till|to|lift(?:ed|ing)?|reopen(?:ed|s)|suspend(?:ed|ing|s)?|call(?:ed|ing)\s+off|over|"
    r"finish(?:ed|ing)|clear(?:ed|ing)|return(?:ed|ing)?|went\s+(?:back|home)|reach(?:ed|ing)?|arriv(?:ed|ing|es)|"
    r"dispers(?:ed|ing)|remov(?:ed|ing)|broke(?:n)?\s+up|wound\s+up|left|gave\s+up|given\s+up|still|remained|conclud(?:ed|ing))\b",
    re.IGNORECASE,
)
_REACH = 60
# time expressions nearest to the act that may be an end of it: with more, pairs are many and no better
_NEAREST = 5
# no labelled act of which two expressions tell the ends is longer
_LONGEST = dt.timedelta(days=400)
_WEEK, _TWO_MONTHS = 8, 60


class Stretch(NamedTuple):
    """A stretch of days, the expressions that tell its first and its last one, and what speaks for it."""

    edtf: str
    first: Timex
    last: Timex
    marks: tuple[str, ...]


class _End(NamedTuple):
    """A time expression, the day that it tells, and whether the sentence of the act holds it."""

    timex: Timex
    day: dt.date
    here: bool


def stretches(scene: Scene, trigger: Trigger, nearest: Sequence[tuple[Timex, str]]) -> Iterator[Stretch]:
    """Give the stretches between two days that are told near an act, one of them in its sentence.

    `nearest` are time expressions with the date of each, the nearest first.
    """
    sentence = scene.sentence_at(trigger.start)
    days = [
        _End(timex, dt.date.fromisoformat(edtf), sentence.start <= timex.start < sentence.end)
        for timex, edtf in nearest
        if _ONE_DAY.fullmatch(edtf)
    ]
    for first, last in permutations(days[:_NEAREST], 2):
        if (first.here or last.here) and dt.timedelta(0) < last.day - first.day <= _LONGEST:
            edtf = f"{first.day.isoformat()}/{last.day.isoformat()}"
            yield Stretch(edtf, first.timex, last.timex, _marks(scene, first, last))


def _marks(scene: Scene, first: _End, last: _End) -> tuple[str, ...]:
    begun, ended = _told(scene, first.timex, _BEGUN), _told(scene, last.timex, _ENDED)
    is_news = scene.published is not None and 0 <= (scene.published - last.day).days <= 1
    where = "both here" if first.here and last.here else "first here" if first.here else "last here"
    apart = abs(scene.sentence_at(first.timex.start).number - scene.sentence_at(last.timex.start).number)
    days = (last.day - first.day).days
    own = (
        f"stretch begun={begun} ended={ended}",
        f"stretch in order={first.timex.start < last.timex.start} apart={min(apart, 3)}",
        f"stretch news={is_news}",
        f"stretch of {'days' if days < _WEEK else 'weeks' if days < _TWO_MONTHS else 'months'}",
    )
    return ("stretch", f"stretch {where}", *own, *(f"{where} {mark}" for mark in own))


def _told(scene: Scene, timex: Timex, words: re.Pattern[str]) -> bool:
    start = max(scene.sentence_at(timex.start).start, timex.start - _REACH)
    return words.search(scene.text, start, timex.start) is not None
