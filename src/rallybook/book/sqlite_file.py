"""The file that a book is in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

from sqlalchemy import Connection

from rallybook.book.checking import damage
from rallybook.book.connection import WAIT_S, connected, in_words, reading, set_pragma, writing
from rallybook.book.copying import back_up
from rallybook.book.opening import check_current, check_same, make_ready


class SqliteFile:
    """`Database` in one file."""

    def __init__(self, path: Path, *, wait_s: float = WAIT_S) -> None:
        """Take the path; a writer waits `wait_s` seconds for its turn."""
        self.path = path
        self._wait_s = wait_s
        self.engine = connected(path, wait_s=wait_s)
        self._number = 0

    @property
    def name(self) -> str:
        """The path."""
        return str(self.path)

    def make_ready(self, *, create: bool) -> None:
        """Make the file one of this version; raises `BookError`."""
        make_ready(self.engine, self.path, create=create)
        self._number = self.path.stat().st_ino

    def check_ready(self) -> None:
        """Raise `BookError` where another file is there now, or another version of rallybook has changed it."""
        check_same(self.path, self._number)
        with self.reading() as connection:
            check_current(connection, self.path)

    def reading(self) -> AbstractContextManager[Connection]:
        """Give a connection that sees one state of the book."""
        return reading(self.engine, self.path)

    def writing(self, *, durable: bool = False) -> AbstractContextManager[Connection]:
        """Give a connection whose changes are kept together or not at all."""
        return writing(self.engine, self.path, durable=durable)

    def opener(self) -> Callable[[], SqliteFile]:
        """Give what opens the same file in another process."""
        return partial(SqliteFile, self.path, wait_s=self._wait_s)

    def clear_away(self) -> None:
        """Empty the log beside the file, in which what was erased would stay for a while."""
        with in_words(self.path), self.engine.connect() as connection:
            set_pragma(connection, "wal_checkpoint(TRUNCATE)")

    def tidy(self) -> None:
        """Do nothing: the plans of SQLite follow from the tables."""

    def damage(self, db: Connection) -> Iterator[str]:
        """Give what is wrong with the file and its indexes of words, in words."""
        return damage(db)

    def copy_into(self, target: Path) -> None:
        """Copy the book into a new file."""
        self.back_up(target)

    def back_up(self, target: Path) -> None:
        """Copy the file as it is at one moment into a new one, and check the copy."""
        back_up(self.engine, self.path, target)

    def close(self) -> None:
        """Let go of the file."""
        self.engine.dispose()
