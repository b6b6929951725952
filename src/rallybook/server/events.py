"""Events: pages of them, and one with all that is known of it."""

from __future__ import annotations

from typing import Annotated

import msgspec
from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import RedirectResponse

from rallybook.model.event import Event
from rallybook.server.answers import fresh
from rallybook.server.history import Kin, Step, kin, steps
from rallybook.server.problems import found
from rallybook.server.queries import PageQuery, going_on
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
def events(request: Request, query: Annotated[PageQuery, Query()], here: Here) -> Response:
    """Give the events that fulfil all filters, in the order of their first day, a page at a time."""
    query.question()  # what cannot be asked is refused, also of whoever has the answer already
    return fresh(request, lambda: page(request, query, here))


def page(request: Request, query: PageQuery, here: Shelf) -> EventPage:
    """Give a page of events, and the URL of the next one."""
    with going_on(query.after):
        told = list(here.opened.events(**query.filters()))
    return EventPage(tuple(map(shown_event, told)), next_url(request, query, told))


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
