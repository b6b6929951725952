"""Connections to the file of a book: readers beside one writer, and SQLite's errors in words."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from rallybook.book.dialect import SPOKEN
from rallybook.book.sqlite import SqliteDialect
from rallybook.errors import BookError
from rallybook.model.distance import km_between

# a transaction of 2,000 rows takes some tens of milliseconds: whoever waits longer than this waits for a stuck writer
WAIT_S = 10.0
_SETTINGS = (
    "secure_delete = ON",  # what is taken down leaves the file
    "cache_size = -65536",  # 64 MB; of the usual 2 MB half the time goes into reading pages again
    "wal_autocheckpoint = 8000",  # pages, 32 MB: each checkpoint waits for the disk
)
# by SQLite's name of the error: what was received, what is allowed. The longest name that fits is taken
_WORDS = {
    "SQLITE_BUSY": (
        "no turn to write: another process is writing to it",
        "one writer at a time; try again when the other is done",
    ),
    "SQLITE_NOTADB": ("a file that is no SQLite database", "a book that rallybook made"),
    "SQLITE_CORRUPT": ("a damaged database", "an undamaged book; restore it from a copy"),
    "SQLITE_FULL": ("no room to write (the disk is full)", "room for what is added; what was kept is safe"),
    "SQLITE_READONLY": ("a file or folder that cannot be written", "a book in a folder that can be written"),
    "SQLITE_CANTOPEN": ("a path where no book can be opened", "a file in a folder that can be written"),
    "SQLITE_PERM": ("a file without the right to open it", "a file that can be read and written"),
    "SQLITE_IOERR": ("an error of the disk", "a disk that can be read and written; what was kept is safe"),
}


def connected(path: Path, *, wait_s: float = WAIT_S) -> Engine:
    """Give an engine for a book's file; nothing is opened yet.

    Readers see the book as it was when they began and never wait; a writer waits `wait_s` seconds for its turn.
    """

    def opened() -> sqlite3.Connection:
        connection = sqlite3.connect(
            f"{path.resolve().as_uri()}{_mode(path)}", uri=True, timeout=wait_s, check_same_thread=False
        )
        connection.isolation_level = None  # transactions begin where `reading` and `writing` say so
        for setting in _SETTINGS:
            connection.execute(f"PRAGMA {setting}")
        connection.create_function("km_between", 4, km_between, deterministic=True)
        return connection

    engine = create_engine(
        "sqlite://", creator=opened, poolclass=QueuePool, execution_options={SPOKEN: SqliteDialect()}
    )
    event.listen(engine, "begin", _begin)
    return engine


@contextlib.contextmanager
def reading(engine: Engine, path: Path) -> Iterator[Connection]:
    """Give a connection that sees one state of the book; raises `BookError`."""
    with in_words(path), engine.connect() as connection, connection.begin():
        yield connection


@contextlib.contextmanager
def writing(engine: Engine, path: Path, *, durable: bool = False) -> Iterator[Connection]:
    """Give a connection whose changes are kept together or, after an error, not at all; raises `BookError`.

    What is kept outlives the death of the process; with `durable` the loss of power, too, at the price of a few
    milliseconds (what can be added again needs none of that).
    """
    with in_words(path), engine.connect() as connection:
        # WAL lets readers work beside the writer
        set_pragma(connection, "journal_mode = WAL")
        set_pragma(connection, f"synchronous = {'FULL' if durable else 'NORMAL'}")
        with connection.execution_options(writes=True).begin():
            yield connection


def set_pragma(connection: Connection, setting: str) -> None:
    """Set what cannot be set within a transaction."""
    cursor = connection.connection.cursor()  # of the driver itself, which begins nothing
    cursor.execute(f"PRAGMA {setting}")
    cursor.close()


@contextlib.contextmanager
def in_words(path: Path) -> Iterator[None]:
    """Turn an error of SQLite into a `BookError` that names the book."""
    try:
        yield
    except DBAPIError as error:
        raise _worded(path, error.orig) from error
    except sqlite3.Error as error:
        raise _worded(path, error) from error


def check_folder(path: Path) -> None:
    """Raise `BookError` where the folder of a file is not there."""
    if not path.parent.is_dir():
        raise BookError(str(path), f"no folder {path.parent}", "a file in a folder that is there")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _mode(path: Path) -> str:
    # WAL wants to write beside the book even to read; on a disk that cannot be written nobody else changes it either
    sealed = path.is_file() and not os.access(path.parent, os.W_OK)
    unfinished = path.with_name(f"{path.name}-wal")
    return "?mode=ro&immutable=1" if sealed and not unfinished.exists() else ""


def _worded(path: Path, error: BaseException | None) -> BookError:
    name = getattr(error, "sqlite_errorname", None) or ""
    for known in sorted(_WORDS, key=len, reverse=True):
        if name.startswith(known):
            return BookError(str(path), *_WORDS[known])
    return BookError(str(path), f"an error of the database ({error})", "a sound book")
