"""Events in the large: points of the map, the timeline, facets."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from rallybook.server import summing
from rallybook.server.answers import fresh
from rallybook.server.queries import FilterQuery, TimelineQuery
from rallybook.server.shelf import Here

router = APIRouter(prefix="/api/v1")


@router.get("/points")
def points(request: Request, query: Annotated[FilterQuery, Query()], here: Here) -> Response:
    """Give the points of the events that fulfil all filters, or counts of cells where they are many."""
    asked = query.question()
    return fresh(request, lambda: summing.points(here.opened.book, asked, most=here.settings.most_points))


@router.get("/timeline")
def timeline(request: Request, query: Annotated[TimelineQuery, Query()], here: Here) -> Response:
    """Give how many events begin in each day, week or month, by form."""
    asked = query.question()
    return fresh(request, lambda: summing.timeline(here.opened.book, asked, by=query.by))


@router.get("/facets")
def facets(request: Request, query: Annotated[FilterQuery, Query()], here: Here) -> Response:
    """Give how many events each value of each facet has."""
    asked = query.question()
    return fresh(request, lambda: here.opened.book.facets(asked))
