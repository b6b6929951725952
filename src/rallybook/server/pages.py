"""The pages: map, table, one event, pictures, review."""

from __future__ import annotations

import datetime as dt
from http import HTTPStatus
from urllib.parse import quote

import msgspec
from fastapi import APIRouter, Depends, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from rallybook.errors import InputError
from rallybook.model.article import Article
from rallybook.server import dossier_page, highlights, review_pages
from rallybook.server.articles import texts_for
from rallybook.server.choices import asked_of, choices, uncounted
from rallybook.server.drawing import COLOURS, WIDTH
from rallybook.server.events import event_answer
from rallybook.server.highlights import Piece
from rallybook.server.pictures import PICTURES
from rallybook.server.rendering import page, svg, words
from rallybook.server.settings import Texts
from rallybook.server.shelf import Here, Shelf
from rallybook.server.shown import ShownEvent, ShownTelling, shown_event


def readers_only(request: Request, here: Here) -> None:
    """Lead whoever may not read this book to the log-in page."""
    if not here.settings.open_to_all and not here.caller(request).may("reader"):
        back = quote(request.url.path, safe="/")
        raise HTTPException(HTTPStatus.SEE_OTHER, headers={"Location": f"/login?next={back}"})


router = APIRouter(include_in_schema=False)
router.include_router(review_pages.router)
readable = APIRouter(include_in_schema=False, dependencies=[Depends(readers_only)])
# a table is read, not scrolled for ever
_ROWS = 50


class ShownSource(msgspec.Struct, frozen=True, kw_only=True):
    """A source of an event as its page shows it; `note` is the key of what is said where its text is not all there."""

    number: int
    telling: ShownTelling
    title: str = ""
    fields: tuple[str, ...] = ()
    stretches: tuple[tuple[Piece, ...], ...] = ()
    note: str = ""


@readable.get("/")
def map_page(request: Request) -> Response:
    """Give the map and the timeline."""
    return page(request, "map.html", query=request.query_params, choices=uncounted())


@readable.get("/events")
def table_page(request: Request, here: Here) -> Response:
    """Give the events that fulfil the filters as a table, a page at a time."""
    query, wrong = asked_of(request, here)
    offered = choices(here, query.question())
    found = list(here.opened.events(**(query.filters() | {"after": query.after, "limit": _ROWS})))
    return page(
        request, "events.html",
        status=HTTPStatus.BAD_REQUEST if wrong else HTTPStatus.OK,
        query=request.query_params, choices=offered, events=[*map(shown_event, found)], wrong=wrong,
        total=sum(number or 0 for _, number in offered.form),
        next=f"/events?{query.encoded(after=found[-1].id)}" if len(found) == _ROWS else "",
        first=f"/events?{query.encoded(after='')}" if query.after else "",
    )  # fmt: skip


@readable.get("/pictures")
def pictures_page(request: Request, here: Here) -> Response:
    """Give the pictures of the events that fulfil the filters."""
    query, wrong = asked_of(request, here)
    asked = query.question()
    return page(
        request, "pictures.html",
        query=request.query_params, choices=choices(here, asked), wrong=wrong, total=here.opened.book.count(asked),
        pictures=[draw(here.opened.book, asked) for draw in PICTURES.values()],
        encoded=f"?{query.encoded()}" if query.encoded() else "",
        colours=COLOURS, width=WIDTH,
    )  # fmt: skip


@readable.get("/pictures/{name}.svg")
def picture(request: Request, name: str, here: Here) -> Response:
    """Give one picture as a file of its own."""
    if name not in PICTURES:
        return page(request, "missing.html", status=HTTPStatus.NOT_FOUND, name=name)
    query, _ = asked_of(request, here)
    asked = query.question()
    by = words("picture.by", events=f"{here.opened.book.count(asked):,}", day=dt.date.today().isoformat())
    drawn = PICTURES[name](here.opened.book, asked)
    return Response(
        svg("picture.svg", picture=drawn, colours=COLOURS, width=WIDTH, by=by), media_type="image/svg+xml"
    )


@readable.get("/events/{name}")
def event_page(request: Request, name: str, here: Here) -> Response:
    """Give one event: every value with its proof, its sources, what changed when."""
    caller = here.caller(request)
    try:
        current = here.opened.event(name).id
    except InputError:
        return page(request, "missing.html", status=HTTPStatus.NOT_FOUND, name=name)
    if current != name:
        return RedirectResponse(f"/events/{current}", status_code=HTTPStatus.PERMANENT_REDIRECT)
    shown = event_answer(here, name, to_coder=caller.may("coder"))
    reports = here.opened.book.reports_of([telling.record for telling in shown.event.records])
    return page(
        request, "event.html",
        event=shown.event,
        values=dossier_page.values(shown),
        bars=dossier_page.bars(shown.event),
        statuses=dossier_page.statuses(shown, reports),
        history=dossier_page.history(shown),
        disagreements=shown.disagreements,
        kin=shown.kin,
        sources=_sources(here, shown.event, texts_for(request, here)),
        reviews=caller.may("coder"),
    )  # fmt: skip


def _sources(here: Shelf, event: ShownEvent, texts: Texts) -> list[ShownSource]:
    articles = here.opened.book.articles_of([telling.record for telling in event.records])
    return [
        _source(number, telling, articles.get(telling.record), texts)
        for number, telling in dossier_page.in_order(event.records)
    ]


def _source(number: int, telling: ShownTelling, article: Article | None, texts: Texts) -> ShownSource:
    title = article.title if article else ""
    if article is None:
        return ShownSource(number=number, telling=telling, note="event.article.hidden")
    if telling.imported and not telling.imported.republish and texts != "all":
        return ShownSource(number=number, telling=telling, title=title, note="event.article.closed")
    if texts == "all":
        parts: tuple[tuple[int, int], ...] = ((0, len(article.text)),)
    else:
        around = highlights.AROUND if texts == "excerpts" else 0
        parts = highlights.stretches(article.text, telling.spans, around=around)
    return ShownSource(
        number=number,
        telling=telling,
        title=title,
        fields=tuple(highlights.fields_in(telling.spans)),
        stretches=tuple(highlights.pieces(article.text, telling.spans, within=part) for part in parts),
        note="" if texts == "all" else f"event.article.{texts}",
    )


router.include_router(readable)
