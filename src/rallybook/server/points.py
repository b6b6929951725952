"""Events in the large: points or cells of the map, the timeline, facets."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Annotated

import msgspec
from fastapi import APIRouter, Query, Request, Response

from rallybook.model import overview
from rallybook.model.overview import Bin, BinWidth
from rallybook.model.question import Question
from rallybook.model.record import Form, Status
from rallybook.model.values import Precision
from rallybook.ports import Book
from rallybook.server import hexagons
from rallybook.server.answers import fresh
from rallybook.server.queries import FilterQuery, PointsQuery, TimelineQuery
from rallybook.server.shelf import Here
from rallybook.server.views import overlap, within

router = APIRouter(prefix="/api/v1", tags=["overview"])
# the map of the world at a glance: cells of 1.4 degrees
_USUAL_RESOLUTION = 8
# days up to which bars are days, and weeks
_DAYS, _WEEKS = 120, 1_500


class PointColumns(msgspec.Struct, frozen=True, kw_only=True):
    """Events as points, column by column: WGS 84 degrees, first days in ISO 8601 ("": undated), head counts."""

    id: tuple[str, ...]
    lon: tuple[float, ...]
    lat: tuple[float, ...]
    precision: tuple[Precision, ...]
    day: tuple[str, ...]
    form: tuple[Form, ...]
    status: tuple[Status, ...]
    low: tuple[int | None, ...]
    high: tuple[int | None, ...]


class CellColumns(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Cells of the map, column by column: the middle of the events of each in WGS 84 degrees, and how many they are.

    Hexagons have the name of their cell of H3 in `h3`, and in `ring` their corners: longitude, latitude, longitude and
    so on, beyond 180 degrees where they cross the 180th meridian.
    """

    lon: tuple[float, ...]
    lat: tuple[float, ...]
    count: tuple[int, ...]
    h3: tuple[str, ...] = ()
    ring: tuple[tuple[float, ...], ...] = ()


class Points(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The events on the map: points, or cells where they are too many; and how many are on no map and why.

    Of `total` events `unplaced` have no place, `country_only` are known to a country only, whose middle says nothing
    of where they were. `undated` ones have no date. Where the points of all are too many and a part of the map was
    asked for, `view` is that part: points or cells are those in it, the other numbers still those of all.
    """

    total: int
    unplaced: int
    country_only: int
    undated: int
    points: PointColumns | None = None
    cells: CellColumns | None = None
    view: tuple[float, float, float, float] | None = None


class Timeline(msgspec.Struct, frozen=True, kw_only=True):
    """What bins hold, the first days of those that have events, how many events of each form begin in each."""

    by: BinWidth
    bins: tuple[dt.date, ...]
    counts: dict[Form, tuple[int, ...]]


@router.get("/points")
def points(request: Request, query: Annotated[PointsQuery, Query()], here: Here) -> Response:
    """Give the points of the events that fulfil all filters, or cells with their counts where they are many."""
    asked, book = query.question(), here.opened.book
    most = min(query.most or here.settings.most_points, here.settings.most_points)
    return fresh(request, lambda: map_of(book, asked, query, most=most))


@router.get("/timeline")
def timeline(request: Request, query: Annotated[TimelineQuery, Query()], here: Here) -> Response:
    """Give how many events begin in each day, week or month, by form; bins without events are left out."""
    asked = query.question()
    return fresh(request, lambda: timeline_of(here.opened.book, asked, query))


@router.get("/facets")
def facets(request: Request, query: Annotated[FilterQuery, Query()], here: Here) -> Response:
    """Give how many events each value of each facet has."""
    asked = query.question()
    return fresh(request, lambda: here.facets(asked))


def map_of(book: Book, asked: Question, query: PointsQuery, *, most: int) -> Points:
    """Give events as points, or as cells where they are more than `most`."""
    spots = book.spots(asked)
    told = Points(
        total=spots.matched, unplaced=spots.placeless, country_only=spots.country_only, undated=spots.undated
    )
    if sum(spots.counts) <= most:
        return msgspec.structs.replace(told, points=_points(book.points(asked, limit=most)))
    shown = list(zip(spots.lons, spots.lats, spots.counts, strict=True))
    window = query.window()
    if window and (view := overlap(window, asked.box) if asked.box else window):
        told = msgspec.structs.replace(told, view=(window.west, window.south, window.east, window.north))
        asked = msgspec.structs.replace(asked, box=view)
        shown = [spot for spot in shown if within(view, *spot[:2])]
        if sum(number for *_, number in shown) <= most:
            return msgspec.structs.replace(told, points=_points(book.points(asked, limit=most)))
    if query.h3 is not None:
        return msgspec.structs.replace(told, cells=_hexagons(shown, query.h3))
    cells = book.cells(asked, resolution=_USUAL_RESOLUTION if query.resolution is None else query.resolution)
    columns = CellColumns(
        lon=tuple(round(cell.lon, 5) for cell in cells),
        lat=tuple(round(cell.lat, 5) for cell in cells),
        count=tuple(cell.count for cell in cells),
    )
    return msgspec.structs.replace(told, cells=columns)


def _points(found: overview.Points) -> PointColumns:
    return PointColumns(
        id=found.ids, lon=found.lons, lat=found.lats, precision=found.precisions, day=found.days,
        form=found.forms, status=found.statuses, low=found.lows, high=found.highs,
    )  # fmt: skip


def _hexagons(spots: Iterable[tuple[float, float, int]], resolution: int) -> CellColumns:
    found = hexagons.counted(spots, resolution)
    return CellColumns(
        lon=tuple(round(one.lon, 5) for one in found),
        lat=tuple(round(one.lat, 5) for one in found),
        count=tuple(one.count for one in found),
        h3=tuple(one.cell for one in found),
        ring=tuple(hexagons.ring(one.cell) for one in found),
    )


def timeline_of(book: Book, asked: Question, query: TimelineQuery) -> Timeline:
    """Give how many events begin in each bin, by form."""
    by, bins = (
        fitted(book.timeline(asked)) if query.by == "fit" else (query.by, book.timeline(asked, by=query.by))
    )
    forms = sorted({form for one in bins for form in one.forms})
    return Timeline(
        by=by,
        bins=tuple(one.first for one in bins),
        counts={form: tuple(one.forms.get(form, 0) for one in bins) for form in forms},
    )


def fitted(days: tuple[Bin, ...]) -> tuple[BinWidth, tuple[Bin, ...]]:
    """Give bins of days as some dozens to hundreds of bars, and what each holds."""
    span = (days[-1].first - days[0].first).days if days else 0
    by: BinWidth = "day" if span <= _DAYS else "week" if span <= _WEEKS else "month"
    if by == "day":
        return by, days
    found: dict[dt.date, Counter[Form]] = defaultdict(Counter)
    for one in days:
        first = one.first.replace(day=1) if by == "month" else one.first - dt.timedelta(one.first.weekday())
        found[first].update(one.forms)
    return by, tuple(Bin(first, dict(sorted(forms.items()))) for first, forms in found.items())
