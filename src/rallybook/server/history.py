"""What an event was before, and which others it belongs with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import msgspec

from rallybook.linking import umbrellas
from rallybook.model.correction import NAMES
from rallybook.model.event import Event
from rallybook.model.keeping import Version
from rallybook.ports import Book
from rallybook.server.shown import Brief, brief


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
                for name in NAMES
                if getattr(before, name) != getattr(after, name)
            },
            reports=(len(before.records), len(after.records)),
        )
        for version, (before, after) in zip(versions, pairwise(states), strict=True)
    )


def kin(book: Book, event: Event) -> Kin:
    """Give the umbrella events that an event is a part of, and the parts of an umbrella, in a line each."""
    near = umbrellas.kin(event, book.told_with(event.id))
    return Kin(umbrellas=tuple(map(brief, near.wholes)), parts=tuple(map(brief, near.parts)))
