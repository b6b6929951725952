"""What a caller needs to know before asking: the book, its words, who the caller is."""

from __future__ import annotations

from typing import get_args

import msgspec
from fastapi import APIRouter, Request, Response

from rallybook.model.record import FOCUSES, FORMS, RESPONSE_ACTIONS, STATUSES
from rallybook.model.values import Precision
from rallybook.server.answers import stored
from rallybook.server.callers import Caller
from rallybook.server.sessions import ShownCaller, shown_caller
from rallybook.server.settings import Texts
from rallybook.server.shelf import Here, Shelf
from rallybook.version import __version__

router = APIRouter(prefix="/api/v1", tags=["meta"])
VOCABULARY: dict[str, tuple[str, ...]] = {
    "form": FORMS,
    "status": STATUSES,
    "focus": FOCUSES,
    "response": RESPONSE_ACTIONS,
    "precision": get_args(Precision),
}


class Word(msgspec.Struct, frozen=True):
    """A value of the codebook, and how it is written for people."""

    value: str
    label: str


class Meta(msgspec.Struct, frozen=True, kw_only=True):
    """The book and its words; `state` is another after each change of the book.

    `texts` is how much of an article is shown to whoever is no coder, `style` the URL of a map style in place of the
    bundled one, `most_points` how many points come before cells take their place.
    """

    book: str
    version: str
    state: str
    events: int
    vocabulary: dict[str, tuple[Word, ...]]
    texts: Texts
    style: str
    most_points: int
    open_to_all: bool
    caller: ShownCaller


@router.get("/meta")
def meta(request: Request, here: Here) -> Response:
    """Give the name of the book, its vocabulary with labels, and what the caller may do."""
    return stored(told(here, here.caller(request)))


def told(here: Shelf, caller: Caller) -> Meta:
    """Give what a caller needs to know before asking; of a book that is not open to all, no more than its words."""
    book, settings = here.opened.book, here.settings
    may_read = settings.open_to_all or caller.may("reader")
    return Meta(
        book=here.name,
        version=__version__,
        state=book.state() if may_read else "",
        events=book.count() if may_read else 0,
        vocabulary={
            field: tuple(Word(value, value.replace("_", " ")) for value in values)
            for field, values in VOCABULARY.items()
        },
        texts=settings.texts,
        style=settings.style,
        most_points=settings.most_points,
        open_to_all=settings.open_to_all,
        caller=shown_caller(caller),
    )
