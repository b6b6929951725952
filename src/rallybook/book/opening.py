"""Opening a book: a new file is made one, an older book is brought up to date, anything else is refused."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, text

from rallybook.book.connection import check_folder, reading, writing
from rallybook.book.schema import APPLICATION, VERSION
from rallybook.book.upgrading import check_known, upgrade
from rallybook.errors import BookError

_OURS = "a book that rallybook made"


def make_ready(engine: Engine, path: Path, *, create: bool) -> None:
    """Make a file ready to be used as a book of this version.

    Raises `BookError` for a file that is no book, a book of a newer version and, without `create`, a missing one.
    """
    if not path.exists():
        if not create:
            raise BookError(str(path), "no such file", f"{_OURS}; `rallybook add` makes one")
        check_folder(path)
    elif path.is_dir():
        raise BookError(str(path), "a folder", "a file")
    version = None
    if path.exists():
        with reading(engine, path) as connection:
            version = _version(connection, path)
    if version != VERSION:
        with writing(engine, path, durable=True) as connection:
            # another process may have done it while this one waited for its turn
            found = _version(connection, path)
            if found != VERSION:
                upgrade(connection, str(path), found, "versions")


def _version(connection: Connection, path: Path) -> str | None:
    """Give the version of a book, None for an empty file."""
    tables = set(connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars())
    if not tables:
        return None
    application = connection.execute(text("PRAGMA application_id")).scalar()
    if application != APPLICATION or "alembic_version" not in tables:
        raise BookError(str(path), "an SQLite database of something else", _OURS)
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def check_version(connection: Connection, path: Path) -> str:
    """Give the version of a book; raises `BookError` for what is no book, and for one of a newer version."""
    found = _version(connection, path)
    if found is None:
        raise BookError(str(path), "an empty file", _OURS)
    check_known(found, str(path), "versions")
    return found


def check_current(connection: Connection, path: Path) -> None:
    """Raise `BookError` where a book is not of this version: another rallybook changed it while this one ran."""
    found = _version(connection, path)
    if found != VERSION:
        raise BookError(str(path), f"a book of version {found}", f"version {VERSION}; start rallybook anew")


def check_same(path: Path, number: int) -> None:
    """Raise `BookError` where another file than the one of that inode is there: connections would be to both."""
    found = path.stat().st_ino if path.is_file() else None
    if found != number:
        received = "another file than the one that was opened" if found else "no such file any more"
        raise BookError(str(path), received, "the book that was opened; start rallybook anew")
