"""`rallybook decisions`: what people judged, out of a book and into another."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from rallybook.book.address import shown
from rallybook.cli.book import BOOK, DEFAULT, opened, said
from rallybook.cli.code import write
from rallybook.cli.exits import quiet_exits
from rallybook.errors import InputError


class Way(StrEnum):
    """Out of a book, or into it."""

    EXPORT = "export"
    IMPORT = "import"


_WAY = typer.Argument(
    metavar="export|import", help="Print the decisions as JSON lines, or take such lines in."
)
_PATH = typer.Argument(
    metavar="[FILE|-]", help="With import: the lines (default: standard input).", show_default=False
)
_OUT = typer.Option("--out", metavar="FILE", help="With export: a new file, in place of standard output.")


def decisions(
    way: Annotated[Way, _WAY],
    path: Annotated[str, _PATH] = "-",
    *,
    out: Annotated[Path | None, _OUT] = None,
    book: Annotated[str, BOOK] = DEFAULT,
) -> None:
    """Export the decisions of a book as JSON lines, the oldest first, or import those of another."""
    with quiet_exits(), opened(book) as kept:
        from rallybook.publishing.lines import as_json  # noqa: PLC0415 - start-up time

        if way is Way.EXPORT:
            lines = (as_json(decision) + "\n" for decision in kept.book.decisions())
            if out is None:
                write(lines)
            else:
                write_new(out, lines)
            return
        if out is not None:
            raise InputError("--out", str(out), "nothing with import")
        from rallybook.book.judging import decisions_in  # noqa: PLC0415

        given = list(decisions_in(_lines(path), "standard input" if path == "-" else path))
        said(f"{shown(book)}: {kept.book.decide(given):,} of {len(given):,} decisions are new")


def _lines(path: str) -> Iterator[bytes]:
    if path == "-":
        yield from sys.stdin.buffer if sys.stdin else io.BytesIO()
        return
    with Path(path).open("rb") as file:
        yield from file


def write_new(path: Path, lines: Iterator[str]) -> None:
    """Write lines into a file that is not there yet; raises `InputError` where it is."""
    try:
        with path.open("x", encoding="utf-8") as file:
            file.writelines(lines)
    except FileExistsError:
        raise InputError("--out", str(path), "the path of a new file; this one is there") from None
