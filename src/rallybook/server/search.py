"""Search: events by the words of their articles, each with the place where they stand."""

from __future__ import annotations

from typing import Annotated

import msgspec
from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from rallybook.publishing.excerpts import around
from rallybook.server.answers import fresh
from rallybook.server.articles import texts_for
from rallybook.server.events import next_url
from rallybook.server.queries import PageQuery, going_on
from rallybook.server.settings import Texts
from rallybook.server.shelf import Here, Shelf
from rallybook.server.shown import Brief, brief, withheld_records

router = APIRouter(prefix="/api/v1", tags=["search"])
# characters of an excerpt: about two lines
_ROOM = 200


class SearchQuery(PageQuery):
    """Which words, and which events."""

    text: str = Field(
        max_length=500, min_length=1, pattern=r"^[^\x00]*$", description='Words; "in quotes" side by side.',
        examples=["nurses pay"],
    )  # fmt: skip
    limit: int = Field(20, ge=1, le=100, description="The most events to give.")


class Hit(msgspec.Struct, frozen=True):
    """An event, and words of one of its articles where what was searched for stands (of a quote, or none)."""

    event: Brief
    article: str
    excerpt: str


class Hits(msgspec.Struct, frozen=True):
    """Some hits in the order of events, how many there are, and the URL of the page after them."""

    hits: tuple[Hit, ...]
    total: int
    next: str | None


@router.get("/search")
def search(request: Request, query: Annotated[SearchQuery, Query()], here: Here) -> Response:
    """Give events whose articles have all words."""
    query.question()
    texts = texts_for(request, here)
    return fresh(request, lambda: _hits(request, query, here, texts))


def _hits(request: Request, query: SearchQuery, here: Shelf, texts: Texts) -> Hits:
    with going_on(query.after):
        told = list(here.opened.events(**query.filters()))
    words = query.text.replace('"', " ").split()
    hits = []
    for event in told:
        found = here.opened.book.articles_of([telling.record for telling in event.records])
        closed = withheld_records(event) if texts != "all" else ()
        shown = [
            (telling.article, found[telling.record].text if texts != "none" else telling.quote)
            for telling in event.records
            if telling.record in found and telling.record not in closed
        ]
        article, excerpt = max((_excerpt(*one, words) for one in shown), default=(0, "", ""))[1:]
        hits.append(Hit(brief(event), article, excerpt))
    asked = msgspec.structs.replace(query.question(), after="", limit=None)
    return Hits(tuple(hits), here.opened.book.count(asked), next_url(request, query, told))


def _excerpt(article: str, text: str, words: list[str]) -> tuple[int, str, str]:
    """Give how many of the words a text has, and the text about the first of them."""
    lowered = text.casefold()
    there = [word for word in words if word.casefold() in lowered]
    at = lowered.find(there[0].casefold()) if there and len(lowered) == len(text) else -1
    trigger = text[at : at + len(there[0])] if at >= 0 else ""
    return len(there), article, around(text, trigger, _ROOM)[0]
