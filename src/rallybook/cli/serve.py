"""`rallybook serve`: a book as an API and in the browser."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from rallybook.cli.book import BOOK, DEFAULT, said
from rallybook.cli.exits import quiet_exits
from rallybook.errors import InputError

_SHORTEST_TOKEN = 16


class Texts(StrEnum):
    """How much of an article everybody may see."""

    NONE = "none"
    EXCERPTS = "excerpts"
    ALL = "all"


_HOST = typer.Option(
    "--host", metavar="ADDRESS", help="The address to listen at; any but 127.0.0.1 takes accounts."
)
_PORT = typer.Option("--port", metavar="N", min=0, max=65_535, help="The port to listen at.")
_TEXTS = typer.Option(
    "--texts",
    metavar="none|excerpts|all",
    help="What whoever is no coder sees of an article: the words that prove a value, also those around them, or all.",
)
_PRIVATE = typer.Option("--private", help="Only who has logged in may read.")
_STYLE = typer.Option("--style", metavar="URL", help="A MapLibre style in place of the bundled map.")
_SECURE = typer.Option("--https", help="It is reached by HTTPS, through a proxy: cookies go that way only.")
_METRICS = typer.Option(
    "--metrics-token-file",
    metavar="FILE",
    help="A file with a word: who sends it may read /metrics (default: only this machine may).",
)
_SECOND = typer.Option(
    "--second",
    metavar="PERCENT",
    min=0,
    max=100,
    help="How many of 100 reviewed articles a second coder codes, too.",
)
_ACCOUNTS = typer.Option(
    "--accounts",
    metavar="FILE",
    help="The accounts (default: BOOK.accounts; of a book on a server, in its database).",
)


def serve(  # noqa: PLR0913 - one for each option of the command
    *,
    host: Annotated[str, _HOST] = "127.0.0.1",
    port: Annotated[int, _PORT] = 8000,
    texts: Annotated[Texts, _TEXTS] = Texts.EXCERPTS,
    private: Annotated[bool, _PRIVATE] = False,
    https: Annotated[bool, _SECURE] = False,
    style: Annotated[str, _STYLE] = "",
    second: Annotated[float, _SECOND] = 10,
    accounts: Annotated[Path | None, _ACCOUNTS] = None,
    metrics_token_file: Annotated[Path | None, _METRICS] = None,
    book: Annotated[str, BOOK] = DEFAULT,
) -> None:
    """Serve the book until Ctrl-C: API, map and review pages."""
    with quiet_exits():
        from rallybook.server.running import serve as serve_book  # noqa: PLC0415 - start-up time
        from rallybook.server.settings import Settings  # noqa: PLC0415

        settings = Settings(
            host=host,
            port=port,
            texts=texts.value,
            open_to_all=not private,
            secure_cookies=https,
            style=style,
            second_share=second / 100,
            accounts=accounts,
            metrics_token=_token(metrics_token_file) if metrics_token_file else "",
        )
        serve_book(book, settings, say=said)


def _token(file: Path) -> str:
    token = file.read_text(encoding="ascii", errors="replace").strip()
    if len(token) < _SHORTEST_TOKEN or not token.isascii():
        allowed = f"a file with one word of at least {_SHORTEST_TOKEN} letters and digits"
        raise InputError("--metrics-token-file", str(file), allowed)
    return token
