"""How many events fulfil a question: by kind, by day, by point and cell of a map."""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, not_, select

from rallybook.book.asking import conditions, unplaced
from rallybook.book.dialect import aside, beginning
from rallybook.book.rows import UNPLACED
from rallybook.book.schema import OPEN_FIRST, UNDATED, event_sources, events
from rallybook.errors import InputError
from rallybook.model.overview import BIN_WIDTHS, FINEST_CELLS, Bin, BinWidth, Cell, Points, Spots
from rallybook.model.question import Question
from rallybook.model.record import RESPONSE_ACTIONS, Form

# a list of outlets ends somewhere: the most frequent ones
MOST_SOURCES = 100
# SQLite shall not go by the index that has a facet first: it would look at each row of the table
_FACETS: dict[str, ColumnElement[str]] = {
    "country": aside(events.c.country),
    "form": aside(events.c.form),
    "month": beginning(7, events.c.first_day),
    "status": aside(events.c.status),
    "focus": aside(events.c.focus),
}
# where a map of Web Mercator ends
_MOST_NORTH = 85.0511287798066


def count(db: Connection, asked: Question) -> int:
    """Give how many events fulfil a question."""
    return int(db.execute(select(func.count()).select_from(events).where(*conditions(asked))).scalar() or 0)


def facets(db: Connection, asked: Question) -> dict[str, dict[str, int]]:
    """Give how many of the events that fulfil a question each country, form, month and so on has."""
    held = conditions(asked)
    counted: dict[str, dict[str, int]] = {}
    for kind, value in _FACETS.items():
        query = select(value, func.count()).select_from(events).where(*held).group_by(value)
        rows = db.execute(query.order_by(value))
        counted[kind] = {str(key): int(number) for key, number in rows if key != UNDATED[:7]}
    return {**counted, "source": _by_source(db, held), "response": _by_response(db, held)}


def _by_source(db: Connection, held: list[ColumnElement[bool]]) -> dict[str, int]:
    number = func.count()
    query = select(event_sources.c.source, number).join(events, events.c.number == event_sources.c.event)
    most = query.where(*held).group_by(event_sources.c.source).order_by(number.desc(), event_sources.c.source)
    return {source: int(found) for source, found in db.execute(most.limit(MOST_SOURCES))}


def _by_response(db: Connection, held: list[ColumnElement[bool]]) -> dict[str, int]:
    return _actions(db.execute(select(*_sums_of_responses()).where(*held)).one())


def responses(db: Connection, asked: Question) -> dict[str, dict[str, int]]:
    """Give of the events that fulfil a question, for each form, how many saw each response."""
    form = _FACETS["form"]
    query = select(form, *_sums_of_responses()).where(*conditions(asked)).group_by(form).order_by(form)
    return {str(name): _actions(sums) for name, *sums in db.execute(query)}


def _sums_of_responses() -> list[ColumnElement[int]]:
    return [func.sum(events.c.responses.op(">>")(place).op("&")(1)) for place in range(len(RESPONSE_ACTIONS))]


def _actions(sums: Iterable[int | None]) -> dict[str, int]:
    return {action: int(found) for action, found in zip(RESPONSE_ACTIONS, sums, strict=True) if found}


def sizes(db: Connection, asked: Question) -> dict[tuple[int | None, int | None], int]:
    """Give how many of the events that fulfil a question have each head count."""
    low, high = events.c.low, events.c.high
    query = select(low, high, func.count()).where(*conditions(asked)).group_by(low, high)
    return {(least, most): int(number) for least, most, number in db.execute(query)}


def timeline(db: Connection, asked: Question, by: BinWidth) -> tuple[Bin, ...]:
    """Give how many events that fulfil a question began in each day, week or month, by form."""
    if by not in BIN_WIDTHS:
        raise InputError("by", by, BIN_WIDTHS)
    day = events.c.first_day
    query = select(day, events.c.form, func.count()).where(
        *conditions(asked), day.not_in((UNDATED, OPEN_FIRST))
    )
    bins: dict[dt.date, Counter[Form]] = defaultdict(Counter)
    for first, form, number in db.execute(query.group_by(day, events.c.form).order_by(day, events.c.form)):
        bins[_begin(dt.date.fromisoformat(first), by)][form] += number
    return tuple(Bin(first, dict(sorted(forms.items()))) for first, forms in sorted(bins.items()))


def _begin(day: dt.date, by: BinWidth) -> dt.date:
    if by == "month":
        return day.replace(day=1)
    return day - dt.timedelta(day.weekday()) if by == "week" else day


def points(db: Connection, asked: Question, limit: int) -> Points:
    """Give the events that fulfil a question as points of a map, and how many are none."""
    if limit < 0:
        raise InputError("limit", limit, "0 or more")
    held, e = conditions(asked), events.c
    sums = (
        func.count(),
        # a sum of conditions would come back as True or False
        func.count().filter(unplaced() & (e.precision == "country")),
        func.count().filter(unplaced() & (e.precision != "country")),
        func.count().filter(e.first_day == UNDATED),
    )
    matched, country_only, placeless, undated = db.execute(select(*sums).where(*held)).one()
    query = select(e.id, e.lon, e.lat, e.precision, e.first_day, e.form, e.status, e.low, e.high)
    ordered = query.where(*held, not_(unplaced())).order_by(e.first_day, e.id).limit(limit)
    columns: list[tuple[Any, ...]] = list(zip(*db.execute(ordered), strict=True)) or [()] * 9
    columns[4] = tuple("" if day == UNDATED else day for day in columns[4])
    ids, lons, lats, precisions, days, forms, statuses, lows, highs = columns
    return Points(
        ids=ids, lons=lons, lats=lats, precisions=precisions, days=days, forms=forms, statuses=statuses,
        lows=lows, highs=highs, matched=matched, country_only=country_only or 0, placeless=placeless or 0,
        undated=undated or 0,
    )  # fmt: skip


def spots(db: Connection, asked: Question) -> Spots:
    """Give how many of the events that fulfil a question lie on each spot of the map, and how many are on none."""
    e, undated = events.c, func.count().filter(events.c.first_day == UNDATED)
    query = select(e.lon, e.lat, e.precision, func.count(), undated).where(*conditions(asked))
    found: Counter[tuple[float, float]] = Counter()
    sums: Counter[str] = Counter()
    for lon, lat, precision, number, dateless in db.execute(query.group_by(e.lon, e.lat, e.precision)):
        sums["undated"] += dateless
        if precision in UNPLACED or lon is None or lat is None:
            sums["country" if precision == "country" else "placeless"] += number
        else:
            found[lon, lat] += number
    return Spots(
        lons=tuple(lon for lon, _ in found), lats=tuple(lat for _, lat in found), counts=tuple(found.values()),
        matched=found.total() + sums["country"] + sums["placeless"], country_only=sums["country"],
        placeless=sums["placeless"], undated=sums["undated"],
    )  # fmt: skip


def cells(db: Connection, asked: Question, resolution: int) -> tuple[Cell, ...]:
    """Give how many of the events that fulfil a question lie in each cell of the map, row by row."""
    if not 0 <= resolution <= FINEST_CELLS:
        raise InputError("resolution", resolution, f"a whole number, 0 to {FINEST_CELLS}")
    inside: dict[tuple[int, int], list[tuple[float, float]]] = defaultdict(list)
    query = select(events.c.lon, events.c.lat).where(*conditions(asked), not_(unplaced()))
    for lon, lat in db.execute(query):
        inside[_cell(lon, lat, resolution)].append((lon, lat))
    return tuple(
        Cell(x, y, len(at), sum(lon for lon, _ in at) / len(at), sum(lat for _, lat in at) / len(at))
        for (y, x), at in sorted(inside.items())
    )


def _cell(lon: float, lat: float, resolution: int) -> tuple[int, int]:
    across = 2**resolution
    sine = math.sin(math.radians(max(-_MOST_NORTH, min(_MOST_NORTH, lat))))
    south = 0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)
    return min(across - 1, max(0, int(south * across))), min(across - 1, int((lon + 180) / 360 * across))
