"""Web pages as articles."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urlsplit

from rallybook.errors import SourceError
from rallybook.model.article import Article, article_id
from rallybook.sources.rows import day_of, text_problem

if TYPE_CHECKING:
    from lxml.html import HtmlElement

TYPES = ("text/html", "application/xhtml+xml")
_OPENS = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
# libxml2 stops reading at this depth: what follows is lost
_DEEPEST = 256
_BODY = re.compile(r"<(?:html|body)\b", re.IGNORECASE)


def looks_like_page(text: str) -> bool:
    """Tell whether a text begins as an HTML page does."""
    return bool(_OPENS.match(text[:4096]))


def from_page(
    page: str, origin: str, *, published: dt.date | None = None, url: str = "", seen: dt.date | None = None
) -> Article:
    """Give the article of an HTML page: its main text, without menus and comments, and what its head tells.

    `url` is where it was found: what the page says of its own address holds only within the same site, and the host
    stands for the source where it names none. `seen` is the day of the visit: the page is no younger. `published` is
    the day where it tells none. Raises `SourceError` where no article can be found in it.
    """
    # a late import: 0.6 s that only pages need
    import trafilatura  # noqa: PLC0415
    from trafilatura.settings import Document  # noqa: PLC0415

    if not _BODY.search(page):
        page = f"<html><body>{page}</body></html>"
    try:
        tree = trafilatura.load_html(page)
        if tree is not None and _depth(tree) >= _DEEPEST:
            raise SourceError(origin, f"received tags nested {_DEEPEST} deep, allowed: less than that")
        document = trafilatura.bare_extraction(tree, include_comments=False, with_metadata=True)
    except (RecursionError, ValueError, AssertionError) as error:
        raise SourceError(origin, f"not a page that can be read ({type(error).__name__})") from error
    if not isinstance(document, Document) or not (text := document.text or "").strip():
        raise SourceError(origin, "no article text found in the page")
    if problem := text_problem(text):
        raise SourceError(origin, f"text: {problem}")
    told, source = document.url or "", document.sitename or _site(url)
    if url:
        told = canonical_url(told if _site(told) == _site(url) else url)
    day = day_of(document.date)
    if day and seen and day > seen:
        day = None
    return Article(
        id=article_id(text, source=source, url=told),
        text=text,
        title=document.title or "",
        published=day or published,
        url=told,
        source=source,
    )


def canonical_url(url: str) -> str:
    """Give one address for all by which a page is linked to: without what counts visits, and without a place in it."""
    from courlan import normalize_url  # noqa: PLC0415 - see above

    try:
        return str(normalize_url(urldefrag(url).url))
    except ValueError:
        return url


def _site(url: str) -> str:
    """Give the host of an address, without what stands for the kind of screen."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return re.sub(r"^(?:(?:www|m|mobile|amp)\.)+(?=[^.]+\.)", "", host)


def _depth(tree: HtmlElement) -> int:
    """Give the number of elements that stand within each other at the deepest place."""
    from lxml.etree import iterwalk  # noqa: PLC0415 - see above

    deepest = depth = 0
    for event, _ in iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest
