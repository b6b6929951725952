"""What is asked of a book: which events, from where on, how many."""

from __future__ import annotations

import datetime as dt

import msgspec

from rallybook.model.record import Focus, Form, ResponseAction, Status


class Near(msgspec.Struct, frozen=True):
    """A circle: its centre in WGS 84 degrees and its radius in kilometres."""

    lat: float
    lon: float
    km: float


class Box(msgspec.Struct, frozen=True):
    """A box in WGS 84 degrees; `west` above `east` crosses the 180th meridian."""

    west: float
    south: float
    east: float
    north: float


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """Events that fulfil everything that is told here; what is not told leaves none out.

    `first` and `last` are days: events whose own days touch them, so none without a date. Of `countries` (ISO 3166-1
    alpha-2), `forms`, `statuses`, `focuses`, `responses` (what the authorities did) and `sources` (outlets of its
    articles) any may hold. `near` and `box` leave out what is known to a country only, for its middle says nothing of
    where it was. `min_size` and `max_size` are head counts: events whose own range touches them, so none without one.
    `min_confidence` is the least probability, 0 to 1, that it is an event, and leaves out those that have none.
    `text` are words that all stand in one of the event's articles, `quote` in one of its quotes, `claim` in its
    claims; words in double quotes stand side by side. `undated` chooses those without a date, `unplaced` those whose
    place is unknown or known to a country only; False the others. `without` leaves out events by their ids.

    Events come in the order of their first day, then of their ids, undated ones last; `after` is the id of the last
    one of the page before, `limit` the most to give.
    """

    first: dt.date | None = None
    last: dt.date | None = None
    countries: tuple[str, ...] = ()
    forms: tuple[Form, ...] = ()
    statuses: tuple[Status, ...] = ()
    focuses: tuple[Focus, ...] = ()
    responses: tuple[ResponseAction, ...] = ()
    sources: tuple[str, ...] = ()
    near: Near | None = None
    box: Box | None = None
    text: str = ""
    quote: str = ""
    claim: str = ""
    min_size: int | None = None
    max_size: int | None = None
    min_confidence: float | None = None
    undated: bool | None = None
    unplaced: bool | None = None
    without: tuple[str, ...] = ()
    after: str = ""
    limit: int | None = None


# all events of a book
EVERYTHING = Question()
