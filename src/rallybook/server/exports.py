"""Whole exports: piece by piece, so that memory stays the same however many events there are."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from http import HTTPStatus
from threading import BoundedSemaphore
from typing import Annotated, Literal, cast

from fastapi import APIRouter, Query, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse
from pydantic import Field
from starlette.types import Receive, Scope, Send

from rallybook.errors import RallybookError
from rallybook.model.event import Event
from rallybook.publishing.event_layouts import event_lines
from rallybook.server.problems import ProblemError
from rallybook.server.queries import PageQuery, going_on
from rallybook.server.shelf import MOST_EXPORTS, Here, Shelf
from rallybook.server.shown import shown_event

router = APIRouter(prefix="/api/v1", tags=["export"])
MEDIA_TYPES = {
    "csv": "text/csv",
    "jsonl": "application/x-ndjson",
    "json": "application/json",
    "geojson": "application/geo+json",
}
# a million events take a minute or two; whoever reads more slowly than this is cut off
LONGEST_S = 1_800.0
# a send of so many bytes costs no more than its bytes
_CHUNK = 64 * 1024
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


class ExportQuery(PageQuery):
    """Which events, in which format."""

    limit: int | None = Field(None, ge=1, description="The most events to give (default: all).")  # type: ignore[assignment]
    format: Literal["csv", "jsonl", "json", "geojson"] = Field("csv", description="The format of the file.")


class Export(StreamingResponse):
    """An answer in pieces, which ends in time and lets go of the book however it ends."""

    def __init__(self, pieces: Iterator[bytes], turn: BoundedSemaphore, **facts: object) -> None:
        super().__init__(pieces, **facts)  # type: ignore[arg-type]
        self._pieces = pieces
        self._turn = turn

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the pieces; a client that is too slow finds the connection closed before the end."""
        try:
            async with asyncio.timeout(LONGEST_S):
                await super().__call__(scope, receive, send)
        except TimeoutError:
            return
        finally:
            try:
                await asyncio.shield(run_in_threadpool(_close, self._pieces))
            finally:
                self._turn.release()


@router.get("/export")
def export(query: Annotated[ExportQuery, Query()], here: Here) -> Response:
    """Give all events that fulfil all filters as a file, from one state of the book."""
    query.question()  # what cannot be asked is refused before the first piece
    turn = here.exports
    if not turn.acquire(blocking=False):
        detail = f"{MOST_EXPORTS} exports are under way; try again in a while"
        raise ProblemError(HTTPStatus.SERVICE_UNAVAILABLE, detail, headers={"Retry-After": "30"})
    told = pieces(here, query)
    try:
        with going_on(query.after):
            first = next(told)  # what cannot be answered is told before the answer begins
    except RallybookError:
        turn.release()
        raise
    name = _UNSAFE.sub("-", here.name).strip(".-") or "book"
    return Export(
        _all(first, told),
        turn,
        media_type=MEDIA_TYPES[query.format],
        headers={
            "Content-Disposition": f'attachment; filename="{name}-events.{query.format}"',
            "Cache-Control": "no-store",
        },
    )


def pieces(here: Shelf, query: ExportQuery) -> Iterator[bytes]:
    """Give the export in pieces of some 64 kB."""
    events = here.opened.events(**query.filters())
    # what is shown of an event has the fields of one, and no other ones
    shown = cast("Iterator[Event]", (shown_event(event) for event in events))
    chunk: list[str] = []
    length = 0
    for line in event_lines(shown, query.format):
        chunk.append(line)
        length += len(line)
        if length >= _CHUNK:
            yield "".join(chunk).encode()
            chunk, length = [], 0
    yield "".join(chunk).encode()


def _all(first: bytes, others: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from others


def _close(pieces: Iterator[bytes]) -> None:
    close = getattr(pieces, "close", None)
    if close:
        close()
