"""All dates that an act may have, each with the marks that speak for and against it."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

import msgspec

from rallybook.coding.act_columns import WHEN
from rallybook.coding.clauses import distance
from rallybook.coding.inferred_weeks import ahead, beside, dated
from rallybook.coding.reach import Extent, extent_of
from rallybook.coding.read_marks import mentioned, read_marks
from rallybook.coding.scene import Scene
from rallybook.coding.stretches import stretches
from rallybook.coding.tagged import Tagged, reach_marks, steps
from rallybook.grounding.sentences import Sentence
from rallybook.model.edtf import bounds
from rallybook.model.mention import Timex, Trigger
from rallybook.model.record import Status

_CONTRAST = re.compile(
    r"\b(?:unlike|compared (?:to|with)|in contrast to|reminiscent of|similar to|than)\b", re.IGNORECASE
)
# "several weeks of protests": no single day dates what went on so long
_LASTED = re.compile(r"\b(?:days|nights|weeks|months|years) of\s+(?:[\w-]+\s+){0,2}\Z", re.IGNORECASE)
_LASTED_REACH = 40
_DAY = dt.timedelta(days=1)
# the cost of a time expression of another sentence
_APART = 20.0
# dates that are weighed for one act, the nearest: of 833 labelled articles the one with most tells 25, and in an
# article of nothing but dates each act would be held against each of them
_DATES = 40
_TAGGED = (-5.0, -4.0, -3.0, -2.0, -1.0, 0.0, 1.0, 2.0)
# the words that say which anniversary it is may stand in between, the end of a clause may not
_REMEMBERED = re.compile(r"\banniversar(?:y|ies) of\b[^.;:,]{0,70}\Z")
_REMEMBERED_REACH = 100


class DateChoice(msgspec.Struct, frozen=True):
    """A date that an act may have, empty where the article gives no hold; `timex` is its nearest mention.

    Of a stretch between two expressions it is that of the first day, `last` that of the last one.
    """

    edtf: str
    timex: Timex | None
    marks: tuple[str, ...]
    last: Timex | None = None


def date_choices(scene: Scene, trigger: Trigger, status: Status) -> tuple[DateChoice, ...]:
    """Give the choices of date for the act that a trigger names; the last is: not said."""
    sentence = scene.sentence_at(trigger.start)
    context = (
        f"status={status}",
        f"form={trigger.form}",
        f"verbal={trigger.verbal}",
        f"definite={trigger.definite}",
        f"published={scene.published is not None}",
        f"first={min(sentence.number, 3)}",
    )
    choices: list[DateChoice] = []
    ranked = sorted((_cost(scene, sentence, trigger, timex), n) for n, timex in enumerate(scene.timexes))
    seen: set[str] = set()
    for rank, (cost, n) in enumerate(ranked):
        if len(seen) >= _DATES:
            break
        timex = scene.timexes[n]
        apart = _bounds_another(timex) if cost >= _APART else _set_against(scene, trigger, timex)
        if apart or _is_remembered(scene, timex) or timex.date.edtf in seen:
            continue
        for each in _weeks(timex, status, scene.published):
            seen.add(each.date.edtf)
            marks = _marks(scene, sentence, trigger, each, (cost, rank))
            choices.append(DateChoice(each.date.edtf, each, _crossed(marks, context)))
    days = [(c.timex, dated(c.timex, status, scene.published)) for c in choices if c.timex]
    for stretch in stretches(scene, trigger, days):
        if stretch.edtf not in seen:
            seen.add(stretch.edtf)
            told = _crossed(stretch.marks, context)
            choices.append(DateChoice(stretch.edtf, stretch.first, told, stretch.last))
    if scene.published and scene.published.isoformat() not in seen:
        marks = ["day of publication", f"day of publication timexes={min(len(choices), 3)}"]
        choices.append(DateChoice(scene.published.isoformat(), None, _crossed(marks, context)))
    nothing = ("unknown", f"unknown timexes={min(len(choices), 3)}")
    choices.append(DateChoice("", None, _crossed(nothing, context)))
    if _lasted(scene, trigger):
        choices = [choice for choice in choices if extent_of(choice.edtf) != "day"]
    extents = scene.tagged.extents(trigger.start, trigger.end) if scene.tagged else {}
    choices = [_extended(choice, extents) for choice in choices] if extents else choices
    read = scene.read_at(trigger)
    return tuple(_read(scene, read, trigger, choices) if read else choices)


def _read(
    scene: Scene, read: Tagged, trigger: Trigger, choices: Sequence[DateChoice]
) -> Iterator[DateChoice]:
    """Give choices with what the reader of acts says of the words for them, and of the extent of the act."""
    mentions: dict[str, list[Timex]] = defaultdict(list)
    for timex in scene.timexes:
        mentions[timex.date.edtf].append(timex)
    told_by = [mentioned(_level(c), c.timex, mentions[c.edtf]) for c in choices]
    extents = read.extents(trigger.start, trigger.end)
    for choice, told in zip(choices, read_marks(read, WHEN, told_by), strict=True):
        last = _last_marks(read, choice.last) if choice.last else ()
        known = msgspec.structs.replace(choice, marks=(*choice.marks, *told, *last))
        yield _extended(known, extents, "read extent")


def _last_marks(read: Tagged, last: Timex) -> Sequence[str]:
    """Give how likely the reader of acts finds the words for the last day of a stretch."""
    return steps("read last", read.role(WHEN, last.start, last.end), _TAGGED)


def _level(choice: DateChoice) -> str:
    if choice.last:
        return "stretch"
    return choice.timex.date.granularity if choice.timex else "publication" if choice.edtf else "unknown"


def _lasted(scene: Scene, trigger: Trigger) -> bool:
    start = max(scene.sentence_at(trigger.start).start, trigger.start - _LASTED_REACH)
    return _LASTED.search(scene.text, start, trigger.start) is not None


def _weeks(timex: Timex, status: Status, published: dt.date | None) -> tuple[Timex, ...]:
    """Give a time expression in the weeks in which it may date an act of this status."""
    if published and status == "planned":
        return (ahead(timex, published),)
    if published and status in ("cancelled", "prevented"):
        return beside(timex, published, banned=status == "prevented")
    return (timex,)


def _extended(choice: DateChoice, extents: dict[Extent, float], name: str = "extent") -> DateChoice:
    """Give a choice with the marks that say how likely an act has the extent of its date."""
    extent = extent_of(choice.edtf)
    told = reach_marks(name, extent, extents[extent])
    return msgspec.structs.replace(choice, marks=(*choice.marks, *told))


def _set_against(scene: Scene, trigger: Trigger, timex: Timex) -> bool:
    """Tell whether a word between the two sets one act against another ("unlike the protests of recent weeks")."""
    low, high = min(trigger.end, timex.end), max(trigger.start, timex.start)
    return _CONTRAST.search(scene.text, low, high) is not None


def _is_remembered(scene: Scene, timex: Timex) -> bool:
    """Tell whether an expression dates what an act recalls ("to mark the anniversary of the revolution of 1917")."""
    start = max(scene.sentence_at(timex.start).start, timex.start - _REMEMBERED_REACH)
    return _REMEMBERED.search(scene.text, start, timex.start) is not None


def _bounds_another(timex: Timex) -> bool:
    """Tell whether an expression only says when some act begins or ends ("until spring")."""
    return timex.relation in ("until", "by", "before", "after")


def _cost(scene: Scene, sentence: Sentence, trigger: Trigger, timex: Timex) -> float:
    told = scene.sentence_at(timex.start)
    if told.number == sentence.number:
        base = sentence.start
        return distance(
            scene.words(sentence),
            (trigger.start - base, trigger.end - base),
            (timex.start - base, timex.end - base),
        )
    away = sentence.number - told.number
    return _APART + (3 * away if away > 0 else -4 * away)


def _marks(
    scene: Scene, sentence: Sentence, trigger: Trigger, timex: Timex, standing: tuple[float, int]
) -> list[str]:
    cost, rank = standing
    told = scene.sentence_at(timex.start)
    away = sentence.number - told.number
    marks = [
        f"granularity={timex.date.granularity}",
        f"relation={timex.relation}",
        f"vague={timex.vague} anaphoric={timex.anaphoric} clock={timex.clock}",
        f"offset={offset(scene.published, timex)}",
        f"first timex={timex.start == scene.timexes[0].start}",
        f"known={bool(timex.date.edtf)}",
        f"told in={min(told.number, 3)}",
    ]
    if scene.tagged:
        marks += steps("tagged", scene.tagged.role("date", timex.start, timex.end), _TAGGED)
    if away:
        far = str(abs(away)) if abs(away) <= 3 else "4-6" if abs(away) < 7 else "7+"
        side = "before" if away > 0 else "after"
        same = told.paragraph == sentence.paragraph
        marks += [
            f"{side} {far}",
            f"{side} {far} paragraph={same}",
            f"apart rank={min(rank, 3)}",
            f"apart {timex.date.granularity}",
            f"apart relation={timex.relation}",
            f"apart offset={offset(scene.published, timex)}",
        ]
        return marks
    side = "after" if timex.start >= trigger.end else "before"
    low, high = min(trigger.end, timex.end), max(trigger.start, timex.start)
    others = sum(1 for t in scene.triggers if t is not trigger and low <= t.start and t.end <= high)
    near = next((n for n, bound in enumerate((0.4, 0.9, 1.5, 2.5, 4.0, 6.0)) if cost < bound), 6)
    return [
        *marks,
        f"here {side} {near}",
        f"here rank={min(rank, 3)}",
        f"here others={min(others, 2)} {side}",
        f"here {timex.date.granularity} {'near' if near <= 2 else 'far'}",
        f"here relation={timex.relation}",
    ]


def offset(published: dt.date | None, timex: Timex) -> str:
    """Give where a date lies, seen from the day of publication."""
    span = bounds(timex.date.edtf)
    if published is None or span is None:
        return "unknown"
    first, last = span
    if first is None or last is None:
        return "open"
    if last < published - 30 * _DAY:
        return "long ago"
    if last < published - 7 * _DAY:
        return "past month"
    if last < published - _DAY:
        return "past week"
    if last <= published:
        return "today" if last == published else "yesterday"
    return "ahead" if first > published else "around"


def _crossed(own: list[str] | tuple[str, ...], context: tuple[str, ...]) -> tuple[str, ...]:
    return (*own, *(f"{mark} {other}" for mark in own for other in context))
