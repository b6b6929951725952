"""`rallybook link`: link the records of the book into events."""

from __future__ import annotations

from typing import Annotated

import typer

from rallybook.book.address import shown
from rallybook.cli.book import BOOK, DEFAULT, opened, said
from rallybook.cli.exits import quiet_exits


def link(
    *,
    book: Annotated[str, BOOK] = DEFAULT,
    everything: Annotated[bool, typer.Option("--all", help="All records anew, as after an update.")] = False,
) -> None:
    """Link the records of the book into events; add does it for what it added."""
    with quiet_exits(), opened(book) as kept:
        linked = kept.link(everything=everything)
        said(f"{shown(book)}: {linked:,} records linked")
