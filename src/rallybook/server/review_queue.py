"""Which events most need a person: those the coder is unsure of, large ones, those whose sources differ."""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec

from rallybook.model.event import Event
from rallybook.model.question import Question
from rallybook.ports import Book
from rallybook.server.shown import Brief, brief

Reason = Literal["unsure", "large", "sizes"]
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
_WEIGHTS: dict[Reason, float] = {"sizes": 1.0, "large": 0.8, "unsure": 1.0}


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """An event that waits for a person, how much it needs one, and why."""

    event: Brief
    need: float
    why: tuple[Reason, ...]


def waiting(book: Book, asked: Question, *, limit: int = SHOWN) -> tuple[Waiting, ...]:
    """Give the events that need a person most, of those that fulfil a question and that nobody has judged yet."""
    judged = {record for decision in book.decisions() for record in decision.records}
    looked_at = book.events(msgspec.structs.replace(asked, limit=_LOOKED_AT))
    open_ = (event for event in looked_at if not any(telling.record in judged for telling in event.records))
    needing = heapq.nlargest(limit, _needs(open_), key=lambda found: (found.need, found.event.id))
    return tuple(needing)


def queued(book: Book) -> int:
    """Give how many events need a person and were judged by nobody, of as many as `waiting` looks at."""
    judged = {record for decision in book.decisions() for record in decision.records}
    return sum(
        not any(telling.record in judged for telling in event.records) and any(reasons(event))
        for event in book.events(Question(limit=_LOOKED_AT))
    )


def _needs(events: Iterable[Event]) -> Iterator[Waiting]:
    for event in events:
        told = dict(reasons(event))
        need = sum(_WEIGHTS[reason] * strength for reason, strength in told.items())
        yield Waiting(event=brief(event), need=round(need, 3), why=tuple(told))


def reasons(event: Event) -> Iterator[tuple[Reason, float]]:
    """Give why an event needs a person, each with a strength of 0 to 1."""
    unsure = [1 - chance for chance in event.confidence.values() if chance < _UNSURE]
    if unsure:
        yield "unsure", max(unsure)
    size = event.size.low or event.size.high or 0
    if size >= _LARGE:
        yield "large", min(math.log10(size) / 7, 1.0)
    counts = [claim.low or claim.high or 0 for claim in event.claims_of_size]
    counts = [count for count in counts if count]
    if counts and max(counts) >= _APART * min(counts):
        yield "sizes", min(math.log10(max(counts) / min(counts)) / 2, 1.0)
