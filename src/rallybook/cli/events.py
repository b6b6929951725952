"""`rallybook events`: the events of the book."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from rallybook.cli.book import BOOK, DEFAULT, opened
from rallybook.cli.code import FORMAT, Format, coloured, terminal_width, usual_format, write
from rallybook.cli.exits import quiet_exits
from rallybook.cli.inputs import whole
from rallybook.errors import InputError

if TYPE_CHECKING:
    from rallybook.model.event import Event

_FROM = typer.Option("--from", metavar="DATE", help="Events that last until this day or longer, YYYY-MM-DD.")
_TO = typer.Option("--to", metavar="DATE", help="Events that begin on this day or earlier, YYYY-MM-DD.")
_COUNTRY = typer.Option("--country", metavar="CODES", help="ISO 3166-1 alpha-2, as RU; several with commas.")
_FORM = typer.Option("--form", metavar="FORMS", help="Forms, as march; several with commas.")
_STATUS = typer.Option("--status", metavar="STATUSES", help="As happened, planned; several with commas.")
_NEAR = typer.Option("--near", metavar="LAT,LON,KM", help="No further than KM kilometres from a point.")
_TEXT = typer.Option("--text", metavar="WORDS", help='Words of an article; "in quotes" side by side.')
_QUOTE = typer.Option("--quote", metavar="WORDS", help="Words of a quote that proves the event.")
_FOCUS = typer.Option(
    "--focus", metavar="FOCUS", help="focal: what articles report; background: what they recall."
)
_MIN_SIZE = typer.Option("--min-size", metavar="N", help="Head counts that reach N or more.")
_MAX_SIZE = typer.Option("--max-size", metavar="N", help="Head counts that may be N or fewer.")
_RESPONSE = typer.Option("--response", metavar="ACTIONS", help="What the authorities did, as arrests,force.")
_CLAIM = typer.Option("--claim", metavar="WORDS", help="Words of what was demanded.")
_SOURCE = typer.Option(
    "--source", metavar="OUTLET", help="An outlet that reports the event; may be given several times."
)
_MIN_CONFIDENCE = typer.Option(
    "--min-confidence", metavar="P", help="Events whose probability to be one is P or more, 0 to 1."
)
_UNDATED = typer.Option("--undated/--dated", help="Events without a date, or those with one.")
_UNPLACED = typer.Option(
    "--unplaced/--placed", help="Events known to no place finer than a country, or the others."
)
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
    focus: Annotated[str, _FOCUS] = "",
    min_size: Annotated[str | None, _MIN_SIZE] = None,
    max_size: Annotated[str | None, _MAX_SIZE] = None,
    response: Annotated[str, _RESPONSE] = "",
    claim: Annotated[str, _CLAIM] = "",
    source: Annotated[list[str] | None, _SOURCE] = None,
    min_confidence: Annotated[float | None, _MIN_CONFIDENCE] = None,
    undated: Annotated[bool | None, _UNDATED] = None,
    unplaced: Annotated[bool | None, _UNPLACED] = None,
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
            focus=_listed(focus),
            min_size=_number("--min-size", min_size),
            max_size=_number("--max-size", max_size),
            response=_listed(response),
            claim=claim,
            source=source or (),
            min_confidence=min_confidence,
            undated=undated,
            unplaced=unplaced,
            limit=_number("--limit", limit),
            after=after,
        )
        _print(found, format or usual_format())


def _print(found: Iterable[Event], shown: Format) -> None:
    if shown is not Format.TABLE:
        from rallybook.publishing.event_layouts import event_lines  # noqa: PLC0415 - start-up time

        write(event_lines(found, shown.value))
        return
    from rallybook.publishing.event_table import event_table  # noqa: PLC0415

    write(event_table(found, width=terminal_width(), colour=coloured()))


def _listed(values: str) -> tuple[str, ...]:
    return tuple(value.strip() for value in values.split(",") if value.strip())


def _number(option: str, value: str | None) -> int | None:
    return None if value is None else whole(option, value, least=0, most=_MOST)


def _point(near: str | None) -> tuple[float, float, float] | None:
    if near is None:
        return None
    try:
        lat, lon, km = (float(part) for part in near.split(","))
    except ValueError:
        raise InputError("--near", near, "latitude, longitude and kilometres, as 56.4,-5.5,10") from None
    return lat, lon, km
