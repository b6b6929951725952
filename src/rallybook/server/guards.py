"""What stands before the endpoints: bounds, the right host, headers that tell the browser to be careful."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rallybook.server.answers import GZIP_LEVEL
from rallybook.server.problems import Problem, problem_response
from rallybook.server.settings import Settings, is_loopback

# the longest thing that anybody sends is a correction; a hundred decisions as lines are 40 kB
LONGEST_BODY = 256 * 1024
# what is shorter goes in one packet anyway
LEAST_COMPRESSED = 1_000
# built assets come compressed where that saves something (`Assets`); the basemap again would cost 40 ms a visit
_BUILT = "/static/"
# seconds; on the slowest line 256 kB take a few
BODY_S = 20.0
# no script and no style but our own files; blob: is for the worker of the map
_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self' blob:",
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
# what whoever is not logged in may read from pages of other sites
_SHARED = ("/api/v1/", "/ogc")
_OWN = ("/api/v1/session", "/api/v1/keys", "/api/v1/meta")


def policy(settings: Settings) -> str:
    """Give the content security policy; a map style of another server adds that server."""
    told = dict(_POLICY)
    if settings.style:
        parts = urlsplit(settings.style)
        if parts.netloc:
            for kind in ("connect-src", "img-src"):
                told[kind] += f" {parts.scheme}://{parts.netloc}"
    return "; ".join(f"{kind} {allowed}" for kind, allowed in told.items())


class Careful:
    """Puts headers on every answer: what a page may load, that nothing is guessed, that nobody frames it.

    Public answers may be read by pages of other sites, never with the cookie of this one, and only where there are
    accounts: a server on this machine alone is not for other sites at all.
    """

    def __init__(self, app: ASGIApp, *, settings: Settings, shared: bool) -> None:
        self._app = app
        self._shared = shared
        self._headers = {
            "Content-Security-Policy": policy(settings),
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Permissions-Policy": "geolocation=(), camera=(), microphone=()",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        shared = self._shared and scope["method"] in {"GET", "HEAD"} and _is_shared(scope["path"])

        async def careful(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
                if shared:
                    headers["Access-Control-Allow-Origin"] = "*"
                    headers["Access-Control-Expose-Headers"] = "ETag, Link"
            await send(message)

        await self._app(scope, receive, careful)


class Bounded:
    """Refuses bodies that are too long, by what they say of themselves and by what comes, and those that never end."""

    def __init__(self, app: ASGIApp, *, most: int = LONGEST_BODY, seconds: float = BODY_S) -> None:
        self._app = app
        self._most = most
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        told = Headers(scope=scope).get("content-length", "0")
        if told.isdigit() and int(told) > self._most:
            await self._too_long(scope, receive, send)
            return
        body = _Body(receive, most=self._most, seconds=self._seconds)
        try:
            await self._app(scope, body.receive, send)
        except _TooLongError:
            await self._too_long(scope, receive, send)
        except _TooSlowError:
            status = HTTPStatus.REQUEST_TIMEOUT
            await _refused(status, f"a body within {self._seconds:g} s")(scope, receive, send)

    async def _too_long(self, scope: Scope, receive: Receive, send: Send) -> None:
        status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        await _refused(status, f"up to {self._most:,} bytes")(scope, receive, send)


class _Body:
    """The body of a request as it comes in; endpoints read it whole before they answer."""

    def __init__(self, receive: Receive, *, most: int, seconds: float) -> None:
        self._receive = receive
        self._left = most
        self._until = asyncio.get_running_loop().time() + seconds
        self._whole = False

    async def receive(self) -> Message:
        """Give the next piece, or after the last one the news that the client has gone, for which there is no hurry."""
        if self._whole:
            return await self._receive()
        try:
            async with asyncio.timeout_at(self._until):
                message = await self._receive()
        except TimeoutError:
            raise _TooSlowError from None
        self._left -= len(message.get("body", b""))
        if self._left < 0:
            raise _TooLongError
        self._whole = not message.get("more_body", False)
        return message


def _refused(status: HTTPStatus, allowed: str) -> Response:
    problem = Problem(title=status.phrase, status=status, parameter="body", allowed=allowed)
    return problem_response(problem, {"Connection": "close"})


class AtThisMachine:
    """Refuses requests that were not sent to this machine by its own names.

    Else a page of another site could have its own name point here, and read what nobody but this machine's user may.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] == "http":
            host = urlsplit(f"//{Headers(scope=scope).get('host', '')}").hostname or ""
            if not is_loopback(host):
                status = HTTPStatus.MISDIRECTED_REQUEST
                problem = Problem(
                    title=status.phrase, status=status, parameter="Host", received=host[:200],
                    allowed="127.0.0.1, localhost or [::1]: this server has no accounts and is for this machine only",
                )  # fmt: skip
                await problem_response(problem)(scope, receive, send)
                return
        await self._app(scope, receive, send)


class Compressed:
    """Compresses what is asked for whole; a part of a file is sent as it is, as are built assets."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._compressing = GZipMiddleware(app, minimum_size=LEAST_COMPRESSED, compresslevel=GZIP_LEVEL)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        as_it_is = (
            scope["type"] != "http" or "range" in Headers(scope=scope) or scope["path"].startswith(_BUILT)
        )
        await (self._app if as_it_is else self._compressing)(scope, receive, send)


class _TooLongError(Exception):
    """A body is longer than it may be."""


class _TooSlowError(Exception):
    """A body takes longer than it may."""


def _is_shared(path: str) -> bool:
    return path.startswith(_SHARED) and not path.startswith(_OWN)
