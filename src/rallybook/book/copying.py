"""A copy of a whole book, made while others read and write it, with its checksum beside it."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine

from rallybook.book.connection import check_folder, in_words
from rallybook.errors import BookError


def back_up(engine: Engine, path: Path, target: Path) -> None:
    """Copy the book at `path` as it is at one moment into a new file, and check the copy.

    Beside it comes its SHA-256, as `sha256sum --check` reads it: the check of a database sees no letter that changed.
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
        told = f"{checksum(unfinished)}  {target.name}\n"
        checksum_path(target).write_text(told, encoding="utf-8")
        unfinished.rename(target)
    finally:
        unfinished.unlink(missing_ok=True)


def checksum(file: Path) -> str:
    """Give the SHA-256 of a file in hexadecimal digits."""
    with file.open("rb") as read:
        return hashlib.file_digest(read, "sha256").hexdigest()


def checksum_path(copy: Path) -> Path:
    """Give the path of the checksum of a copy: beside it."""
    return copy.with_name(f"{copy.name}.sha256")


def dated(folder: Path, name: str) -> Path:
    """Give the path of a copy in a folder of copies: the name of the book, and this moment (UTC)."""
    return folder / f"{name}-{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%SZ}.db"


def prune(folder: Path, name: str, keep: int) -> list[Path]:
    """Remove all copies of a book in a folder but the `keep` newest; give what was removed.

    Only files that are named as `dated` names them count, so that nothing else in the folder is touched.
    """
    ours = re.compile(rf"{re.escape(name)}-\d{{8}}T\d{{6}}Z\.db")
    copies = sorted(file for file in folder.iterdir() if ours.fullmatch(file.name))
    gone = copies[: max(len(copies) - keep, 0)]
    for copy in gone:
        checksum_path(copy).unlink(missing_ok=True)
        copy.unlink()
    return gone
