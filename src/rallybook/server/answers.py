"""Answers as JSON, each with a strong ETag of the state of the book: who has it already is told so."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from http import HTTPStatus

import msgspec
from fastapi import Request, Response

from rallybook.server.shelf import shelf

JSON = "application/json"
_encoder = msgspec.json.Encoder()


def fresh(request: Request, make: Callable[[], object], *, media_type: str = JSON) -> Response:
    """Give what `make` gives as JSON, or 304 where the caller has this very answer.

    `make` is not called for a 304, which costs one look at the ends of some indexes.
    """
    tag = etag(request)
    headers = {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding, Cookie, Authorization"}
    if tag in told_tags(request.headers.get("If-None-Match", "")):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(encoded(make()), media_type=media_type, headers=headers)


def stored(value: object, status: HTTPStatus = HTTPStatus.OK) -> Response:
    """Give an answer that is of this moment and this caller only."""
    return Response(
        encoded(value), status_code=status, media_type=JSON, headers={"Cache-Control": "no-store"}
    )


def encoded(value: object) -> bytes:
    """Give a value as JSON; text is whole, for the book keeps no half of a surrogate pair."""
    return _encoder.encode(value)


def etag(request: Request) -> str:
    """Give the tag of what a request is answered with: of the book's state, what is asked, and who may see what."""
    here = shelf(request)
    facts = (
        here.mark(),
        str(request.url),
        here.caller(request).role or "",
        # two codings of one answer are two answers
        "gzip" if "gzip" in request.headers.get("Accept-Encoding", "") else "",
    )
    return f'"{hashlib.blake2b(chr(31).join(facts).encode(), digest_size=12).hexdigest()}"'


def told_tags(header: str) -> set[str]:
    """Give the tags that a caller has; a weak one counts, as RFC 9110 has it for If-None-Match."""
    return {tag.strip().removeprefix("W/") for tag in header.split(",")}
