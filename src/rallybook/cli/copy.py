"""`rallybook copy`: move a book from a file to a server, or back."""

from __future__ import annotations

from typing import Annotated

import typer

from rallybook.book.address import shown
from rallybook.cli.book import said
from rallybook.cli.exits import quiet_exits
from rallybook.cli.progress import progress

_BOOK = typer.Argument(metavar="BOOK", help="The book: a file, or postgresql://USER@HOST/DATABASE.")
_COPY = typer.Argument(metavar="COPY", help="Where it goes: a new file, or a database without a book.")


def copy(book: Annotated[str, _BOOK], target: Annotated[str, _COPY]) -> None:
    """Copy a book as it is at one moment, with its accounts, to a file or a server; ids and revisions stay.

    There is the whole copy or none. A place where a book holds something is refused.
    """
    with quiet_exits():
        from rallybook.book.transfer import copy_book  # noqa: PLC0415 - start-up time

        with progress([], printing=False) as step:
            moved = copy_book(book, target, step=step)
        said(
            f"{shown(target)}: a copy of {shown(book)}, {moved.articles:,} articles, {moved.records:,} records, "
            f"{moved.decisions:,} decisions, {moved.events:,} events, {moved.accounts:,} accounts"
        )
