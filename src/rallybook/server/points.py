"""Events in the large: points or cells of the map, the timeline, facets."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import msgspec
from fastapi import APIRouter, Query, Request, Response

from rallybook.model.question import Question
from rallybook.model.record import Form, Status
from rallybook.model.values import Precision
from rallybook.ports import Book
from rallybook.server.answers import fresh
from rallybook.server.queries import FilterQuery, PointsQuery, TimelineQuery
from rallybook.server.shelf import Here

router = APIRouter(prefix="/api/v1", tags=["overview"])
# the map of the world at a glance: cells of 1.4 degrees
_USUAL_RESOLUTION = 8


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


class CellColumns(msgspec.Struct, frozen=True, kw_only=True):
    """Cells of the map, column by column: the middle of the events of each in WGS 84 degrees, and how many they are."""

    lon: tuple[float, ...]
    lat: tuple[float, ...]
    count: tuple[int, ...]


class Points(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The events on the map: points, or cells where they are too many; and how many are on no map and why.

    Of `total` events `unplaced` have no place, `country_only` are known to a country only, whose middle says nothing
    of where they were. `undated` ones have no date.
    """

    total: int
    unplaced: int
    country_only: int
    undated: int
    points: PointColumns | None = None
    cells: CellColumns | None = None


class Timeline(msgspec.Struct, frozen=True):
    """The first days of the bins that have events, and how many events of each form begin in each bin."""

    bins: tuple[dt.date, ...]
    counts: dict[Form, tuple[int, ...]]


@router.get("/points")
def points(request: Request, query: Annotated[PointsQuery, Query()], here: Here) -> Response:
    """Give the points of the events that fulfil all filters, or cells with their counts where they are many."""
    asked = query.question()
    book, most = here.opened.book, here.settings.most_points
    return fresh(request, lambda: map_of(book, asked, most=most, resolution=query.resolution))


@router.get("/timeline")
def timeline(request: Request, query: Annotated[TimelineQuery, Query()], here: Here) -> Response:
    """Give how many events begin in each day, week or month, by form; bins without events are left out."""
    asked = query.question()
    return fresh(request, lambda: timeline_of(here.opened.book, asked, query))


@router.get("/facets")
def facets(request: Request, query: Annotated[FilterQuery, Query()], here: Here) -> Response:
    """Give how many events each value of each facet has."""
    asked = query.question()
    return fresh(request, lambda: here.opened.book.facets(asked))


def map_of(book: Book, asked: Question, *, most: int, resolution: int | None = None) -> Points:
    """Give events as points, or as cells where they are more than `most`."""
    sums = book.points(asked, limit=0)
    told = Points(
        total=sums.matched, unplaced=sums.placeless, country_only=sums.country_only, undated=sums.undated
    )
    if sums.matched - sums.placeless - sums.country_only > most:
        cells = book.cells(asked, resolution=_USUAL_RESOLUTION if resolution is None else resolution)
        columns = CellColumns(
            lon=tuple(round(cell.lon, 5) for cell in cells),
            lat=tuple(round(cell.lat, 5) for cell in cells),
            count=tuple(cell.count for cell in cells),
        )
        return msgspec.structs.replace(told, cells=columns)
    found = book.points(asked, limit=most)
    return msgspec.structs.replace(
        told,
        points=PointColumns(
            id=found.ids, lon=found.lons, lat=found.lats, precision=found.precisions, day=found.days,
            form=found.forms, status=found.statuses, low=found.lows, high=found.highs,
        ),
    )  # fmt: skip


def timeline_of(book: Book, asked: Question, query: TimelineQuery) -> Timeline:
    """Give how many events begin in each bin, by form."""
    bins = book.timeline(asked, by=query.by)
    forms = sorted({form for one in bins for form in one.forms})
    return Timeline(
        tuple(one.first for one in bins),
        {form: tuple(one.forms.get(form, 0) for one in bins) for form in forms},
    )
