"""New and changed events as an Atom feed (RFC 4287)."""

from __future__ import annotations

import re
from typing import Annotated
from xml.etree import ElementTree as Xml

from fastapi import APIRouter, Query, Request, Response

from rallybook.model.event import Event
from rallybook.model.keeping import Change
from rallybook.publishing.wording import dates, number, place
from rallybook.server.answers import fresh
from rallybook.server.shelf import Here, Shelf
from rallybook.server.shown import linkable, shown_quote

router = APIRouter(prefix="/api/v1", tags=["feed"])
ATOM = "application/atom+xml"
_NAMESPACE = "http://www.w3.org/2005/Atom"
# the time of a feed that has nothing to tell yet; Atom wants one
_NEVER = "1970-01-01T00:00:00+00:00"
# what XML 1.0 has no way to write
_UNWRITABLE = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]+")
Xml.register_namespace("", _NAMESPACE)


@router.get("/feed.atom")
def feed(
    request: Request,
    here: Here,
    limit: Annotated[int, Query(ge=1, le=200, description="The most entries.")] = 50,
) -> Response:
    """Give the events that are new or have changed, the latest first."""
    return fresh(request, lambda: atom(request, here, limit), media_type=ATOM)


def atom(request: Request, here: Shelf, limit: int) -> bytes:
    """Give the feed as XML."""
    base = str(request.base_url)
    changes = here.opened.book.changes(limit)
    root = Xml.Element(f"{{{_NAMESPACE}}}feed")
    _add(root, "id", f"{base}api/v1/feed.atom")
    _add(root, "title", f"Protest events: {here.name}")
    _add(root, "updated", changes[0].at.isoformat() if changes else _NEVER)
    _add(_add(root, "author"), "name", "rallybook")
    _add(root, "link", rel="self", type=ATOM, href=f"{base}api/v1/feed.atom")
    for change in changes:
        _entry(root, change, base)
    written: bytes = Xml.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _entry(root: Xml.Element, change: Change, base: str) -> None:
    event = change.event
    entry = _add(root, "entry")
    _add(entry, "id", f"{base}api/v1/events/{event.id}")
    _add(entry, "title", _title(event))
    _add(entry, "updated", change.at.isoformat())
    _add(entry, "link", rel="alternate", type="text/html", href=f"{base}events/{event.id}")
    for url in dict.fromkeys(linkable(telling.url) for telling in event.records):
        if url:
            _add(entry, "link", rel="related", href=url)
    _add(entry, "category", term=event.form)
    _add(entry, "summary", shown_quote(event) or _title(event), type="text")


def _title(event: Event) -> str:
    words = (event.form.replace("_", " "), place(event.place), dates(event.date.edtf))
    size = number(event.size.low, event.size.high)
    status = "" if event.status == "happened" else event.status
    return ", ".join(filter(None, (*words, size and f"{size} people", status)))


def _add(parent: Xml.Element, name: str, text: str = "", **attributes: str) -> Xml.Element:
    clean = {key: _UNWRITABLE.sub("\ufffd", value) for key, value in attributes.items()}
    child = Xml.SubElement(parent, f"{{{_NAMESPACE}}}{name}", clean)
    if text:
        child.text = _UNWRITABLE.sub("\ufffd", text)
    return child
