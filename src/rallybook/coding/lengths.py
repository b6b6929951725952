"""Stretches that a length tells from their last or first day ("ended a two-day walkout on Friday")."""

from __future__ import annotations

import datetime as dt
import re

from rallybook.coding.scene import Scene
from rallybook.grounding.calendar_rules import shifted
from rallybook.grounding.number_words import number
from rallybook.grounding.sentences import Sentence
from rallybook.model.mention import Trigger
from rallybook.model.record import Status

_MANY = r"([a-z]+(?:-[a-z]+)?|\d+)"
_LENGTH = re.compile(rf"\b{_MANY}-(day|night|hour|week)(?:-long)?\b", re.IGNORECASE)
# a length stands before the words that name its act, with a few between ("a two-day unofficial walkout")
_BEFORE = 60
_BETWEEN = re.compile(r"(?:[\s-]+[\w'’-]+){0,3}\s*\Z")
# a phrase that begins so is no part of one with the words before it ("after a three-day trial bakers went on strike")
_VERB = re.compile(
    r"(?:went|go(?:es|ing)?|held|hold(?:s|ing)?|stag(?:ed?|es|ing)|took|takes?|walked|put|set)\b",
    re.IGNORECASE,
)
_ENDED = re.compile(
    r"\b(?:end(?:ed|s|ing)?|lift(?:ed|ing)?|reopened|suspend(?:ed|ing)|conclud(?:ed|ing)|finish(?:ed|ing)|"
    r"complet(?:ed|ing)|wound up|after)\b",
    re.IGNORECASE,
)
_ENDED_REACH = 60
# what goes on from the day on which it began ("moved in on May 2 and lived there for 31 days"); of what "has lasted"
# five weeks the last day is told. In labelled articles eight that had one day alone are right so, none is wrong
_WENT_ON = re.compile(
    r"(?<!has )(?<!have )(?<!had )(?<!now )\b(?:(?:stay(?:ed)?|lived|camped|remained|slept|lasted|went\s+on|held\s+out|"
    r"(?:did|would)\s+not\s+(?:let\s+go|move|leave|return|yield)|kept\s+(?:it|them)(?:\s+[a-z]+)?)"
    r"(?:\s+[\w’'-]+){0,3}?\s+(?:for\s+)?|\bthis\s+time\s+for\s+|\bthat\s+time\s+for\s+)"
    rf"{_MANY}\s+(day|night|week)s\b",
    re.IGNORECASE,
)
_STRAIGHT = re.compile(rf"(?:\s+again)?\s+for\s+{_MANY}\s+(day|night|week)s\b", re.IGNORECASE)
_PERFECT = re.compile(r"\b(?:has|have|had|been|having)\s+(?:[\w’'-]+\s+)?\Z", re.IGNORECASE)
_HOURS, _DAYS = 24, {"day": 1, "night": 1, "week": 7}
_LONGEST = 60  # days


def lasting(scene: Scene, trigger: Trigger, day: dt.date, status: Status) -> tuple[dt.date, dt.date] | None:
    """Give the first and the last day of an act that a day and a length tell; None where they tell no stretch.

    The day is the last one of what is told to have ended, the first of what is planned or went on; of others neither is
    sure.
    """
    sentence = scene.sentence_at(trigger.start)
    start = max(sentence.start, trigger.start - _BEFORE)
    told = [m for m in _LENGTH.finditer(scene.text, start, trigger.end) if _names(scene.text, m, trigger)]
    if not told:
        return _going_on(scene, trigger, day, sentence)
    days = _days(told[-1])
    if days is None:
        return None
    if status == "planned":
        return _on_from(day, days)
    at = told[-1].start()
    ended = _ENDED.search(scene.text, max(sentence.start, at - _ENDED_REACH), at)
    first = shifted(day, 1 - days) if ended and status == "happened" else None
    return (first, day) if first else None


def _going_on(
    scene: Scene, trigger: Trigger, day: dt.date, sentence: Sentence
) -> tuple[dt.date, dt.date] | None:
    """Give the stretch of what began on a day and then went on so long."""
    if _PERFECT.search(scene.text, sentence.start, trigger.start):
        return None
    length = _STRAIGHT.match(scene.text, trigger.end) or _WENT_ON.search(
        scene.text, trigger.end, sentence.end
    )
    days = _days(length) if length else None
    return _on_from(day, days) if days else None


def _on_from(day: dt.date, days: int) -> tuple[dt.date, dt.date] | None:
    last = shifted(day, days - 1)
    return (day, last) if last else None


def _names(text: str, length: re.Match[str], trigger: Trigger) -> bool:
    """Tell whether a length is that of the act which a trigger names: before it in one phrase, or part of it."""
    if length.end() > trigger.start:
        return True
    is_noun = not trigger.verbal and not _VERB.match(trigger.text)
    return is_noun and bool(_BETWEEN.fullmatch(text, length.end(), trigger.start))


def _days(length: re.Match[str]) -> int | None:
    many = number(length[1].lower())
    if many is None or many.low != many.high:
        return None
    unit = length[2].lower()
    days, rest = divmod(many.low, _HOURS) if unit == "hour" else (many.low * _DAYS[unit], 0)
    return days if not rest and 1 < days <= _LONGEST else None
