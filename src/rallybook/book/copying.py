"""A copy of a whole book, made while others read and write it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine

from rallybook.book.connection import check_folder, in_words
from rallybook.errors import BookError


def back_up(engine: Engine, path: Path, target: Path) -> None:
    """Copy the book at `path` as it is at one moment into a new file, and check the copy.

    Raises `BookError` for a file that is there, a path where none can be made, and a damaged book.
    """
    if target.exists():
        raise BookError(str(target), "a file that is there", "a new file")
    check_folder(target)
    unfinished = target.with_name(f"{target.name}.part")
    unfinished.unlink(missing_ok=True)
    try:
        with in_words(target), closing(sqlite3.connect(unfinished)) as copy:
            with in_words(path), engine.connect() as source:
                kept = source.connection.driver_connection
                assert isinstance(kept, sqlite3.Connection)
                kept.backup(copy)  # all in one go: in steps it would begin anew after each write of another
            (found,) = copy.execute("PRAGMA quick_check(1)").fetchone()
        if found != "ok":
            raise BookError(
                str(path), f"a damaged database ({found})", "an undamaged book; restore it from a copy"
            )
        unfinished.rename(target)
    finally:
        unfinished.unlink(missing_ok=True)
