"""`rallybook show`: one event, every value with its sources and quotes."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from rallybook.cli.book import BOOK, DEFAULT, opened, said
from rallybook.cli.code import write
from rallybook.cli.exits import quiet_exits


class Format(StrEnum):
    """For people, or for programs."""

    TEXT = "text"
    JSON = "json"


_EVENT = typer.Argument(metavar="EVENT", help="The id of the event, or of one of its records.")
_FORMAT = typer.Option("--format", metavar="text|json", help="Format of the output.")


def show(
    event: Annotated[str, _EVENT],
    *,
    book: Annotated[str, BOOK] = DEFAULT,
    format: Annotated[Format, _FORMAT] = Format.TEXT,  # noqa: A002 - the name of the option
) -> None:
    """Show one event: every value with its sources and quotes, what people decided, what it was before."""
    with quiet_exits(), opened(book) as kept:
        from rallybook.publishing.dossier import dossier_lines  # noqa: PLC0415 - start-up time
        from rallybook.publishing.lines import as_json  # noqa: PLC0415

        found = kept.dossier(event)
        if found.event.id != event:
            said(f"{event} is told by event {found.event.id} now")
        write(dossier_lines(found) if format is Format.TEXT else [as_json(found) + "\n"])
