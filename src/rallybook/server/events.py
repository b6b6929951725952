"""Events: pages of them, and one with all that is known of it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Annotated

import msgspec
from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import RedirectResponse

from rallybook.errors import InputError
from rallybook.model.event import Event
from rallybook.server import hexagons
from rallybook.server.answers import fresh
from rallybook.server.history import Kin, Step, kin, steps
from rallybook.server.problems import found
from rallybook.server.queries import EventsQuery, PageQuery, going_on
from rallybook.server.shelf import Here, Shelf
from rallybook.server.shown import ShownDecision, ShownEvent, shown_decision, shown_event, withheld_records

router = APIRouter(prefix="/api/v1", tags=["events"])
Id = Annotated[str, Path(min_length=1, max_length=200, description="The id of an event, or of a record.")]


class EventPage(msgspec.Struct, frozen=True):
    """Some events in their order, and the URL of the page after them."""

    events: tuple[ShownEvent, ...]
    next: str | None


class EventAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """One event with what the book knows of it.

    `words` has for each record and field the words that prove it. `disagreements` says in words, to coders only, what
    two people judged differently; `disputed` says to everybody how often that is so.
    """

    event: ShownEvent
    words: dict[str, dict[str, tuple[str, ...]]]
    steps: tuple[Step, ...]
    decisions: tuple[ShownDecision, ...]
    disputed: int
    disagreements: tuple[str, ...]
    kin: Kin


@router.get("/events")
def events(request: Request, query: Annotated[EventsQuery, Query()], here: Here) -> Response:
    """Give the events that fulfil all filters, in the order of their first day, a page at a time."""
    query.question()  # what cannot be asked is refused, also of whoever has the answer already
    if query.cell is not None and not hexagons.is_cell(query.cell):
        raise InputError("cell", query.cell, f"a cell of H3 of resolution 0 to {hexagons.FINEST_HEXAGONS}")
    return fresh(request, lambda: page(request, query, here))


def page(request: Request, query: EventsQuery, here: Shelf) -> EventPage:
    """Give a page of events, and the URL of the next one."""
    with going_on(query.after):
        told = list(
            _in_cell(here, query, query.cell) if query.cell else here.opened.events(**query.filters())
        )
    return EventPage(tuple(map(shown_event, told)), next_url(request, query, told))


def _in_cell(here: Shelf, query: EventsQuery, cell: str) -> Iterator[Event]:
    """Give the first events of a cell: those of a box around it that lie in it."""
    asked = query.question()
    around = msgspec.structs.replace(asked, limit=None, box=asked.box or hexagons.box_of(cell))
    inside = (
        event
        for event in here.opened.book.events(around)
        if event.place.lon is not None
        and event.place.lat is not None
        and hexagons.holds(cell, event.place.lon, event.place.lat)
    )
    return itertools.islice(inside, query.limit)


def next_url(request: Request, query: PageQuery, told: list[Event]) -> str | None:
    """Give the URL of the page after this one, None after the last."""
    if len(told) < query.limit:
        return None
    return f"{request.url.path}?{query.encoded(after=told[-1].id)}"


@router.get("/events/{name}")
def event(request: Request, name: Id, here: Here) -> Response:
    """Give one event: every value with its proof, what was decided of it, what it was before."""
    with found():
        current = here.opened.event(name).id
    if current != name:
        return RedirectResponse(f"/api/v1/events/{current}", status_code=308)
    to_coder = here.caller(request).may("coder")
    return fresh(request, lambda: event_answer(here, name, to_coder=to_coder))


def event_answer(here: Shelf, name: str, *, to_coder: bool) -> EventAnswer:
    """Give one event with what the book knows of it; to a coder also who judged it, and why."""
    dossier = here.opened.dossier(name)
    hidden = () if to_coder else withheld_records(dossier.event)
    return EventAnswer(
        event=shown_event(dossier.event),
        words={record: words for record, words in dossier.words.items() if record not in hidden},
        steps=steps(dossier.event, dossier.versions),
        decisions=tuple(
            shown_decision(one, to_coder=to_coder)
            for one in dossier.decisions
            if to_coder or one.kind != "skip"
        ),
        disputed=len(dossier.disagreements),
        disagreements=dossier.disagreements if to_coder else (),
        kin=kin(here.opened.book, dossier.event),
    )
