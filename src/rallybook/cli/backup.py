"""`rallybook backup`: copy the book."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rallybook.cli.book import BOOK, DEFAULT, opened, said
from rallybook.cli.exits import quiet_exits

_FILE = typer.Argument(metavar="FILE", help="The copy, a new file.", show_default=False)


def backup(file: Annotated[Path, _FILE], *, book: Annotated[str, BOOK] = DEFAULT) -> None:
    """Copy the book as it is at one moment, while others may write it; the copy is checked, and is a book itself."""
    with quiet_exits(), opened(book) as kept:
        kept.back_up(file)
        said(f"{file}: a copy of {book}, {kept.count():,} events")
