"""What events are chosen by, as the library and its faces name it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, TypedDict, Unpack, cast

from rallybook.api import as_day
from rallybook.errors import InputError
from rallybook.model.question import Box, Near, Question


class Filters(TypedDict, total=False):
    """What events are chosen by, all of it optional.

    `from_` and `to` are days, dates or ISO 8601: events whose own days touch them. `country` (ISO 3166-1 alpha-2),
    `form`, `status`, `focus`, `response` (what the authorities did) and `source` (an outlet) are one value or several.
    `near` is latitude, longitude and kilometres, `box` west, south, east and north, in WGS 84 degrees. `min_size` and
    `max_size` are head counts: events whose own range touches them. `min_confidence` is the least probability, 0 to 1,
    that it is an event. `text` are words that all stand in one article of the event, `quote` in one of its quotes,
    `claim` in its claims. `undated` chooses events without a date, `unplaced` those whose place is unknown or known to
    a country only; False the others. `after` is the id of the last event of the page before, `limit` the most to give.
    """

    from_: dt.date | str | None
    to: dt.date | str | None
    country: str | Sequence[str]
    form: str | Sequence[str]
    status: str | Sequence[str]
    focus: str | Sequence[str]
    response: str | Sequence[str]
    source: str | Sequence[str]
    near: tuple[float, float, float] | None
    box: tuple[float, float, float, float] | None
    text: str
    quote: str
    claim: str
    min_size: int | None
    max_size: int | None
    min_confidence: float | None
    undated: bool | None
    unplaced: bool | None
    after: str
    limit: int | None


class Unreleased(Filters, total=False):
    """What a release is chosen by: `permission` to pass on rows of other data sets whose terms do not allow it."""

    permission: bool


# filters of one value or several, by their name in a question
_LISTED = {
    "form": "forms",
    "status": "statuses",
    "focus": "focuses",
    "response": "responses",
    "source": "sources",
}


def question(**filters: Unpack[Filters]) -> Question:
    """Give the question that some filters ask; raises `InputError` for one that is none."""
    if unknown := sorted(filters.keys() - Filters.__annotations__.keys()):
        raise InputError("filter", unknown[0], Filters.__annotations__)
    near, box = filters.get("near"), filters.get("box")
    asked: dict[str, Any] = {
        "first": as_day(filters.get("from_"), "from"),
        "last": as_day(filters.get("to"), "to"),
        "countries": tuple(name.upper() for name in _several(filters.get("country", ()))),
        "near": Near(*_numbers("near", near, 3)) if near is not None else None,
        "box": Box(*_numbers("box", box, 4)) if box is not None else None,
    }
    for name, value in filters.items():
        if name in _LISTED:
            asked[_LISTED[name]] = _several(cast("str | Sequence[str]", value))
        elif name in Question.__struct_fields__ and name not in asked:
            asked[name] = value
    return Question(**asked)


def _several(values: str | Sequence[str]) -> tuple[str, ...]:
    return (values,) if isinstance(values, str) else tuple(values)


def _numbers(thing: str, values: Sequence[float], count: int) -> Sequence[float]:
    if len(values) != count or not all(isinstance(value, int | float) for value in values):
        raise InputError(thing, values, f"{count} numbers")
    return values
