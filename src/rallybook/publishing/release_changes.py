"""What has changed between two releases: events added, changed, merged into others, withdrawn."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from rallybook.errors import InputError
from rallybook.model.decision import Decision, rejected
from rallybook.model.event import Event
from rallybook.ports import Book
from rallybook.publishing.event_layouts import OUR_LAYOUT, event_layout
from rallybook.publishing.released import released_events
from rallybook.publishing.table import Cell

# told by the ids themselves, or by whatever else has changed
_TOLD_BY_OTHERS = ("event", "revision")
# of an event whose columns are the same: its spans, head counts or support are not
_BEHIND = "evidence"


class Change(NamedTuple):
    """One line of the list: an event, what became of it, and for one that changed the field, from what, to what."""

    event: str
    change: str
    field: str = ""
    before: Cell = ""
    after: Cell = ""
    into: str = ""
    why: str = ""


def changes(book: Book, before: Path, now: Path, *, reasons: bool) -> Iterator[Change]:
    """Give the changes from the lines of one release to those of the next, in the order of these, then what is gone.

    `reasons` adds to what was rejected what the person who did it gave as the reason. What an event showed because of
    an article that was taken down since is not said again.
    """
    places = _places(before)
    fates = _Fates(book, reasons=reasons)
    with before.open("rb") as file:
        for event, line in zip(released_events(now), _lines(now), strict=True):
            place = places.pop(event.id, None)
            if place is None:
                yield Change(event.id, "added")
                continue
            file.seek(place)
            old = file.readline()
            if old != line:
                former = msgspec.json.decode(old, type=Event)
                yield from _changed(former, event, hidden=fates.taken_down(former))
        for place in places.values():
            file.seek(place)
            yield fates.of(msgspec.json.decode(file.readline(), type=Event))


def _lines(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from file


def _places(path: Path) -> dict[str, int]:
    """Give where the line of each event begins: of a million events less than the events themselves take."""
    places: dict[str, int] = {}
    begins = 0
    for event, line in zip(released_events(path), _lines(path), strict=True):
        places[event.id] = begins
        begins += len(line)
    return places


def _changed(old: Event, new: Event, *, hidden: bool) -> Iterator[Change]:
    table = event_layout(OUR_LAYOUT).released().table((old, new))
    before, after = table.rows
    compared = zip(table.names, before.cells, after.cells, strict=True)
    found = [
        Change(new.id, "changed", name, "" if hidden else was, now)
        for name, was, now in compared
        if name not in _TOLD_BY_OTHERS and was != now
    ]
    yield from found or [Change(new.id, "changed", _BEHIND)]


class _Fates:
    """What became of events that are no longer there, by what the book says of them."""

    def __init__(self, book: Book, *, reasons: bool) -> None:
        self._book = book
        self._reasons = reasons
        self._gone = {stone.article for stone in book.tombstones()}

    def taken_down(self, event: Event) -> bool:
        """Tell whether an article of an event was taken down."""
        return any(telling.article in self._gone for telling in event.records)

    def of(self, event: Event) -> Change:
        """Give the change that took an event of the release before away."""
        try:
            now = self._book.event(event.id)
        except InputError:
            return Change(event.id, "withdrawn", why=self._why(event))
        if now.id != event.id:
            return Change(event.id, "merged", into=now.id)
        return Change(event.id, "withdrawn", why="not among those that this release was asked for")

    def _why(self, event: Event) -> str:
        if self.taken_down(event):
            return "taken down"
        told = [telling.record for telling in event.records]
        decided = self._book.decisions(told)
        if not rejected(decided).isdisjoint(told):
            return f"rejected{self._reason(decided)}"
        return "no longer told by its articles"

    def _reason(self, decided: tuple[Decision, ...]) -> str:
        given = [decision.why for decision in decided if decision.kind == "reject" and decision.why]
        return f": {given[-1]}" if given and self._reasons else ""
