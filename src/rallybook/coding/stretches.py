"""Stretches whose first and whose last day two time expressions tell ("began on May 9 ... suspended on Monday")."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from itertools import permutations
from typing import NamedTuple

from rallybook.coding.scene import Scene
from rallybook.model.edtf import DAY
from rallybook.model.mention import Timex, Trigger

_BEGUN = re.compile(
    r"\b(?:beg[au]n|beginning|start(?:ed|s|ing)?|since|from|set\s+(?:out|off|up)|left|launched|called|went\s+on|"
    r"walked\s+out|downed|occupied|seized|blocked|moved\s+in(?:to)?|resumed|broke\s+out|erupted)\b",
    re.IGNORECASE,
)
_ENDED = re.compile(
    r"\b(?:end(?:ed|s|ing)?|until|till|to|lift(?:ed|ing)?|reopen(?:ed|s)|suspend(?:ed|ing|s)?|call(?:ed|ing)\s+off|over|"
    r"finish(?:ed|ing)|clear(?:ed|ing)|return(?:ed|ing)?|went\s+(?:back|home)|reach(?:ed|ing)?|arriv(?:ed|ing|es)|"
    r"dispers(?:ed|ing)|remov(?:ed|ing)|broken?\s+up|wound\s+up|left|gave\s+up|given\s+up|still|remained|conclud(?:ed|ing))\b",
    re.IGNORECASE,
)
_REACH = 60
# time expressions nearest to the act that may be an end of it: at most ten pairs
_NEAREST = 5
# of 412 labelled stretches whose ends an article tells all but one are at most 148 days long
_LONGEST = dt.timedelta(days=400)
# a stretch of fewer days is told in days, in weeks, or else in months
_IN_DAYS, _IN_WEEKS = 8, 60


class Stretch(NamedTuple):
    """A stretch of days, the expressions that tell its first and its last one, and what speaks for it."""

    edtf: str
    first: Timex
    last: Timex
    marks: tuple[str, ...]


class _End(NamedTuple):
    """A time expression and the day that it tells; whether the sentence of the act holds it, and words before it.

    `sentence` is the number of its own sentence; `begun` and `ended`: such a word stands before it there.
    """

    timex: Timex
    day: dt.date
    here: bool
    sentence: int
    begun: bool
    ended: bool


def stretches(scene: Scene, trigger: Trigger, nearest: Sequence[tuple[Timex, str]]) -> Iterator[Stretch]:
    """Give the stretches between two days that are told near an act, one of them in its sentence.

    `nearest` are time expressions with the date of each, the nearest first.
    """
    number = scene.sentence_at(trigger.start).number
    days = [(timex, day) for timex, edtf in nearest if (day := _only_day(timex, edtf))]
    for first, last in permutations([_end(scene, number, *day) for day in days[:_NEAREST]], 2):
        if first.timex.relation == "until":
            continue
        if (first.here or last.here) and dt.timedelta(0) < last.day - first.day <= _LONGEST:
            edtf = f"{first.day.isoformat()}/{last.day.isoformat()}"
            yield Stretch(edtf, first.timex, last.timex, _marks(scene.published, first, last))


def _only_day(timex: Timex, edtf: str) -> dt.date | None:
    """Give the day of a date, or the last one of what goes on until it; None where that is no day."""
    day = edtf.rpartition("/")[2] if timex.relation == "until" else edtf
    return dt.date.fromisoformat(day) if DAY.fullmatch(day) else None


def _end(scene: Scene, number: int, timex: Timex, day: dt.date) -> _End:
    sentence = scene.sentence_at(timex.start)
    before = scene.text[max(sentence.start, timex.start - _REACH) : timex.start]
    begun, ended = _BEGUN.search(before) is not None, _ENDED.search(before) is not None
    return _End(timex, day, sentence.number == number, sentence.number, begun, ended)


def _marks(published: dt.date | None, first: _End, last: _End) -> tuple[str, ...]:
    is_news = published is not None and 0 <= (published - last.day).days <= 1
    where = "both here" if first.here and last.here else "first here" if first.here else "last here"
    apart = abs(first.sentence - last.sentence)
    days = (last.day - first.day).days
    own = (
        f"stretch begun={first.begun} ended={last.ended}",
        f"stretch in order={first.timex.start < last.timex.start} apart={min(apart, 3)}",
        f"stretch news={is_news}",
        f"stretch of {'days' if days < _IN_DAYS else 'weeks' if days < _IN_WEEKS else 'months'}",
    )
    return ("stretch", f"stretch {where}", *own, *(f"{where} {mark}" for mark in own))
