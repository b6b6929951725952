"""The database that a book is in, however it is reached: a file, or a server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection


class Database(Protocol):
    """Gives connections: many readers, each of which sees one state of the book, beside one writer at a time.

    Raises `BookError`, which names the database, where it cannot be read or written.
    """

    @property
    def name(self) -> str:
        """What errors call it; a password is never a part of this."""
        ...

    def make_ready(self, *, create: bool) -> None:
        """Make it ready to be used as a book of this version.

        Raises `BookError` for what is no book, a book of a newer version and, without `create`, a missing one.
        """
        ...

    def check_ready(self) -> None:
        """Raise `BookError` where the book cannot be read now, or another version of rallybook has changed it."""
        ...

    def reading(self) -> AbstractContextManager[Connection]:
        """Give a connection that sees one state of the book."""
        ...

    def writing(self, *, durable: bool = False) -> AbstractContextManager[Connection]:
        """Give a connection whose changes are kept together or, after an error, not at all.

        What is kept outlives the death of the process; with `durable` the loss of power, too.
        """
        ...

    def opener(self) -> Callable[[], Database]:
        """Give what opens the same database, with connections of its own, in another process."""
        ...

    def clear_away(self) -> None:
        """Take what was erased out of what else the database keeps, as far as it is in its hands."""
        ...

    def tidy(self) -> None:
        """Look at what is there after much was written, so that answers stay fast."""
        ...

    def damage(self, db: Connection) -> Iterator[str]:
        """Give what is wrong with the database itself and with its indexes of words, in words."""
        ...

    def copy_into(self, target: Path) -> None:
        """Copy the whole book as it is at one moment into a new file, to be looked at."""
        ...

    def back_up(self, target: Path) -> None:
        """Copy the whole book as it is at one moment into a new file, which is a book itself."""
        ...

    def close(self) -> None:
        """Let go of it."""
        ...


class Seen:
    """A database as one of its readers sees it, for as long as that one has its connection; all else is as it was."""

    def __init__(self, database: Database, db: Connection) -> None:
        self._database = database
        self._db = db

    def reading(self) -> AbstractContextManager[Connection]:
        """Give the reader's connection."""
        return nullcontext(self._db)

    def __getattr__(self, name: str) -> object:
        return getattr(self._database, name)
