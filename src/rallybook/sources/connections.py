"""One request to one web server: to the very network address that was checked, and within limits."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from functools import cache
from http.client import HTTPException
from typing import NamedTuple

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.util.connection import create_connection

from rallybook.errors import FetchError
from rallybook.sources.addresses import Target, printable
from rallybook.sources.compression import CODINGS, UnpackError, unpacked
from rallybook.sources.encodings import MOST_PAGE_BYTES

_PIECE = 65_536


class Limits(NamedTuple):
    """How much a server may take: bytes, as sent and unpacked; seconds for connecting and for all; redirects; tries."""

    most_bytes: int = MOST_PAGE_BYTES
    connect_s: float = 10.0
    all_s: float = 30.0
    redirects: int = 5
    tries: int = 3


class Response(NamedTuple):
    """What a server sent: status, headers by their names in lower case, and the body unpacked."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class _Watched:
    """A connection that is cut when its time is up, whatever the server trickles meanwhile.

    A time-out of the socket begins anew with each byte, so that it bounds nothing.
    """

    address: str
    port: int
    limits: Limits
    handle: socket.socket | None = None
    over = False

    def _new_conn(self) -> socket.socket:
        made = create_connection((self.address, self.port), timeout=self.limits.connect_s)
        made.settimeout(self.limits.all_s)
        # TLS takes the socket away from `made`; a second handle of it stays ours
        self.handle = made.dup()
        return made

    def cut(self) -> None:
        """End the connection from another thread."""
        self.over = True
        if self.handle:
            with contextlib.suppress(OSError):
                self.handle.shutdown(socket.SHUT_RDWR)

    def let_go(self) -> None:
        """Close the second handle."""
        if self.handle:
            self.handle.close()


class _Http(_Watched, HTTPConnection):
    pass


class _Https(_Watched, HTTPSConnection):
    pass


@cache
def _trusted() -> ssl.SSLContext:
    return ssl.create_default_context()


def exchange(place: Target, address: str, headers: Mapping[str, str], limits: Limits) -> Response:
    """Ask a server for a page, once; redirects are given as they are.

    Raises `FetchError` where it gives no whole answer within the limits.
    """
    connection = _connection(place, address, limits)
    watch = threading.Timer(limits.all_s, connection.cut)
    watch.daemon = True
    watch.start()
    try:
        connection.request("GET", place.path, headers=headers, preload_content=False, decode_content=False)
        response = connection.getresponse()
        received = {name.lower(): value for name, value in response.headers.items()}
        body = _body(response, place, limits) if response.status == 200 else b""
    except (urllib3.exceptions.HTTPError, HTTPException, OSError, ValueError) as error:
        raise _broken(place, error, connection, limits) from error
    finally:
        watch.cancel()
        connection.close()
        connection.let_go()
    if connection.over:  # a body without a length ends where the connection was cut
        raise _too_slow(place, limits)
    return Response(response.status, received, body)


def _connection(place: Target, address: str, limits: Limits) -> _Http | _Https:
    made: _Http | _Https
    if place.scheme == "https":
        made = _Https(place.host, place.port, timeout=limits.all_s, ssl_context=_trusted())
    else:
        made = _Http(place.host, place.port, timeout=limits.all_s)
    made.address, made.limits = address, limits
    return made


def _body(response: urllib3.BaseHTTPResponse, place: Target, limits: Limits) -> bytes:
    coding = response.headers.get("content-encoding", "").strip().lower()
    pieces = _pieces(response, place, limits)
    if coding in ("", "identity"):
        return b"".join(pieces)
    if coding not in CODINGS:
        raise FetchError(place.url, f"content encoding: received {coding[:60]!r}, allowed: gzip, deflate")
    try:
        return unpacked(pieces, coding, limits.most_bytes)
    except UnpackError as error:
        raise FetchError(place.url, f"body: received {error}, allowed: whole pages") from error


def _pieces(response: urllib3.BaseHTTPResponse, place: Target, limits: Limits) -> Iterator[bytes]:
    most = f"more than {limits.most_bytes:,} bytes, allowed: up to that"
    told = response.headers.get("content-length", "")
    if told.isdigit() and len(told) < 20 and int(told) > limits.most_bytes:
        raise FetchError(place.url, f"body: received {most}")
    read = 0
    while piece := response.read(_PIECE, decode_content=False):
        read += len(piece)
        if read > limits.most_bytes:
            raise FetchError(place.url, f"body: received {most}")
        yield piece


def _broken(place: Target, error: Exception, connection: _Watched, limits: Limits) -> FetchError:
    if connection.over or isinstance(error, TimeoutError | urllib3.exceptions.TimeoutError):
        return _too_slow(place, limits)
    if isinstance(error, ssl.SSLError):
        return FetchError(place.url, f"no safe connection ({error.reason or 'TLS failed'})")
    words = printable(" ".join(str(error).split())[:120]) or type(error).__name__
    return FetchError(place.url, f"no whole answer ({words})", lasting=False)


def _too_slow(place: Target, limits: Limits) -> FetchError:
    return FetchError(place.url, f"no whole answer within {limits.all_s:g} s", lasting=False)
