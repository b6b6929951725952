"""A book and Label Studio: articles of events out as tasks, annotations in as codings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from rallybook.model.article import Article
from rallybook.model.event import Event
from rallybook.model.outcome import Failure
from rallybook.model.record import Record
from rallybook.ports import Book
from rallybook.reviewing.label_studio.annotations import codings_in
from rallybook.reviewing.label_studio.tasks import Json, task
from rallybook.reviewing.ruling import agreed
from rallybook.version import __version__


class Taken(msgspec.Struct, frozen=True):
    """What became of the annotations of a file: how many were new or there already, and what was wrong with others."""

    new: int
    there: int
    failed: tuple[Failure, ...] = ()


def tasks(book: Book, events: Iterable[Event], *, blind: bool = False) -> Iterator[Json]:
    """Give each article of some events once, as a task."""
    seen: set[str] = set()
    for event in events:
        for telling in event.records:
            if telling.article not in seen:
                seen.add(telling.article)
                article, records = _known(book, telling.article)
                yield task(article, [*records.values()], version=f"rallybook {__version__}", blind=blind)


def take(book: Book, path: Path, *, by: str = "", blind: bool = False) -> Taken:
    """Keep the annotations of a file as codings; raises `InputError` for a file that is no export."""
    found = list(codings_in(path.read_bytes(), lambda name: _known(book, name), by=by, blind=blind))
    made = [one for one in found if not isinstance(one, Failure)]
    new = book.decide(made)
    book.decide(agreed(book, {one.article for one in made}))
    return Taken(new, len(made) - new, tuple(one for one in found if isinstance(one, Failure)))


def _known(book: Book, article: str) -> tuple[Article, Mapping[str, Record]]:
    ids = book.read_in(article)
    reports = book.reports_of(ids)
    return book.article(article), {name: reports[name].record for name in ids if name in reports}
