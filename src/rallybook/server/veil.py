"""A book as a second coder sees it who codes an article blind: without what is known of that article."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any, NoReturn

import msgspec

from rallybook.errors import InputError
from rallybook.model.decision import Decision
from rallybook.model.event import Event, Report
from rallybook.model.keeping import Change, Version
from rallybook.model.overview import MOST_POINTS, Bin, BinWidth, Cell, Points
from rallybook.model.question import Question
from rallybook.ports import Book

_EVERYTHING = Question()
_LATEST = 50


class Veiled:
    """A `Book` without the events that some articles tell: neither in lists, files and counts nor by their ids.

    All that another article tells of such an event is hidden, too, for it may be a copy. Whatever is asked that says
    nothing of an event is answered by the book itself.
    """

    def __init__(self, book: Book, articles: Collection[str]) -> None:
        self._book = book
        self._articles = frozenset(articles)
        own = {record for name in articles for record in book.read_in(name)}
        events = {event.id: event for record in own if (event := _event_of(book, record))}
        self._events = tuple(sorted(events))
        self._records = own | {telling.record for event in events.values() for telling in event.records}

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the book has
        return getattr(self._book, name)

    def events(self, asked: Question = _EVERYTHING) -> Iterator[Event]:
        """Give the events that fulfil a question, but the hidden ones."""
        return self._book.events(self._less(asked))

    def facets(self, asked: Question = _EVERYTHING) -> dict[str, dict[str, int]]:
        """Give how many there are of each kind, the hidden ones not counted."""
        return self._book.facets(self._less(asked))

    def count(self, asked: Question = _EVERYTHING) -> int:
        """Give how many there are, the hidden ones not counted."""
        return self._book.count(self._less(asked))

    def timeline(self, asked: Question = _EVERYTHING, *, by: BinWidth = "day") -> tuple[Bin, ...]:
        """Give how many began when, the hidden ones not counted."""
        return self._book.timeline(self._less(asked), by=by)

    def points(self, asked: Question = _EVERYTHING, *, limit: int = MOST_POINTS) -> Points:
        """Give points of a map, but those of the hidden events."""
        return self._book.points(self._less(asked), limit=limit)

    def cells(self, asked: Question = _EVERYTHING, *, resolution: int) -> tuple[Cell, ...]:
        """Give how many lie where, the hidden ones not counted."""
        return self._book.cells(self._less(asked), resolution=resolution)

    def event(self, name: str) -> Event:
        """Give the event of an id; raises `InputError` for a hidden one."""
        found = self._book.event(name)
        return found if found.id not in self._events else _hide(name)

    def told_with(self, event: str) -> tuple[Event, ...]:
        """Give the other events of its articles, but the hidden ones."""
        return tuple(one for one in self._book.told_with(event) if one.id not in self._events)

    def versions(self, event: str) -> tuple[Version, ...]:
        """Give what an event was, but what it was together with what is hidden."""
        if event in self._events:
            return ()
        return tuple(one for one in self._book.versions(event) if not self._tells(one.event))

    def records_of(self, name: str, *, last: bool = False) -> tuple[str, ...]:
        """Give the records of an event; raises `InputError` for a hidden one."""
        found = self._book.records_of(name, last=last)
        return found if self._records.isdisjoint(found) else _hide(name)

    def compared(self, records: Sequence[str]) -> tuple[Report, ...]:
        """Give records with those that linking looks at, but the hidden ones."""
        return tuple(one for one in self._book.compared(records) if one.record.id not in self._records)

    def read_in(self, article: str) -> tuple[str, ...]:
        """Give the records of an article, but the hidden ones."""
        return tuple(one for one in self._book.read_in(article) if one not in self._records)

    def reports_of(self, records: Sequence[str]) -> dict[str, Report]:
        """Give the reports of records, but of the hidden ones."""
        return self._book.reports_of([one for one in records if one not in self._records])

    def changes(self, limit: int) -> tuple[Change, ...]:
        """Give what changed last, but the hidden events."""
        found = self._book.changes(limit + _LATEST)
        return tuple(one for one in found if one.event.id not in self._events)[:limit]

    def decisions(self, records: Sequence[str] | None = None) -> tuple[Decision, ...]:
        """Give what was decided, but of what is hidden."""
        return tuple(
            one
            for one in self._book.decisions(records)
            if one.article not in self._articles and self._records.isdisjoint(one.records)
        )

    def _less(self, asked: Question) -> Question:
        return msgspec.structs.replace(asked, without=(*asked.without, *self._events))

    def _tells(self, event: Event) -> bool:
        return any(telling.record in self._records for telling in event.records)


def _event_of(book: Book, record: str) -> Event | None:
    try:
        return book.event(record)
    except InputError:  # it tells none
        return None


def _hide(name: str) -> NoReturn:
    raise InputError(
        "event", name, "one of articles that you are not coding blind; hand in or give back first"
    )
