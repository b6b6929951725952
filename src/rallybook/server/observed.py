"""Every request is counted, timed and written to the log, under an id that its answer bears.

Nothing of what was asked for is kept: the template of the route, not the path, no query, no address, no name.
"""

from __future__ import annotations

import logging
import re
import time
import uuid

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rallybook.server.metrics import Requests

REQUEST_ID = "X-Request-ID"
# what a proxy may have called it; anything else would be somebody's words in the log
_GIVEN = re.compile(r"[A-Za-z0-9_-]{8,64}")
_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
_OTHER, _UNMATCHED = "other", "unmatched"
# asked for all the time, and told by the metrics
_QUIET = ("/health/", "/metrics", "/static")
_FAILED = 500
_log = logging.getLogger("rallybook.request")


class Observed:
    """Counts and logs requests; stands before all other guards, so that what these refuse is counted, too."""

    def __init__(self, app: ASGIApp, *, requests: Requests) -> None:
        self._app = app
        self._requests = requests

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        name = request_id(scope)
        structlog.contextvars.bind_contextvars(request_id=name)
        status = _FAILED
        began = time.perf_counter()

        async def named(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[REQUEST_ID] = name
            await send(message)

        try:
            await self._app(scope, receive, named)
        finally:
            self._note(scope, status, time.perf_counter() - began)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        method = scope["method"] if scope["method"] in _METHODS else _OTHER
        route = route_of(scope)
        self._requests.count(method, route, status, seconds)
        quiet = route.startswith(_QUIET) and status < _FAILED
        level = logging.ERROR if status >= _FAILED else logging.DEBUG if quiet else logging.INFO
        facts = {"method": method, "route": route, "status": status, "ms": round(seconds * 1000, 1)}
        _log.log(level, "request", extra=facts)


def request_id(scope: Scope) -> str:
    """Give the id of a request: that of a proxy where it has one, else a new one; the same for all who ask."""
    state = scope.setdefault("state", {})
    if "request_id" not in state:
        given = Headers(scope=scope).get(REQUEST_ID, "")
        state["request_id"] = given if _GIVEN.fullmatch(given) else uuid.uuid4().hex
    return str(state["request_id"])


def route_of(scope: Scope) -> str:
    """Give the template of the route that answered, as "/api/v1/events/{event}"; "unmatched" where none did."""
    route = scope.get("route")
    if route is not None:
        return str(getattr(route, "path", _UNMATCHED))
    # files have no route of their own: where they are mounted
    return str(scope.get("root_path") or _UNMATCHED) if "endpoint" in scope else _UNMATCHED
