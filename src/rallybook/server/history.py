"""What an event was before, and which others it belongs with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import msgspec

from rallybook.model.edtf import bounds
from rallybook.model.event import Event
from rallybook.model.keeping import Version
from rallybook.model.question import Question
from rallybook.ports import Book
from rallybook.server.shown import Brief, brief

_FIELDS = (
    "form", "status", "focus", "umbrella", "date", "place", "size", "participants", "organisers", "targets",
    "claims", "response", "harm",
)  # fmt: skip
# events of one country in the days of an umbrella; a day of protest has some hundreds of towns
_MOST_LOOKED_AT = 2_000


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """How a revision of an event differs from the one before: each changed field as it was and as it became.

    `reports` is how many records told it before and after.
    """

    revision: int
    at: dt.datetime
    changed: dict[str, tuple[Any, Any]]
    reports: tuple[int, int]


class Kin(msgspec.Struct, frozen=True, kw_only=True):
    """The umbrella events that an event is a part of, and the parts of an umbrella."""

    umbrellas: tuple[Brief, ...]
    parts: tuple[Brief, ...]


def steps(event: Event, versions: Sequence[Version]) -> tuple[Step, ...]:
    """Give what changed from version to version, the oldest first."""
    states = [*(version.event for version in versions), event]
    return tuple(
        Step(
            revision=after.revision,
            at=version.until,
            changed={
                name: (getattr(before, name), getattr(after, name))
                for name in _FIELDS
                if getattr(before, name) != getattr(after, name)
            },
            reports=(len(before.records), len(after.records)),
        )
        for version, (before, after) in zip(versions, pairwise(states), strict=True)
    )


def kin(book: Book, event: Event) -> Kin:
    """Give the umbrella and its parts: told by one article, in one country, on days that touch."""
    span = bounds(event.date.edtf)
    if span is None:
        return Kin(umbrellas=(), parts=())
    asked = Question(
        first=span[0],
        last=span[1],
        countries=(event.place.country,) if event.place.country else (),
        limit=_MOST_LOOKED_AT,
    )
    articles = {telling.article for telling in event.records}
    near = [
        brief(other)
        for other in book.events(asked)
        if other.umbrella != event.umbrella and articles & {telling.article for telling in other.records}
    ]
    return Kin(umbrellas=() if event.umbrella else tuple(near), parts=tuple(near) if event.umbrella else ())
