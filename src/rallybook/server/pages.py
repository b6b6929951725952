"""The pages: map, table, one event, pictures, review."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

import msgspec
from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from rallybook.errors import InputError
from rallybook.model.event import Telling
from rallybook.publishing.dossier import Dossier
from rallybook.server import dossier_page, highlights
from rallybook.server.choices import asked_of, choices
from rallybook.server.highlights import Piece
from rallybook.server.queries import PageQuery
from rallybook.server.rendering import page
from rallybook.server.shelf import Here, Shelf

router = APIRouter(include_in_schema=False)
# a table is read, not scrolled for ever
_ROWS = 50
# around the words that prove a value, so many characters are shown where a whole text may not be
_AROUND = 160


class ShownSource(msgspec.Struct, frozen=True, kw_only=True):
    """A source of an event as its page shows it; `note` is the key of what is said where not all of its text is there."""

    number: int
    telling: Telling
    title: str = ""
    fields: tuple[str, ...] = ()
    stretches: tuple[tuple[Piece, ...], ...] = ()
    note: str = ""


@router.get("/")
def map_page(request: Request, here: Here) -> Response:
    """Give the map and the timeline."""
    query, _ = asked_of(request)
    return page(request, "map.html", query=request.query_params, choices=choices(here, query.question()))


@router.get("/events")
def table_page(request: Request, here: Here) -> Response:
    """Give the events that fulfil the filters as a table, a page at a time."""
    query, wrong = asked_of(request)
    try:
        offered = choices(here, query.question())
        found = list(here.opened.events(**(query.filters() | {"after": query.after, "limit": _ROWS})))
    except InputError as error:
        query, wrong = PageQuery.model_validate({}), str(error)
        offered = choices(here, query.question())
        found = list(here.opened.events(limit=_ROWS))
    return page(
        request, "events.html",
        status=HTTPStatus.BAD_REQUEST if wrong else HTTPStatus.OK,
        query=request.query_params, choices=offered, events=found, wrong=wrong,
        total=sum(number or 0 for _, number in offered.form),
        next=f"/events?{query.encoded(after=found[-1].id)}" if len(found) == _ROWS else "",
        first=f"/events?{query.encoded(after='')}" if query.after else "",
    )  # fmt: skip


@router.get("/events/{name}")
def event_page(request: Request, name: str, here: Here) -> Response:
    """Give one event: every value with its proof, its sources, what changed when."""
    try:
        shown = here.opened.dossier(name)
    except InputError:
        return page(request, "missing.html", status=HTTPStatus.NOT_FOUND, name=name)
    if shown.event.id != name:
        return RedirectResponse(f"/events/{shown.event.id}", status_code=HTTPStatus.PERMANENT_REDIRECT)
    return page(
        request, "event.html",
        event=shown.event,
        values=dossier_page.values(shown),
        bars=dossier_page.bars(shown.event),
        statuses=dossier_page.statuses(shown),
        history=dossier_page.history(shown),
        disagreements=shown.disagreements,
        sources=_sources(here, shown, all_text=here.caller(request).may("coder")),
        related=(),
        reviews=here.caller(request).may("coder"),
    )  # fmt: skip


def _sources(here: Shelf, shown: Dossier, *, all_text: bool) -> list[ShownSource]:
    articles = here.opened.book.articles_of([telling.record for telling in shown.event.records])
    texts = "all" if all_text else here.settings.texts
    made = []
    for number, telling in dossier_page.in_order(shown.event.records):
        facts: dict[str, Any] = {"number": number, "telling": telling, "fields": tuple(highlights.fields_in(telling.spans))}
        article = articles.get(telling.record)
        if article:
            facts["title"] = article.title
        if article and texts != "none":
            whole = ((0, len(article.text)),)
            around = whole if texts == "all" else highlights.stretches(article.text, telling.spans, around=_AROUND)
            facts["stretches"] = tuple(highlights.pieces(article.text, telling.spans, within=one) for one in around)
            facts["note"] = "" if texts == "all" else "event.article.excerpt"
        else:
            facts["note"] = "event.article.hidden"
        made.append(ShownSource(**facts))
    return made
