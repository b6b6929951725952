"""What every verb that asks for events shares: the options by which they are chosen."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any

import typer

from rallybook.cli.inputs import whole
from rallybook.errors import InputError
from rallybook.opened import Filters

_FROM = typer.Option("--from", metavar="DATE", help="Events that last until this day or longer, YYYY-MM-DD.")
_TO = typer.Option("--to", metavar="DATE", help="Events that begin on this day or earlier, YYYY-MM-DD.")
_COUNTRY = typer.Option("--country", metavar="CODES", help="ISO 3166-1 alpha-2, as RU; several with commas.")
_FORM = typer.Option("--form", metavar="FORMS", help="Forms, as march; several with commas.")
_STATUS = typer.Option("--status", metavar="STATUSES", help="As happened, planned; several with commas.")
_NEAR = typer.Option("--near", metavar="LAT,LON,KM", help="No further than KM kilometres from a point.")
_TEXT = typer.Option("--text", metavar="WORDS", help='Words of an article; "in quotes" side by side.')
_QUOTE = typer.Option("--quote", metavar="WORDS", help="Words of a quote that proves the event.")
_LIMIT = typer.Option("--limit", metavar="N", help="The most events to give (default: all).")
_AFTER = typer.Option("--after", metavar="EVENT", help="Go on after this event, the last of a page before.")
_MOST = 1_000_000_000


def filtered(verb: Callable[..., None]) -> Callable[..., None]:
    """Give a verb the options that choose events, last in its help; by `chosen` it asks what they say."""
    own = [one for one in _parameters(verb) if one.name != "chosen"]
    shared = _parameters(_chosen)
    taken = [*own, *shared]

    @wraps(verb)
    def command(**given: Any) -> None:  # noqa: ANN401 - what the command line holds
        options = {one.name: given.pop(one.name) for one in shared}
        verb(**given, chosen=lambda: _chosen(**options))

    # typer makes the options from these
    command.__signature__ = inspect.Signature(taken)  # type: ignore[attr-defined]
    command.__annotations__ = {one.name: one.annotation for one in taken}
    del command.__wrapped__
    return command


def _parameters(function: Callable[..., object]) -> list[inspect.Parameter]:
    return list(inspect.signature(function, eval_str=True).parameters.values())


def _chosen(  # noqa: PLR0913 - one for each option
    *,
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
) -> Filters:
    """Give the filters that the options say; raises `InputError`."""
    return {
        "from_": from_,
        "to": to,
        "country": _listed(country),
        "form": _listed(form),
        "status": _listed(status),
        "near": _point(near),
        "text": text,
        "quote": quote,
        "limit": None if limit is None else whole("--limit", limit, least=0, most=_MOST),
        "after": after,
    }


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
