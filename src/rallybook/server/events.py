"""Events: pages of them, and one with all that is known of it."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import RedirectResponse

from rallybook.model.event import Event
from rallybook.server.answers import fresh
from rallybook.server.queries import PageQuery
from rallybook.server.shelf import Here, Shelf

router = APIRouter(prefix="/api/v1")
Id = Annotated[str, Path(min_length=1, max_length=200)]


@router.get("/events")
def events(request: Request, query: Annotated[PageQuery, Query()], here: Here) -> Response:
    """Give the events that fulfil all filters, in the order of their first day, a page at a time."""
    query.question()  # what cannot be asked is refused, also of whoever has the answer already
    return fresh(request, lambda: page(request, query, here))


def page(request: Request, query: PageQuery, here: Shelf) -> dict[str, Any]:
    """Give a page of events, and the URL of the next one."""
    found = list(here.opened.events(**query.filters()))
    return {"events": found, "next": next_url(request, query, found)}


def next_url(request: Request, query: PageQuery, found: list[Event]) -> str | None:
    """Give the URL of the page after this one, None after the last."""
    if len(found) < query.limit:
        return None
    return f"{request.url.path}?{query.encoded(after=found[-1].id)}"


@router.get("/events/{name}")
def event(request: Request, name: Id, here: Here) -> Response:
    """Give one event: every value with its proof, what was decided of it, what it was before."""
    found = here.opened.event(name)
    if found.id != name:
        return RedirectResponse(f"/api/v1/events/{found.id}", status_code=308)
    return fresh(request, lambda: here.opened.dossier(found.id))
