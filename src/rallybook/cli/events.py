"""`rallybook events`: the events of the book."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from rallybook.cli.book import BOOK, DEFAULT, opened
from rallybook.cli.code import FORMAT, Format, coloured, terminal_width, usual_format, write, write_bytes
from rallybook.cli.exits import quiet_exits
from rallybook.cli.filters import filtered
from rallybook.filters import Filters


@filtered
def events(
    *,
    book: Annotated[str, BOOK] = DEFAULT,
    format: Annotated[Format | None, FORMAT] = None,  # noqa: A002 - the name of the option
    chosen: Callable[[], Filters],
) -> None:
    """Print the events of the book, in the order of their days."""
    with quiet_exits(), opened(book) as kept:
        found = kept.events(**chosen())
        shown = format or usual_format()
        if shown is not Format.TABLE:
            from rallybook.publishing.event_formats import event_pieces  # noqa: PLC0415 - start-up time

            write_bytes(event_pieces(found, format=shown.value))
            return
        from rallybook.publishing.event_table import event_table  # noqa: PLC0415

        write(event_table(found, width=terminal_width(), colour=coloured()))
