"""The book in a database: readers beside one writer, every write kept whole or not at all."""

from __future__ import annotations

import contextlib
import copy
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import cast

import msgspec
from sqlalchemy import select

from rallybook.book import (
    asking,
    checking,
    collecting,
    deciding,
    facts,
    figures,
    found,
    holdings,
    lookup,
    relinking,
    resolving,
    schema,
    state,
    takedown,
)
from rallybook.book.connection import WAIT_S
from rallybook.book.database import Database, Seen
from rallybook.book.neighbourhood import around, numbered, reports
from rallybook.book.rows import event_row, now
from rallybook.book.sharing import Sharing
from rallybook.book.sqlite_file import SqliteFile
from rallybook.book.tallied import Tallied
from rallybook.errors import BookError
from rallybook.model.article import Article
from rallybook.model.decision import Decision
from rallybook.model.event import Event, Report
from rallybook.model.keeping import Added, Change, Figures, Holdings, Standing, Tombstone, Version
from rallybook.model.outcome import Coded, Failure
from rallybook.model.question import EVERYTHING, Question
from rallybook.ports import Linker, Runner

# so many decisions and their events are seen at once or not at all; more, as of an import, are linked in rounds
_AT_ONCE = 500


class StoredBook(Tallied):
    """A `Book` in a database; several processes may have it open, of which one at a time writes."""

    def __init__(self, database: Database, linker: Linker, *, create: bool = True) -> None:
        """Open a book, and make it where it is not there yet.

        Raises `BookError` for what is no book, for a book of a newer version and, without `create`, for a missing one.
        """
        super().__init__(database)
        self._linker = linker
        try:
            database.make_ready(create=create)
        except BookError:
            database.close()
            raise

    def standings(self, articles: Sequence[Article]) -> list[Standing]:
        """Tell of each article whether it is new, there with this very text, or taken down."""
        with self._database.reading() as db:
            return facts.standings(db, articles)

    def keep(self, read: Sequence[tuple[Article, Coded]], failed: Sequence[Failure] = ()) -> Added:
        """Keep new articles with their records, and what failed; an article that is there adds nothing."""
        with self._database.writing() as db:
            added = facts.keep(db, read, failed)
            lost = found.settle(db, (article.id for article, _ in read)).lost
            facts.note(db, lost, now())
            return msgspec.structs.replace(added, failed=(*added.failed, *lost))

    def link(self, *, everything: bool = False, runner: Runner | None = None) -> int:
        """Link the records that wait for it, or all; give their number.

        The workers of a `runner` share the work where there is much. Which records are one event is the same.
        """
        if everything:
            with self._database.writing() as db:
                relinking.await_all(db)
        shared = Sharing(self._database, self._linker, runner) if runner else None
        linked = shared.compare() if shared else 0
        while compared := self._round(relinking.compare_some):
            linked += compared
        if shared:
            shared.link()
        while self._round(relinking.link_some):
            pass
        return linked

    def events(self, asked: Question = EVERYTHING) -> Iterator[Event]:
        """Give the events that fulfil a question, from one state of the book; raises `InputError`."""
        asking.check(asked)
        return self._answered(asked)

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[StoredBook]:
        """Give the book as it is now: whatever is asked of that, what others write meanwhile is not in it."""
        seen = copy.copy(self)
        with self._database.reading() as db:
            state.mark(db)  # a transaction sees what was there when it first looked
            seen._database = cast(Database, Seen(self._database, db))
            yield seen

    def state(self) -> str:
        """Give a mark of what the book holds, which is another after each change."""
        with self._database.reading() as db:
            return state.mark(db)

    def event(self, name: str) -> Event:
        """Give the event of an id, or of a record's id, wherever redirects lead; raises `InputError`."""
        with self._database.reading() as db:
            return resolving.event_named(db, name)

    def told_with(self, event: str) -> tuple[Event, ...]:
        """Give the other events that the articles of an event tell, in the order of their ids."""
        with self._database.reading() as db:
            return resolving.told_with(db, event)

    def versions(self, event: str) -> tuple[Version, ...]:
        """Give what an event was before, the oldest first."""
        with self._database.reading() as db:
            return lookup.versions_of(db, event)

    def records_of(self, name: str, *, last: bool = False) -> tuple[str, ...]:
        """Give the ids of the records of an event, or the id of a record itself; raises `InputError`."""
        with self._database.reading() as db:
            return resolving.records_named(db, name, last=last)

    def compared(self, records: Sequence[str]) -> tuple[Report, ...]:
        """Give these records as reports, with all those that linking looks at for them."""
        with self._database.reading() as db:
            return tuple(reports(db, around(db, numbered(db, records))).values())

    def articles_of(self, records: Sequence[str]) -> dict[str, Article]:
        """Give the article of each of these records that is in the book."""
        with self._database.reading() as db:
            return lookup.articles_of(db, records)

    def article(self, name: str) -> Article:
        """Give the newest version of an article; raises `InputError` where it is not in the book."""
        with self._database.reading() as db:
            return lookup.article(db, name)

    def read_in(self, article: str) -> tuple[str, ...]:
        """Give the ids of the records that were read in an article, in their order."""
        with self._database.reading() as db:
            return lookup.read_in(db, article)

    def reports_of(self, records: Sequence[str]) -> dict[str, Report]:
        """Give the report of each of these records that is in the book."""
        with self._database.reading() as db:
            return lookup.reports(db, records)

    def changes(self, limit: int) -> tuple[Change, ...]:
        """Give the events that are new or have changed, the latest first, `limit` at most."""
        with self._database.reading() as db:
            return lookup.changes(db, limit)

    def decide(self, decisions: Sequence[Decision]) -> int:
        """Keep decisions and link their records anew; give how many were new. Raises `InputError`."""
        with self._database.writing(durable=True) as db:
            new = deciding.append(db, decisions)
            changed, lost = found.settle(db, {one.article for one in new if one.kind == "found"})
            facts.note(db, lost, now())
            few = len(new) <= _AT_ONCE
            if few:
                relinking.link_judged(db, self._linker, new, changed)
        if not few:
            self.link()
        return len(new)

    def decisions(self, records: Sequence[str] | None = None) -> tuple[Decision, ...]:
        """Give the decisions on these records, or all, the oldest first."""
        with self._database.reading() as db:
            return deciding.kept(db, records)

    def take_down(self, article: str, *, by: str, why: str) -> Tombstone:
        """Erase an article, its records and every version of an event that shows them; give what is left."""
        with self._database.writing(durable=True) as db:
            stone = takedown.take_down(db, self._linker, article, by=by, why=why)
        self._database.clear_away()
        return stone

    def tombstones(self) -> tuple[Tombstone, ...]:
        """Give what is left of the articles that were taken down, the oldest first."""
        with self._database.reading() as db:
            return takedown.stones(db)

    def failures(self) -> tuple[Failure, ...]:
        """Give what could not be read or coded."""
        kept = schema.failures.c
        query = select(kept.article, kept.stage, kept.reason).order_by(kept.number)
        with self._database.reading() as db:
            return tuple(Failure(*row) for row in db.execute(query))

    def holdings(self) -> Holdings:
        """Give how much of each source and month is there, and who read it."""
        with self._database.reading() as db:
            return holdings.holdings(db)

    def figures(self) -> Figures:
        """Give how much is there, what waits to be linked, what failed, and when the last article came."""
        with self._database.reading() as db:
            return figures.figures(db)

    def check_ready(self) -> None:
        """Raise `BookError` where the book cannot be read now, or another version of rallybook has changed it."""
        self._database.check_ready()

    def faults(self, *, derive: bool = True) -> Iterator[str]:
        """Give what is wrong with the database, with the words that prove values and, with `derive`, with the events.

        For these the book is copied into the folder for temporary files, and the copy linked anew.
        """
        with self._database.reading() as db:
            damaged = list(self._database.damage(db))
            yield from damaged
            if damaged:
                return
            yield from checking.unproved(db)
            if waiting := checking.waiting(db):
                yield f"{waiting:,} records wait to be linked: `rallybook link`"
        if derive:
            yield from self._derived_otherwise()

    def _derived_otherwise(self) -> Iterator[str]:
        with tempfile.TemporaryDirectory(prefix="rallybook-") as folder:
            path = Path(folder) / "again.db"
            self._database.copy_into(path)
            again = SqliteBook(path, self._linker, create=False)
            try:
                with again._database.reading() as before:
                    if checking.waiting(before):  # which also has this reader see the events as they are
                        return
                    again.link(everything=True)
                    with again._database.reading() as after:
                        yield from checking.unlike(before, after)
            finally:
                again.close()

    def back_up(self, target: Path) -> None:
        """Copy the whole book as it is at one moment into a new file, which is a book itself; raises `BookError`."""
        self._database.back_up(target)

    def tidy(self) -> None:
        """Look at what is there after much was written, so that answers stay fast."""
        self._database.tidy()

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    def _round(self, work: Callable[..., int]) -> int:
        with collecting.at_rest(), self._database.writing() as db:
            return work(db, self._linker)

    def _answered(self, asked: Question) -> Iterator[Event]:
        with self._database.reading() as db:
            after = None
            if asked.after:
                row = event_row(resolving.event_named(db, asked.after))
                after = (row["first_day"], row["id"])
            yield from asking.found(db, asked, after)


class SqliteBook(StoredBook):
    """A book in a file."""

    def __init__(self, path: Path, linker: Linker, *, create: bool = True, wait_s: float = WAIT_S) -> None:
        """Open a book; `wait_s` is how many seconds a writer waits for its turn. Raises `BookError`."""
        self.path = path
        super().__init__(SqliteFile(path, wait_s=wait_s), linker, create=create)
