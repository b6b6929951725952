"""What every verb that needs a book shares: which one, and words of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from rallybook.logs import say

if TYPE_CHECKING:
    from rallybook.opened import OpenBook

BOOK = typer.Option(
    "--book",
    metavar="PATH|URL",
    envvar="RALLYBOOK_BOOK",
    help="The book: a file, or postgresql://USER@HOST/DATABASE (default: RALLYBOOK_BOOK, or rallybook.db).",
)
BY = typer.Option("--by", metavar="NAME", help="Who says so.")
WHY = typer.Option("--why", metavar="REASON", help="Why.")
DEFAULT = "rallybook.db"


def opened(path: str, *, create: bool = False) -> OpenBook:
    """Open the book that a verb was given; raises `BookError` and `InputError`."""
    from rallybook import opened as library  # noqa: PLC0415 - start-up time

    return library.open(path, create=create)


def said(words: str) -> None:
    """Say something on stderr."""
    say(words)
