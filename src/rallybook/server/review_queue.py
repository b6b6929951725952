"""Which events most need a person: those the coder is unsure of, large ones, those whose sources or judges differ."""

from __future__ import annotations

import heapq
import math
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Literal

import msgspec

from rallybook.book.judgements import disagreements
from rallybook.model.decision import Decision, verdicts
from rallybook.model.event import Event
from rallybook.model.question import Question
from rallybook.ports import Book
from rallybook.server.shown import Brief, brief

Reason = Literal["people", "unsure", "large", "sizes", "statuses"]
# a page of work; the next is asked for when these are done
SHOWN = 50
# an event takes some 0.1 ms to read: about two seconds in all
_LOOKED_AT = 20_000
# below these odds a value is looked at; as many of 100 are wrong as a reader would notice
_UNSURE = 0.75
# from here on a count is news of its own, and an error in it is seen by all
_LARGE = 10_000
# the largest claim so many times the smallest: more than rounding
_APART = 3.0
# what people disagree on comes before all that nobody has looked at
_WEIGHTS: dict[Reason, float] = {"people": 5.0, "sizes": 1.0, "statuses": 1.0, "large": 0.8, "unsure": 1.0}
_DID_NOT = frozenset({"cancelled", "prevented", "denied"})


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """An event that waits for a person, how much it needs one, and why."""

    event: Brief
    need: float
    why: tuple[Reason, ...]


def waiting(book: Book, asked: Question, *, by: str = "", limit: int = SHOWN) -> tuple[Waiting, ...]:
    """Give the events that need a person most, of those that fulfil a question.

    Nobody has judged them yet, or two people judged them differently and no adjudicator has decided. What the person
    `by` skipped waits for others.
    """
    needing = heapq.nlargest(limit, _waiting(book, asked, by), key=lambda found: (found.need, found.event.id))
    return tuple(needing)


def queued(book: Book) -> int:
    """Give how many events need a person for a reason, of as many as `waiting` looks at."""
    return sum(bool(found.why) for found in _waiting(book, Question(), ""))


def _waiting(book: Book, asked: Question, by: str) -> Iterator[Waiting]:
    """Give the events that wait for a person, in their order."""
    decided = book.decisions()
    disputed, judged = _disputed(decided), _judged(decided)
    skipped = {record for one in skips(decided, by).values() for record in one.records}
    out = (judged - disputed) | skipped
    looked_at = book.events(msgspec.structs.replace(asked, limit=_LOOKED_AT))
    open_ = (event for event in looked_at if not any(telling.record in out for telling in event.records))
    yield from _needs(open_, disputed)


def skips(decided: Sequence[Decision], by: str) -> dict[tuple[str, ...], Decision]:
    """Give what a person skipped and did not take back, by the records."""
    newest = {one.records: one for one in decided if one.kind == "skip" and one.by == by}
    return {records: one for records, one in newest.items() if one.value is not False}


def _judged(decided: Sequence[Decision]) -> set[str]:
    """Give the records that somebody has judged; a judgement that was taken back is none."""
    settled = verdicts(decided)
    shaped = {
        record for one in decided if one.kind in ("same", "different", "correct") for record in one.records
    }
    return shaped | settled.keys()


def _disputed(decided: Sequence[Decision]) -> set[str]:
    """Give the records that two people judged differently, where no adjudicator has decided."""
    settled = {(_about(one), record) for one in decided if one.final for record in one.records}
    told = (one.holds for one in disagreements(decided))
    return {record for one in told for record in one.records if (_about(one), record) not in settled}


def _about(decision: Decision) -> str:
    """Give what of records a decision judges: a field of their event, whether they tell one, or the same one."""
    if decision.kind == "correct":
        return decision.field.partition(".")[0]
    return "event" if decision.kind in ("reject", "restore") else "link"


def _needs(events: Iterable[Event], disputed: Collection[str]) -> Iterator[Waiting]:
    for event in events:
        told: dict[Reason, float] = {}
        if any(telling.record in disputed for telling in event.records):
            told["people"] = 1.0
        told |= dict(reasons(event))
        need = sum(_WEIGHTS[reason] * strength for reason, strength in told.items())
        yield Waiting(event=brief(event), need=round(need, 3), why=tuple(told))


def reasons(event: Event) -> Iterator[tuple[Reason, float]]:
    """Give why an event needs a person, each with a strength of 0 to 1."""
    unsure = [1 - chance for chance in event.confidence.values() if chance < _UNSURE]
    if unsure:
        yield "unsure", max(unsure)
    statuses = {change.status for change in event.status_history}
    if "happened" in statuses and statuses & _DID_NOT:
        yield "statuses", 1.0
    size = event.size.low or event.size.high or 0
    if size >= _LARGE:
        yield "large", min(math.log10(size) / 7, 1.0)
    counts = [claim.low or claim.high or 0 for claim in event.claims_of_size]
    counts = [count for count in counts if count]
    if counts and max(counts) >= _APART * min(counts):
        yield "sizes", min(math.log10(max(counts) / min(counts)) / 2, 1.0)
