"""`rallybook events`: the events of the book."""

from __future__ import annotations

from typing import Annotated

import typer

from rallybook.cli.book import BOOK, DEFAULT, opened
from rallybook.cli.code import FORMAT, Format, coloured, terminal_width, usual_format, write
from rallybook.cli.exits import quiet_exits
from rallybook.cli.inputs import whole
from rallybook.errors import InputError

_FROM = typer.Option("--from", metavar="DATE", help="Events that last until this day or longer, YYYY-MM-DD.")
_TO = typer.Option("--to", metavar="DATE", help="Events that begin on this day or earlier, YYYY-MM-DD.")
_COUNTRY = typer.Option("--country", metavar="CODES", help="ISO 3166-1 alpha-2, as RU; several with commas.")
_FORM = typer.Option("--form", metavar="FORMS", help="Forms, as march; several with commas.")
_STATUS = typer.Option("--status", metavar="STATUSES", help="As happened, planned; several with commas.")
_NEAR = typer.Option("--near", metavar="LAT,LON,KM", help="No further than KM kilometres from a point.")
_TEXT = typer.Option("--text", metavar="WORDS", help='Words of an article; "in quotes" side by side.')
_QUOTE = typer.Option("--quote", metavar="WORDS", help="Words of a quote that proves the event.")
_LIMIT = typer.Option("--limit", metavar="N", help="The most events to print (default: all).")
_AFTER = typer.Option("--after", metavar="EVENT", help="Go on after this event, the last of a page before.")
_MOST = 1_000_000_000


def events(  # noqa: PLR0913 - one for each option of the command
    *,
    book: Annotated[str, BOOK] = DEFAULT,
    from_: Annotated[str | None, _FROM] = None,
    to: Annotated[str | None, _TO] = None,
    country: Annotated[str, _COUNTRY] = "",
    form: Annotated[str, _FORM] = "",
    status: Annotated[str, _STATUS] = "",
    near: Annotated[str | None, _NEAR] = None,
    text: Annotated[str, _TEXT] = "",
    quote: Annotated[str, _QUOTE] = "",
    limit: Annotated[str | None, _LIMIT] = None,
    after: Annotated[str, _AFTER] = "",
    format: Annotated[Format | None, FORMAT] = None,  # noqa: A002 - the name of the option
) -> None:
    """Print the events of the book, in the order of their days."""
    with quiet_exits(), opened(book) as kept:
        found = kept.events(
            from_=from_,
            to=to,
            country=_listed(country),
            form=_listed(form),
            status=_listed(status),
            near=_point(near),
            text=text,
            quote=quote,
            limit=None if limit is None else whole("--limit", limit, least=0, most=_MOST),
            after=after,
        )
        shown = format or usual_format()
        if shown is not Format.TABLE:
            from rallybook.publishing.event_layouts import event_lines  # noqa: PLC0415 - start-up time

            write(event_lines(found, shown.value))
            return
        from rallybook.publishing.event_table import event_table  # noqa: PLC0415

        write(event_table(found, width=terminal_width(), colour=coloured()))


def _listed(values: str) -> tuple[str, ...]:
    return tuple(value.strip() for value in values.split(",") if value.strip())


def _point(near: str | None) -> tuple[float, float, float] | None:
    if near is None:
        return None
    try:
        lat, lon, km = (float(part) for part in near.split(","))
    except ValueError:
        raise InputError("--near", near, "latitude, longitude and kilometres, as 56.4,-5.5,10") from None
    return lat, lon, km
