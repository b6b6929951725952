"""`rallybook serve`: a book as an API and in the browser."""

from __future__ import annotations

from typing import Annotated

import typer

from rallybook.cli.book import BOOK, DEFAULT, said
from rallybook.cli.exits import quiet_exits

_HOST = typer.Option(
    "--host", metavar="ADDRESS", help="The address to listen at; 127.0.0.1 is this machine only."
)
_PORT = typer.Option("--port", metavar="N", min=0, max=65_535, help="The port to listen at.")


def serve(
    *,
    host: Annotated[str, _HOST] = "127.0.0.1",
    port: Annotated[int, _PORT] = 8000,
    book: Annotated[str, BOOK] = DEFAULT,
) -> None:
    """Serve the book until Ctrl-C: API, map and review pages."""
    with quiet_exits():
        from rallybook.server.running import serve as serve_book  # noqa: PLC0415 - start-up time
        from rallybook.server.settings import Settings  # noqa: PLC0415

        serve_book(book, Settings(host=host, port=port), say=said)
