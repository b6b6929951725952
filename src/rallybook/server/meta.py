"""What a caller needs to know before asking: the book, its words, who the caller is."""

from __future__ import annotations

from typing import Any, get_args

from fastapi import APIRouter, Request, Response

from rallybook.model.record import FORMS, STATUSES, Focus, ResponseAction
from rallybook.model.values import Precision
from rallybook.server.answers import stored
from rallybook.server.callers import Caller
from rallybook.server.sessions import shown_caller
from rallybook.server.shelf import Here, Shelf
from rallybook.version import __version__

router = APIRouter(prefix="/api/v1")
_VOCABULARY: dict[str, tuple[str, ...]] = {
    "form": FORMS,
    "status": STATUSES,
    "focus": get_args(Focus),
    "response": get_args(ResponseAction),
    "precision": get_args(Precision),
}


@router.get("/meta")
def meta(request: Request, here: Here) -> Response:
    """Give the name of the book, its vocabulary with labels, and what the caller may do."""
    return stored(told(here, here.caller(request)))


def told(here: Shelf, caller: Caller) -> dict[str, Any]:
    """Give what a caller needs to know before asking."""
    return {
        "book": here.name,
        "version": __version__,
        "state": here.opened.book.state(),
        "events": sum(here.opened.book.facets()["form"].values()),
        "vocabulary": {
            field: [{"value": value, "label": value.replace("_", " ")} for value in values]
            for field, values in _VOCABULARY.items()
        },
        "texts": here.settings.texts,
        "style": here.settings.style,
        "most_points": here.settings.most_points,
        "caller": shown_caller(caller),
    }
