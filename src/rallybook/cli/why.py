"""`rallybook why`: what speaks for and against two records being one event."""

from __future__ import annotations

from typing import Annotated

import typer

from rallybook.cli.book import BOOK, DEFAULT, opened, said
from rallybook.cli.code import write
from rallybook.cli.exits import quiet_exits
from rallybook.cli.show import Format

_ONE = typer.Argument(metavar="ONE", help="The id of a record, or of an event.")
_OTHER = typer.Argument(metavar="OTHER", help="The id of another one.")
_FORMAT = typer.Option("--format", metavar="text|json", help="Layout of the output.")


def why(
    one: Annotated[str, _ONE],
    other: Annotated[str, _OTHER],
    *,
    book: Annotated[str, BOOK] = DEFAULT,
    format: Annotated[Format, _FORMAT] = Format.TEXT,  # noqa: A002 - the name of the option
) -> None:
    """Say what speaks for and against two records being one event; of two events, for their likest records."""
    with quiet_exits(), opened(book) as kept:
        from rallybook.publishing.grounds import match_lines  # noqa: PLC0415 - start-up time
        from rallybook.publishing.lines import as_json  # noqa: PLC0415

        match = kept.why(one, other)
        if kept.book.decisions(match.records):
            said("what people decided on them outranks this (see show)")
        write(match_lines(match) if format is Format.TEXT else [as_json(match) + "\n"])
