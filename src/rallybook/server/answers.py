"""Answers as JSON, compressed, each with a strong ETag of the state of the book: who has it already is told so."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable
from http import HTTPStatus

import msgspec
from fastapi import Request, Response

from rallybook.server.shelf import shelf

JSON = "application/json"
# a page of 100 events is an eighth at level 5; level 9 takes three times as long for a tenth less
GZIP_LEVEL = 5
_encoder = msgspec.json.Encoder()


def fresh(request: Request, make: Callable[[], object], *, media_type: str = JSON) -> Response:
    """Give what `make` gives as JSON, or 304 where the caller has this very answer.

    `make` is not called for a 304, which costs one look at the ends of some indexes, nor where the answer was given
    a moment ago.
    """
    here = shelf(request)
    mark = here.mark()
    tag = etag(request, mark)
    # what somebody who logged in is told stays out of caches that others share
    kept_by = "private, no-cache" if here.caller(request).role else "no-cache"
    headers = {"ETag": tag, "Cache-Control": kept_by, "Vary": "Accept-Encoding, Cookie, Authorization"}
    if tag in told_tags(request.headers.get("If-None-Match", "")):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    body = here.remembered.get(tag)
    if body is None:
        body = _made(request, make)
        if here.mark() == mark:
            here.remembered.put(tag, body)
        else:  # somebody wrote meanwhile: the tag may be that of another answer
            del headers["ETag"]
    if takes_gzip(request):
        headers["Content-Encoding"] = "gzip"
    return Response(body, media_type=media_type, headers=headers)


def _made(request: Request, make: Callable[[], object]) -> bytes:
    made = make()
    body = made if isinstance(made, bytes) else encoded(made)
    return gzip.compress(body, GZIP_LEVEL, mtime=0) if takes_gzip(request) else body


def takes_gzip(request: Request) -> bool:
    """Tell whether a caller takes answers that are compressed."""
    return "gzip" in request.headers.get("Accept-Encoding", "")


def stored(value: object, status: HTTPStatus = HTTPStatus.OK) -> Response:
    """Give an answer that is of this moment and this caller only."""
    return Response(
        encoded(value), status_code=status, media_type=JSON, headers={"Cache-Control": "no-store"}
    )


def encoded(value: object) -> bytes:
    """Give a value as JSON; text is whole, for the book keeps no half of a surrogate pair."""
    return _encoder.encode(value)


def etag(request: Request, mark: str) -> str:
    """Give the tag of what a request is answered with: of the book's state, what is asked, and who may see what."""
    facts = (
        mark,
        str(request.url),
        shelf(request).caller(request).role or "",
        # two codings of one answer are two answers
        "gzip" if takes_gzip(request) else "",
    )
    return f'"{hashlib.blake2b(chr(31).join(facts).encode(), digest_size=12).hexdigest()}"'


def told_tags(header: str) -> set[str]:
    """Give the tags that a caller has; a weak one counts, as RFC 9110 has it for If-None-Match."""
    return {tag.strip().removeprefix("W/") for tag in header.split(",")}
