"""`rallybook check`: whether the book is sound."""

from __future__ import annotations

from typing import Annotated

import typer

from rallybook.book.address import shown
from rallybook.cli.book import BOOK, DEFAULT, opened, said
from rallybook.cli.exits import SOME_FAILED, quiet_exits

_QUICK = typer.Option(
    "--quick", help="Without deriving the events again, which takes as long as linking them did."
)


def check(*, book: Annotated[str, BOOK] = DEFAULT, quick: Annotated[bool, _QUICK] = False) -> None:
    """Tell whether the book is sound, and what is wrong with it, a line each.

    Is the database undamaged, is every text the one that was kept, do the words that prove a value stand where they are
    said to, and do the events come out the same when they are derived again, in a copy that is thrown away?
    """
    with quiet_exits(), opened(book) as kept:
        found = 0
        for fault in kept.book.faults(derive=not quick):
            typer.echo(fault)
            found += 1
        if found:
            raise typer.Exit(SOME_FAILED)
        had = kept.book.figures()
        said(
            f"{shown(book)}: sound, {had.articles:,} articles, {had.records:,} records, {had.events:,} events"
        )
