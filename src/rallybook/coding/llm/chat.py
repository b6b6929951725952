"""One request to an endpoint and its answer, over HTTP; whatever goes wrong is an `EndpointError`."""

from __future__ import annotations

import contextlib
import datetime as dt
import http.client
import ipaddress
import ssl
import time
import urllib.request
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit, urlunsplit

import msgspec

from rallybook.coding.llm.endpoint import KEY, TIMEOUT, Endpoint
from rallybook.errors import EndpointError
from rallybook.version import __version__

# the endpoint is busy or being restarted: it may well answer a little later
_BUSY = (429, 502, 503, 504)
_TRIES = 4
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 1.0, 60.0
# an answer of sixty full records has some 100 kB
_MOST_BYTES, _BLOCK = 1_000_000, 65_536
_SHOWN = 200
_ALLOWED = {
    401: f"a key that the endpoint takes, in {KEY}",
    403: f"a key that the endpoint takes, in {KEY}",
    404: "the address before /chat/completions, and a model that is served there",
    413: "an article that the endpoint takes in one piece",
    429: "fewer articles at a time (--jobs 1), or a higher limit",
}
_ALLOWED_ELSE = "status 200; the endpoint must take response_format json_schema and an article of this length"


class Told(msgspec.Struct, frozen=True):
    """An answer's words, as the model wrote them, or why it did not answer, and how it came to an end."""

    content: str | None = None
    refusal: str | None = None


class Choice(msgspec.Struct, frozen=True):
    """One of the answers to a request, and what ended it."""

    message: Told
    finish_reason: str | None = None


class _Completion(msgspec.Struct, frozen=True):
    choices: tuple[Choice, ...]


class _Refusal(msgspec.Struct, frozen=True):
    error: Any = None
    message: Any = None
    detail: Any = None


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: article and key go to the endpoint that was named, and nowhere else."""

    def redirect_request(self, *_: object, **__: object) -> None:
        return None


class Chat:
    """Asks one endpoint."""

    def __init__(self, endpoint: Endpoint, *, wait: Callable[[float], None] = time.sleep) -> None:
        """Take the endpoint, and what is called with the seconds to wait before another try."""
        self._endpoint = endpoint
        self._wait = wait
        self._url = _completions(endpoint.url)
        self._opener = urllib.request.build_opener(_NoRedirect, *_no_proxy(endpoint.url))

    def choice(self, body: dict[str, Any]) -> Choice:
        """Give the endpoint's first answer to a request; asks again where it is busy, a few times.

        Raises `EndpointError` where there is none within its time, or it is no chat completion.
        """
        raw = self._answered(body)
        try:
            return msgspec.json.decode(raw, type=_Completion).choices[0]
        except (msgspec.DecodeError, RecursionError, IndexError, UnicodeDecodeError) as error:
            raise self._error(
                f"{self._shown(raw)} ({error})", "a chat completion of the OpenAI API"
            ) from None

    def _answered(self, body: dict[str, Any]) -> bytes:
        tries = 0
        while True:
            tries += 1
            try:
                return self._sent(msgspec.json.encode(body))
            except HTTPError as refusal:
                with contextlib.closing(refusal):
                    reason = self._reason(refusal)
                # some models read with their own temperature only
                if (
                    refusal.code == http.HTTPStatus.BAD_REQUEST
                    and "temperature" in body
                    and "temperature" in reason
                ):
                    body = {key: value for key, value in body.items() if key != "temperature"}
                    continue
                pause = _pause(refusal, tries)
                if tries == _TRIES or pause is None or pause > _LONGEST_PAUSE_S:
                    raise self._refused(refusal, reason, tries, pause) from None
                self._wait(pause)

    def _sent(self, body: bytes) -> bytes:
        request = urllib.request.Request(self._url, body, self._headers(), method="POST")  # noqa: S310 - http(s) only
        limit = self._endpoint.timeout_s
        until = time.monotonic() + limit
        try:
            with self._opener.open(request, timeout=limit) as response:
                return self._read(response, until)
        except HTTPError:
            raise
        except URLError as error:
            if isinstance(error.reason, TimeoutError):
                raise self._late() from None
            raise self._unreachable(error.reason) from None
        except TimeoutError:
            raise self._late() from None
        except (OSError, http.client.HTTPException) as error:
            raise self._unreachable(error) from None

    def _read(self, response: http.client.HTTPResponse, until: float) -> bytes:
        parts: list[bytes] = []
        size = 0
        while block := response.read1(_BLOCK):
            parts.append(block)
            size += len(block)
            if size > _MOST_BYTES:
                raise self._error(f"more than {_MOST_BYTES:,} bytes", "an answer of up to that")
            if time.monotonic() > until:
                raise self._late()
        if response.length:
            raise http.client.IncompleteRead(b"".join(parts), response.length)
        return b"".join(parts)

    def _headers(self) -> dict[str, str]:
        headers = {"Content-Type": "application/json", "User-Agent": f"rallybook/{__version__}"}
        if self._endpoint.key:
            headers["Authorization"] = f"Bearer {self._endpoint.key}"
        return headers

    def _refused(self, refusal: HTTPError, reason: str, tries: int, pause: float | None) -> EndpointError:
        received = f"status {refusal.code} ({reason})"
        if tries > 1:
            received += f" at each of {tries} tries"
        if pause is not None and pause > _LONGEST_PAUSE_S:
            received += f" with {pause:,.0f} s to wait, of which at most {_LONGEST_PAUSE_S:g} are waited"
        return self._error(received, _ALLOWED.get(refusal.code, _ALLOWED_ELSE))

    def _reason(self, refusal: HTTPError) -> str:
        try:
            raw = refusal.read(_BLOCK)
        except (OSError, http.client.HTTPException):
            raw = b""
        return self._shown(_message(raw)) if raw.strip() else str(refusal.reason or "no reason told")

    def _shown(self, raw: bytes) -> str:
        """Give the beginning of what an endpoint wrote, on one line and without the key."""
        text = raw.decode("utf-8", "replace")
        if self._endpoint.key:
            text = text.replace(self._endpoint.key, "…")
        line = " ".join("".join(c if c.isprintable() else " " for c in text[: _SHOWN * 4]).split())
        return (line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…") or "nothing"

    def _late(self) -> EndpointError:
        seconds = f"{self._endpoint.timeout_s:g} s"
        return self._error(
            f"no whole answer within {seconds}", f"one within that time ({TIMEOUT}, in seconds)"
        )

    def _unreachable(self, error: object) -> EndpointError:
        wrong = error.reason if isinstance(error, ssl.SSLError) else getattr(error, "strerror", None)
        return self._error(
            f"no answer ({wrong or error or 'the connection broke off'})",
            "an OpenAI-compatible endpoint that is running there",
        )

    def _error(self, received: str, allowed: str) -> EndpointError:
        return EndpointError(f"endpoint {self._endpoint.url}", received, allowed)


def _completions(url: str) -> str:
    parts = urlsplit(url)
    path = parts.path.rstrip("/").removesuffix("/chat/completions")
    return urlunsplit(parts._replace(path=f"{path}/chat/completions"))


def _no_proxy(url: str) -> tuple[urllib.request.ProxyHandler, ...]:
    """Give what keeps a request to this machine away from the proxy that others go through."""
    host = urlsplit(url).hostname or ""
    with contextlib.suppress(ValueError):
        if ipaddress.ip_address(host).is_loopback:
            return (urllib.request.ProxyHandler({}),)
    return (urllib.request.ProxyHandler({}),) if host == "localhost" else ()


def _pause(refusal: HTTPError, tries: int) -> float | None:
    """Give how long to wait, in seconds, before the endpoint is asked again; None where that is no use."""
    if refusal.code not in _BUSY:
        return None
    asked = (refusal.headers.get("Retry-After") or "").strip()
    if asked.isascii() and asked.isdigit():
        return float(asked[:9])
    with contextlib.suppress(ValueError):
        day = parsedate_to_datetime(asked)
        now = dt.datetime.now(day.tzinfo)
        seconds: float = (day - now).total_seconds()
        return max(0.0, seconds)
    return _FIRST_PAUSE_S * float(2 ** (tries - 1))


def _message(raw: bytes) -> bytes:
    """Give what a refusal says in words, where it has the usual shape, else all of it."""
    try:
        told = msgspec.json.decode(raw, type=_Refusal)
    except (msgspec.DecodeError, RecursionError):
        return raw
    for words in (told.error, told.message, told.detail):
        inner = words.get("message") if isinstance(words, dict) else words
        if isinstance(inner, str):
            return inner.encode("utf-8", "replace")
    return raw
