"""Putting a back-up in the place of a book: checked before anything is touched, and the book that was there is kept."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from rallybook.book.connection import check_folder, connected, in_words, reading
from rallybook.book.copying import checksum, checksum_path
from rallybook.book.opening import check_version
from rallybook.errors import BookError

_OURS = "a back-up that `rallybook backup` made"
# what SQLite may leave beside a file; it belongs to that file and to no other
_BESIDE = ("-wal", "-shm", "-journal")


def restore(backup: Path, book: Path, *, overwrite: bool = False) -> Path | None:
    """Put a back-up where a book is to be; give where the book that was there is kept, None where there was none.

    The back-up is copied beside the book and checked there: its checksum where it has one, its pages, that it is a
    book of a version that is known. Then it takes the place of the book in one step. Raises `BookError` for a back-up
    that is damaged, cut off, no book or of a newer version, for a book that is there without `overwrite`, and for one
    that another process has open; the book is as it was then.
    """
    _check_paths(backup, book, overwrite=overwrite)
    _check_sum(backup)
    unfinished = book.with_name(f"{book.name}.part")
    try:
        _copy(backup, unfinished)
        _check_copy(unfinished, backup)
        kept = _set_aside(book, unfinished) if book.exists() else None
        unfinished.replace(book)
    finally:
        for name in ("", *_BESIDE):
            unfinished.with_name(unfinished.name + name).unlink(missing_ok=True)
    _settle(book.parent)
    return kept


def _check_paths(backup: Path, book: Path, *, overwrite: bool) -> None:
    if not backup.is_file():
        raise BookError(str(backup), "a folder" if backup.is_dir() else "no such file", _OURS)
    check_folder(book)
    if not book.exists():
        return
    if not book.is_file():
        raise BookError(str(book), "a folder", "a file")
    if book.samefile(backup):
        raise BookError(str(backup), "the book itself", _OURS)
    if not overwrite:
        raise BookError(
            str(book), "a book that is there", "a new file, or --force: what is there is kept beside it"
        )


def _check_sum(backup: Path) -> None:
    """Raise `BookError` where the checksum beside a back-up is not its own; one without any passes."""
    told = checksum_path(backup)
    if not told.is_file():
        return
    expected = told.read_text(encoding="utf-8", errors="replace")[:64].lower()
    found = checksum(backup)
    if expected != found:
        raise BookError(
            str(backup), f"a file of SHA-256 {found[:12]}…", f"that of {told.name}, {expected[:12]}…: {_OURS}"
        )


def _copy(backup: Path, target: Path) -> None:
    """Copy a back-up by its pages, with what stands in a log beside it; nothing is written beside the back-up."""
    target.unlink(missing_ok=True)
    log = backup.with_name(f"{backup.name}-wal")
    alone = "" if log.exists() and log.stat().st_size else "&immutable=1"
    address = f"{backup.resolve().as_uri()}?mode=ro{alone}"
    with (
        in_words(backup),
        closing(sqlite3.connect(address, uri=True)) as source,
        closing(sqlite3.connect(target)) as copy,
    ):
        source.backup(copy)


def _check_copy(copy: Path, backup: Path) -> None:
    engine = connected(copy)
    try:
        with reading(engine, backup) as connection:
            check_version(connection, backup)
            found = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar()
    finally:
        engine.dispose()
    if found != "ok":
        raise BookError(str(backup), f"a damaged database ({found})", _OURS)


def _set_aside(book: Path, like: Path) -> Path:
    """Keep the book that is there under another name, too, with whatever SQLite left beside it."""
    _close_log(book)
    kept = book.with_name(f"{book.name}.{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%S%fZ}")
    shutil.copymode(book, like)
    with contextlib.suppress(PermissionError):
        os.chown(like, book.stat().st_uid, book.stat().st_gid)
    # the log first: beside another file its pages would be written into that
    for ending in _BESIDE:
        beside = book.with_name(f"{book.name}{ending}")
        if beside.exists():
            beside.rename(kept.with_name(f"{kept.name}{ending}"))
    try:
        kept.hardlink_to(book)  # so that there is a book at every moment
    except OSError:
        book.rename(kept)
    return kept


def _close_log(book: Path) -> None:
    """Write into a book what stands in the log beside it; raises `BookError` where another process has it open."""
    try:
        with closing(sqlite3.connect(f"{book.resolve().as_uri()}?mode=rw", uri=True, timeout=0)) as db:
            db.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.Error as error:
        if (error.sqlite_errorname or "").startswith("SQLITE_BUSY"):
            allowed = "one that nobody has open; stop `rallybook serve` and whatever adds to it"
            raise BookError(str(book), "a book that another process has open", allowed) from error
        # a damaged one is what is to be replaced


def _settle(folder: Path) -> None:
    """Have the names in a folder outlive the loss of power."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
