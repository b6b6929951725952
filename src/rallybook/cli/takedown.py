"""`rallybook takedown`: an article that must not be shown any more."""

from __future__ import annotations

from typing import Annotated

import typer

from rallybook.book.address import shown
from rallybook.cli.book import BOOK, BY, DEFAULT, WHY, opened, said
from rallybook.cli.exits import quiet_exits

_ARTICLE = typer.Argument(metavar="ARTICLE", help="The id of the article.")


def takedown(
    article: Annotated[str, _ARTICLE],
    *,
    by: Annotated[str, BY],
    why: Annotated[str, WHY],
    book: Annotated[str, BOOK] = DEFAULT,
) -> None:
    """Erase an article, its records and what events showed of them; a tombstone says when, by whom and why."""
    with quiet_exits(), opened(book) as kept:
        stone = kept.book.take_down(article, by=by, why=why)
        said(f"{shown(book)}: {stone.article} is taken down")
