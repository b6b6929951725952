"""`rallybook release`: a dated data package of the events of the book, with what has changed since the one before."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from rallybook.cli.book import BOOK, DEFAULT, opened, said
from rallybook.cli.exits import quiet_exits
from rallybook.cli.filters import filtered
from rallybook.filters import Filters

_OUT = typer.Option("--out", metavar="FOLDER", help="The folder to make, which must not be there.")
_BEFORE = typer.Option(
    "--before", metavar="FOLDER", help="The release before: what has changed since is listed."
)
_DATE = typer.Option("--date", metavar="DATE", help="The day of the release, YYYY-MM-DD (default: today).")
_LICENCE = typer.Option("--licence", metavar="SPDX", help="The licence of the data, as CC-BY-4.0.")
_TITLE = typer.Option("--title", metavar="TITLE", help="The title of the data (default: Protest events).")
_REASONS = typer.Option("--reasons", help="Give the reasons that people gave for what they rejected.")

_PERMISSION = typer.Option(
    "--permission",
    help="Show rows of other data sets, too, whose terms do not allow it: you have their permission.",
)


@filtered
def release(  # noqa: PLR0913 - one for each option of the command
    *,
    out: Annotated[Path, _OUT],
    book: Annotated[str, BOOK] = DEFAULT,
    before: Annotated[Path | None, _BEFORE] = None,
    date: Annotated[str | None, _DATE] = None,
    licence: Annotated[str, _LICENCE] = "",
    title: Annotated[str, _TITLE] = "",
    reasons: Annotated[bool, _REASONS] = False,
    permission: Annotated[bool, _PERMISSION] = False,
    chosen: Callable[[], Filters],
) -> None:
    """Write a data package of the events of the book: data, description, coverage, checksums, changes."""
    with quiet_exits(), opened(book) as kept:
        from rallybook.publishing.provenance import left_out  # noqa: PLC0415 - start-up time

        written = kept.release(
            out,
            before=before,
            date=date,
            licence=licence,
            title=title,
            reasons=reasons,
            permission=permission,
            **chosen(),
        )
        listed = "".join(f", {number:,} {change}" for change, number in written.changes.items())
        said(f"{out}: {written.events:,} event" + ("" if written.events == 1 else "s") + listed)
        if words := left_out(written.withheld, written.events_withheld):
            said(words)
