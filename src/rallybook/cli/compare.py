"""`rallybook compare`: which events of a book two sides have, and on what they differ."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from rallybook.cli.book import BOOK, DEFAULT, opened, said
from rallybook.cli.code import write
from rallybook.cli.exits import quiet_exits
from rallybook.cli.filters import filtered
from rallybook.filters import Filters

Format = StrEnum("Format", ["text", "json"])
By = StrEnum("By", ["form", "country", "week"])

_SIDES = "rallybook|acled|ccc|gdelt|polecat"
_LEFT = typer.Option(
    "--left", metavar=_SIDES, help="One side: what was read in texts (rallybook), or a table."
)
_RIGHT = typer.Option("--right", metavar=_SIDES, help="The other side.")
_BY = typer.Option("--by", metavar="|".join(By), help="How many for each form, country or week, too.")
_FORMAT = typer.Option("--format", metavar="text|json", help="Format of the output.")
_OUT = typer.Option(
    "--out", metavar="FILE", help="Write each event to a CSV, too: who has it, and what each side says."
)


@filtered
def compare(  # noqa: PLR0913 - one for each option of the command
    *,
    book: Annotated[str, BOOK] = DEFAULT,
    left: Annotated[str, _LEFT] = "rallybook",
    right: Annotated[str, _RIGHT] = "acled",
    by: Annotated[By | None, _BY] = None,
    format: Annotated[Format, _FORMAT] = Format.text,  # noqa: A002 - the name of the option
    out: Annotated[Path | None, _OUT] = None,
    chosen: Callable[[], Filters],
) -> None:
    """Compare two sides of a book: how many events both have, how many one only, and where they differ."""
    with quiet_exits(), opened(book) as kept:
        from rallybook.evaluation.sides_report import compared_lines  # noqa: PLC0415 - start-up time
        from rallybook.publishing.lines import as_json  # noqa: PLC0415

        found = kept.compare(left, right, out=out, **chosen())
        if out:
            said(f"{out}: {found.events.both + found.events.left + found.events.right:,} events")
        lines = compared_lines(found, by.value if by else None)
        write([as_json(found) + "\n"] if format is Format.json else lines)
