"""The pages for those who work on the book: logging in, and reviewing."""

from __future__ import annotations

import json
from http import HTTPStatus

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from rallybook.server.access import role
from rallybook.server.answers import stored
from rallybook.server.choices import asked_of
from rallybook.server.meta import VOCABULARY
from rallybook.server.rendering import page
from rallybook.server.review_queue import waiting
from rallybook.server.shelf import Here

router = APIRouter(include_in_schema=False)
# the fields that review offers words for
_JUDGED = {field: VOCABULARY[field] for field in ("form", "status", "focus", "response")}


@router.get("/login")
def login_page(request: Request) -> Response:
    """Give the page to log in at."""
    return page(request, "login.html")


@router.get("/review")
def review_page(request: Request, here: Here) -> Response:
    """Give the page of review to coders; others are led to the log-in page."""
    caller = here.caller(request)
    if caller.name and not caller.may("coder"):
        return page(request, "forbidden.html", status=HTTPStatus.FORBIDDEN, role="coder")
    if not caller.may("coder"):
        return RedirectResponse("/login?next=/review", status_code=HTTPStatus.SEE_OTHER)
    return page(request, "review.html", vocabulary=json.dumps(_JUDGED))


@router.get("/review/queue", dependencies=[Depends(role("coder"))])
def queue(request: Request, here: Here) -> Response:
    """Give the events that need a person most."""
    query, _ = asked_of(request, here)
    return stored({"events": waiting(here.opened.book, query.question())})
