"""What a labelled record tells and does not quote, tagged where its article tells it: counts, and the response."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from rallybook.coding.act_columns import MET, READER
from rallybook.evaluation.counts import counts_of, is_told
from rallybook.evaluation.labelled import Labelled, LabelledRange, Number
from rallybook.grounding.numbers import fold, quantities
from rallybook.grounding.response import Hit, hits
from rallybook.model.record import RESPONSE_ACTIONS
from rallybook.training.corpus import Lesson, trigger_of
from rallybook.training.labels import Offsets, Told
from rallybook.training.measures import right
from rallybook.training.page import ROLE_TAG, UNTOLD
from rallybook.training.rows import Row

_COLUMN = {role: column for column, role in enumerate(READER.roles, ROLE_TAG)}
# a number as small as this is told of many things: it counts where a word for what befell people stands near
_SMALL, _NEAR = 12, 120


def unquoted(lesson: Lesson, event: Row) -> Iterator[Told]:
    """Give the words of an article that tell of a record what its labels give no words for, with their tags.

    Spans are those of the text as given. Words that may tell it as well as others are left untold.
    """
    gold = msgspec.convert(event, Labelled)
    found = list(hits(lesson.scene.text, fold(lesson.scene.text)))
    act = trigger_of(lesson.scene, event)
    yield from _responses(lesson, gold)
    if act is None:
        return
    for role, count in counts_of(gold).items():
        yield from _counted(lesson, count, found, act, role)
    if gold.response is not None:
        actions = gold.response.actions or ()
        met = {_COLUMN[name]: int(a in actions) for name, a in zip(MET, RESPONSE_ACTIONS, strict=True)}
        yield _told(lesson, *act, met)


def _told(lesson: Lesson, start: int, end: int, tags: dict[int, int]) -> Told:
    span = lesson.scene.reading.span(start, end)
    return Told(span.start, span.end, tags)


def _responses(lesson: Lesson, gold: Labelled) -> Iterator[Told]:
    """Give what the authorities did at an act, where it is found."""
    for mention in lesson.scene.responses:
        told = right(mention, gold)
        if told and all(told.values()):
            yield _told(lesson, mention.start, mention.end, {_COLUMN["response"]: 1})


def _counted(
    lesson: Lesson, count: LabelledRange, found: Sequence[Hit], act: Offsets, role: str
) -> Iterator[Told]:
    """Give the words of a count nearest to the act, or of both its ends; elsewhere they may tell it, too.

    The words of a size are quoted: of it those of another source are told here.
    """
    if not is_told(count) or count.high == 0 or (role == "size" and count.low == count.high):
        return
    ends = {(end, end) for end in (count.low, count.high) if end} if count.low != count.high else set()
    alike = [hit for hit in found if hit.action == role]
    for low, high in sorted({(count.low, count.high), *ends}, key=str):
        spans = _numbers(lesson, (low, high), alike) or [
            (hit.start, hit.end) for hit in alike if (hit.amount.low, hit.amount.high) == (low, high)
        ]
        best = min(spans, key=lambda span: abs(span[0] - act[0]), default=None)
        for span in sorted(spans, key=lambda span: span == best):
            yield _told(lesson, *span, {_COLUMN[role]: 1 if span == best else UNTOLD})


def _numbers(
    lesson: Lesson, ends: tuple[Number | None, Number | None], alike: Sequence[Hit]
) -> list[Offsets]:
    """Give the numbers of a text with these ends: those beside a word for what befell people, or else all."""
    spans = [
        (one.start, one.end)
        for one in quantities(lesson.scene.text)
        if (one.count.low, one.count.high) == ends and not one.year
    ]
    near = [span for span in spans if any(abs(hit.start - span[0]) < _NEAR for hit in alike)]
    return near or [span for span in spans if (ends[0] or ends[1] or 0) > _SMALL]
