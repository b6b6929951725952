"""`rallybook backup` and `rallybook restore`: copy the book, and put a copy in its place."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rallybook.book.address import shown, titled
from rallybook.cli.book import BOOK, DEFAULT, opened, said
from rallybook.cli.exits import quiet_exits
from rallybook.errors import InputError

_FILE = typer.Argument(
    metavar="FILE",
    help="The copy, a new file, or a folder of copies, each named by its time.",
    show_default=False,
)
_KEEP = typer.Option(
    "--keep", metavar="N", min=1, help="Keep the N newest copies in the folder, and no older ones."
)
_BACKUP = typer.Argument(metavar="BACKUP", help="A copy that `backup` made.", show_default=False)
_FORCE = typer.Option(
    "--force", help="Also where a book is; it is kept under another name beside the new one."
)


def backup(
    file: Annotated[Path, _FILE],
    *,
    book: Annotated[str, BOOK] = DEFAULT,
    keep: Annotated[int | None, _KEEP] = None,
) -> None:
    """Copy the book as it is at one moment, while others may write it; the copy is checked, and is a book itself.

    Beside it comes its SHA-256, which `restore` looks at.
    """
    with quiet_exits():
        from rallybook.book.copying import dated, prune  # noqa: PLC0415 - start-up time

        if keep is not None and not file.is_dir():
            raise InputError("--keep", keep, f"a folder of copies; {file} is none")
        name = titled(book)
        with opened(book) as kept:
            copy = dated(file, name) if file.is_dir() else file
            kept.back_up(copy)
            said(f"{copy}: a copy of {shown(book)}, {kept.count():,} events")
        for gone in prune(file, name, keep) if keep else ():
            said(f"{gone}: removed, {keep} newer ones are there")


def restore(
    backup: Annotated[Path, _BACKUP],
    *,
    book: Annotated[str, BOOK] = DEFAULT,
    force: Annotated[bool, _FORCE] = False,
) -> None:
    """Put a copy that `backup` made where the book is to be, after it was checked; nobody may have the book open."""
    with quiet_exits():
        from rallybook.book.restoring import restore as put_back  # noqa: PLC0415 - start-up time

        if "://" in book:
            raise InputError(
                "book", shown(book), "the path of a file; a database server has its own way to restore"
            )
        before = put_back(backup, Path(book), overwrite=force)
        if before:
            said(f"{before}: the book that was there")
        with opened(book) as kept:
            said(f"{book}: restored from {backup}, {kept.count():,} events")
