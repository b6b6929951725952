"""The pages for those who work on the book: logging in, and reviewing."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Literal
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from rallybook.errors import InputError
from rallybook.model.account import Role
from rallybook.server.access import role
from rallybook.server.agreement_page import agreement_rows, drawn
from rallybook.server.agreements import in_figures
from rallybook.server.answers import stored
from rallybook.server.choices import asked_of
from rallybook.server.drawing import COLOURS, WIDTH
from rallybook.server.meta import VOCABULARY
from rallybook.server.rendering import page
from rallybook.server.review_queue import waiting
from rallybook.server.shelf import Here

router = APIRouter(include_in_schema=False)
# the fields that review offers words for, and those of which an adjudicator may choose another one
_JUDGED = {field: VOCABULARY[field] for field in ("form", "status", "focus", "response")}


@router.get("/login")
def login_page(request: Request) -> Response:
    """Give the page to log in at."""
    return page(request, "login.html")


@router.get("/review")
def review_page(request: Request, here: Here) -> Response:
    """Give the page of review to coders; others are led to the log-in page."""
    return _for(request, here, "coder") or page(request, "review.html", vocabulary=json.dumps(_JUDGED))


@router.get("/second")
def second_page(request: Request, here: Here) -> Response:
    """Give the page on which a second coder codes articles blind."""
    return _for(request, here, "coder") or page(
        request, "coding.html", vocabulary=json.dumps(VOCABULARY), article="", blind=True
    )


@router.get("/code")
def coding_page(request: Request, here: Here, article: str = "") -> Response:
    """Give the page on which a coder codes one article as a whole, beginning with its events as they stand."""
    refused = _for(request, here, "coder")
    if refused:
        return refused
    try:
        here.opened.book.article(article)
    except InputError:
        return page(request, "missing.html", status=HTTPStatus.NOT_FOUND, name=article)
    return page(request, "coding.html", vocabulary=json.dumps(VOCABULARY), article=article, blind=False)


@router.get("/adjudicate")
def adjudication_page(request: Request, here: Here) -> Response:
    """Give the page on which an adjudicator decides what two coders read differently."""
    return _for(request, here, "adjudicator") or page(
        request,
        "adjudicate.html",
        vocabulary=json.dumps(_JUDGED),
    )


@router.get("/agreement")
def agreement_page(request: Request, here: Here, by: Literal["week", "month"] = "month") -> Response:
    """Give how far two coders agree, by field and over time."""
    refused = _for(request, here, "coder")
    if refused:
        return refused
    found = in_figures(here, by)
    shown = agreement_rows(found)
    return page(
        request, "agreement.html",
        figures=found, by=by, rows=shown, drawing=drawn(found), colours=COLOURS, width=WIDTH,
    )  # fmt: skip


def _for(request: Request, here: Here, least: Role) -> Response | None:
    """Give what whoever may not see a page is told instead: who has not logged in is led to the log-in page."""
    caller = here.caller(request)
    if caller.may(least):
        return None
    if caller.name:
        return page(request, "forbidden.html", status=HTTPStatus.FORBIDDEN, role=least)
    back = quote(request.url.path, safe="/")
    return RedirectResponse(f"/login?next={back}", status_code=HTTPStatus.SEE_OTHER)


@router.get("/review/queue", dependencies=[Depends(role("coder"))])
def queue(request: Request, here: Here) -> Response:
    """Give the events that need a person most."""
    query, _ = asked_of(request, here)
    return stored({"events": waiting(here.opened.book, query.question(), by=here.caller(request).name)})
