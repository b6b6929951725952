"""Answers to questions: which events, how many of each kind."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from sqlalchemy import ColumnElement, Connection, Select, and_, func, not_, or_, select, tuple_

from rallybook.book.dialect import found as found_in
from rallybook.book.dialect import touching
from rallybook.book.rows import UNPLACED, bits, event_of
from rallybook.book.schema import (
    UNDATED,
    article_words,
    claim_words,
    event_boxes,
    event_sources,
    events,
    members,
    quote_words,
    records,
)
from rallybook.errors import InputError
from rallybook.model.distance import KM_A_DEGREE
from rallybook.model.event import Event
from rallybook.model.question import Box, Near, Question
from rallybook.model.record import FOCUSES, FORMS, RESPONSE_ACTIONS, STATUSES

_COUNTRY = re.compile("[A-Z]{2}")
_PHRASE = re.compile(r'"([^"]*)"|(\S+)')
# a word is what the index takes for one
_WORD = re.compile(r"\w")
# events are read from the file so many at a time
_READ_AHEAD = 500
# so many events of a box take about 5 ms to list; where there are more, a page of 100 is soon full
_CROWD = 10_000
# no book has more events
_MOST_ROWS = 2**31 - 1
# the largest number of a column
_MOST = 2**63 - 1
# no two places are further apart
_HALF_ROUND_KM = 20_038.0


def check(asked: Question) -> None:
    """Raise `InputError` for a question that nothing can answer."""
    for country in asked.countries:
        if not _COUNTRY.fullmatch(country):
            raise InputError("country", country, "ISO 3166-1 alpha-2, as RU")
    for thing, values, allowed in (
        ("form", asked.forms, FORMS),
        ("status", asked.statuses, STATUSES),
        ("focus", asked.focuses, FOCUSES),
        ("response", asked.responses, RESPONSE_ACTIONS),
    ):
        for value in values:
            if value not in allowed:
                raise InputError(thing, value, allowed)
    _check_numbers(asked)
    if asked.first and asked.last and asked.first > asked.last:
        raise InputError("from", asked.first.isoformat(), f"a day up to {asked.last.isoformat()}")
    for thing, words in (("text", asked.text), ("quote", asked.quote), ("claim", asked.claim)):
        if words:
            match(words, thing)
    if (near := asked.near) and not (
        -90 <= near.lat <= 90 and -180 <= near.lon <= 180 and 0 <= near.km <= _HALF_ROUND_KM
    ):
        circle = "latitude -90 to 90, longitude -180 to 180, 0 to 20,038 kilometres"
        raise InputError("near", f"{near.lat:g},{near.lon:g},{near.km:g}", circle)


def _check_numbers(asked: Question) -> None:
    for thing, number in (("limit", asked.limit), ("min_size", asked.min_size), ("max_size", asked.max_size)):
        if number is not None and not 0 <= number <= _MOST:
            raise InputError(thing, number, f"0 to {_MOST:,}")
    if asked.min_size is not None and asked.max_size is not None and asked.min_size > asked.max_size:
        raise InputError("min_size", asked.min_size, f"a head count up to {asked.max_size}")
    if asked.min_confidence is not None and not 0 <= asked.min_confidence <= 1:
        raise InputError("min_confidence", asked.min_confidence, "a number from 0 to 1")


def found(db: Connection, asked: Question, after: tuple[str, str] | None) -> Iterator[Event]:
    """Give the events that fulfil a question; `after` is the first day and the id of the last one before them."""
    query = select(events.c.data).where(*conditions(asked, crowded=_crowded(db, asked)))
    query = query.order_by(events.c.first_day, events.c.id)
    if after:
        query = query.where(tuple_(events.c.first_day, events.c.id) > tuple_(*after))
    if asked.limit is not None:
        query = query.limit(min(asked.limit, _MOST_ROWS))
    rows = db.execute(query, execution_options={"yield_per": _READ_AHEAD})
    for data in rows.scalars():
        yield event_of(data)


def conditions(asked: Question, *, crowded: bool = False) -> list[ColumnElement[bool]]:
    """Give what an event must fulfil, as conditions on its row.

    Where its box is `crowded`, a page is found sooner by going through the events in their order.
    """
    held: list[ColumnElement[bool]] = []
    if asked.first:
        held.append(events.c.last_day >= asked.first.isoformat())
    if asked.last:
        held.append(events.c.first_day <= asked.last.isoformat())
    for column, values in (
        (events.c.country, asked.countries),
        (events.c.form, asked.forms),
        (events.c.status, asked.statuses),
        (events.c.focus, asked.focuses),
    ):
        if values:
            held.append(column.in_(values))
    if asked.responses:
        held.append(events.c.responses.op("&")(bits(asked.responses)) != 0)
    if asked.without:
        held.append(events.c.id.not_in(asked.without))
    held += [*_measured(asked), *_known(asked), *_worded(asked)]
    if asked.box:
        held += _within(asked.box, crowded=crowded)
    if asked.near:
        held += [*_within(around(asked.near), crowded=crowded), _no_further(asked.near)]
    return held


def around(near: Near) -> Box:
    """Give a box that holds a circle."""
    up = near.km / KM_A_DEGREE * 1.001
    south, north = near.lat - up, near.lat + up
    if south <= -90 or north >= 90:
        return Box(-180, max(south, -90), 180, min(north, 90))
    # the circle is widest a little nearer to the pole than its centre
    widest = math.sin(math.radians(up)) / math.cos(math.radians(near.lat))
    across = math.degrees(math.asin(min(1.0, widest)))
    west, east = near.lon - across, near.lon + across
    if across >= 90:
        return Box(-180, south, 180, north)
    return Box((west + 180) % 360 - 180, south, (east + 180) % 360 - 180, north)


def match(words: str, thing: str = "text") -> str:
    """Give the expression by which an index finds all of some words; those in double quotes side by side.

    Raises `InputError` where there is no word.
    """
    phrases = [quoted or word.replace('"', "") for quoted, word in _PHRASE.findall(words)]
    wanted = [phrase for phrase in phrases if _WORD.search(phrase)]
    if not wanted:
        raise InputError(thing, words, "at least one word")
    return " ".join(f'"{phrase}"' for phrase in wanted)


def _crowded(db: Connection, asked: Question) -> bool:
    """Tell whether so many events lie in a question's box that it is no good start for a page."""
    box = asked.box or (around(asked.near) if asked.near else None)
    if box is None or asked.limit is None:
        return False
    inside = _inside(box).limit(_CROWD).subquery()
    return db.execute(select(func.count()).select_from(inside)).scalar() == _CROWD


def _within(box: Box, *, crowded: bool) -> list[ColumnElement[bool]]:
    # the index keeps 32-bit numbers, rounded outwards; the event's own are compared again
    along = or_(*(events.c.lon.between(west, east) for west, east in _spans(box)))
    exact = [events.c.lat.between(box.south, box.north), along, events.c.precision.not_in(UNPLACED)]
    return exact if crowded else [events.c.number.in_(_inside(box)), *exact]


def _inside(box: Box) -> Select[tuple[int]]:
    along = or_(*(touching(west, box.south, east, box.north) for west, east in _spans(box)))
    return select(event_boxes.c.number).where(along)


def _spans(box: Box) -> list[tuple[float, float]]:
    return [(box.west, box.east)] if box.west <= box.east else [(box.west, 180.0), (-180.0, box.east)]


def _no_further(near: Near) -> ColumnElement[bool]:
    return func.km_between(near.lat, near.lon, events.c.lat, events.c.lon) <= near.km


def _measured(asked: Question) -> Iterator[ColumnElement[bool]]:
    """Give what a head count and a probability must fulfil; a range that is open on one side goes on there."""
    low, high = events.c.low, events.c.high
    if asked.min_size is not None:
        yield or_(high >= asked.min_size, and_(high.is_(None), low.is_not(None)))
    if asked.max_size is not None:
        yield or_(low <= asked.max_size, and_(low.is_(None), high.is_not(None)))
    if asked.min_confidence is not None:
        yield events.c.confidence >= asked.min_confidence


def _known(asked: Question) -> Iterator[ColumnElement[bool]]:
    for chosen, lacking in ((asked.undated, events.c.first_day == UNDATED), (asked.unplaced, unplaced())):
        if chosen is not None:
            yield lacking if chosen else not_(lacking)


def unplaced() -> ColumnElement[bool]:
    """Give the condition on events that are no point of a map."""
    return or_(events.c.precision.in_(UNPLACED), events.c.lat.is_(None), events.c.lon.is_(None))


def _worded(asked: Question) -> Iterator[ColumnElement[bool]]:
    if asked.text:
        yield events.c.number.in_(_telling(asked.text))
    if asked.quote:
        yield events.c.number.in_(_quoting(asked.quote))
    if asked.claim:
        yield events.c.number.in_(found_in(claim_words, match(asked.claim, "claim")))
    if asked.sources:
        yield events.c.number.in_(
            select(event_sources.c.event).where(event_sources.c.source.in_(asked.sources))
        )


def _telling(words: str) -> Select[tuple[int]]:
    ours = records.c.article.in_(found_in(article_words, match(words)))
    return select(members.c.event).join(records, records.c.number == members.c.record).where(ours)


def _quoting(words: str) -> Select[tuple[int]]:
    return select(members.c.event).where(members.c.record.in_(found_in(quote_words, match(words, "quote"))))
