"""`rallybook link`: link the records of the book into events."""

from __future__ import annotations

from typing import Annotated

import typer

from rallybook.book.address import shown
from rallybook.cli.book import BOOK, DEFAULT, opened, said
from rallybook.cli.exits import quiet_exits
from rallybook.cli.inputs import JOBS, jobs_of


def link(
    *,
    book: Annotated[str, BOOK] = DEFAULT,
    jobs: Annotated[str | None, JOBS] = None,
    everything: Annotated[bool, typer.Option("--all", help="All records anew, as after an update.")] = False,
) -> None:
    """Link the records of the book into events; add does it for what it added."""
    with quiet_exits():
        workers = jobs_of(jobs)
        with opened(book) as kept:
            linked = kept.link(everything=everything, jobs=workers)
        said(f"{shown(book)}: {linked:,} records linked")
