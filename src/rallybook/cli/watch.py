"""`rallybook watch`: look at feeds and sitemaps once, and keep what is new in the book."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rallybook.book.address import on_server, titled
from rallybook.cli.add import tell
from rallybook.cli.book import BOOK, DEFAULT, opened
from rallybook.cli.code import MIN_CONFIDENCE
from rallybook.cli.exits import quiet_exits
from rallybook.cli.inputs import ALLOW_PRIVATE, JOBS, jobs_of
from rallybook.cli.progress import progress

LIST = typer.Argument(metavar="LIST", help="A file of YAML with feeds and sitemaps (docs/sources.md).")
STATE = typer.Option(
    "--state",
    metavar="FILE",
    help="Where it keeps what it has seen (default: beside the book).",
)


def watch(
    list_: Annotated[Path, LIST],
    *,
    book: Annotated[str, BOOK] = DEFAULT,
    state: Annotated[Path | None, STATE] = None,
    jobs: Annotated[str | None, JOBS] = None,
    min_confidence: Annotated[float | None, MIN_CONFIDENCE] = None,
    allow_private: Annotated[bool, ALLOW_PRIVATE] = False,
) -> None:
    """Look at feeds and sitemaps once, and keep the articles that are new in the book.

    Made to be run again and again, by cron or the like: it asks only for what has changed.
    """
    with quiet_exits():
        workers = jobs_of(jobs)
        seen = state or Path(f"{titled(book) if on_server(book) else book}.watch.json")
        with opened(book, create=True) as kept, progress([], printing=False) as step:
            added = kept.watch(
                list_,
                seen,
                allow_private=allow_private,
                jobs=workers,
                min_confidence=min_confidence,
                step=step,
            )
        tell(added, book)
