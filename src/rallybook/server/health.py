"""Whether the server lives and can answer, and what it counts: for whoever runs it."""

from __future__ import annotations

import hmac
from http import HTTPStatus

from fastapi import APIRouter, Request, Response

from rallybook.server.answers import stored
from rallybook.server.metrics import MEDIA_TYPE, book_lines
from rallybook.server.problems import ProblemError
from rallybook.server.settings import is_loopback
from rallybook.server.shelf import Here, Shelf

router = APIRouter(include_in_schema=False)
# by these a proxy says that somebody else asks
_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via")


@router.get("/health/live")
async def live() -> Response:
    """Tell that the process answers; it needs no thread, so that it is told also where all are at work."""
    return stored({"status": "live"})


@router.get("/health/ready")
def ready(here: Here) -> Response:
    """Tell that the book can be read and is of this version; 503 where it is not."""
    here.opened.book.check_ready()
    return stored({"status": "ready"})


@router.get("/metrics")
def metrics(request: Request, here: Here) -> Response:
    """Give what was counted, to this machine or to whoever has the token of the settings."""
    _check(request, here)
    had, for_review = here.figures()
    lines = [*here.requests.lines(), *book_lines(had, for_review=for_review)]
    return Response("".join(lines), media_type=MEDIA_TYPE, headers={"Cache-Control": "no-store"})


def _check(request: Request, here: Shelf) -> None:
    """Raise `ProblemError` with 401 for whoever may not read the metrics."""
    token = here.settings.metrics_token
    if token:
        kind, _, given = request.headers.get("Authorization", "").partition(" ")
        passes = kind.lower() == "bearer" and hmac.compare_digest(given.strip().encode(), token.encode())
        allowed = "the token of --metrics-token-file"
    else:
        proxied = any(name in request.headers for name in _FORWARDED)
        passes = not proxied and request.client is not None and is_loopback(request.client.host)
        allowed = "this machine; `rallybook serve --metrics-token-file FILE` lets others read them"
    if not passes:
        headers = {"WWW-Authenticate": "Bearer"}
        raise ProblemError(HTTPStatus.UNAUTHORIZED, "not for everybody", allowed=allowed, headers=headers)
