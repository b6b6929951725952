"""Web pages as articles."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from rallybook.errors import SourceError
from rallybook.model.article import Article, article_id
from rallybook.sources.rows import day_of, text_problem

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_OPENS = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
# libxml2 stops reading at this depth: what follows is lost
_DEEPEST = 256
_BODY = re.compile(r"<(?:html|body)\b", re.IGNORECASE)


def looks_like_page(text: str) -> bool:
    """Tell whether a text begins as an HTML page does."""
    return bool(_OPENS.match(text[:4096]))


def from_page(page: str, origin: str, *, published: dt.date | None = None) -> Article:
    """Give the article of an HTML page: its main text, without menus and comments, and what its head tells.

    Raises `SourceError` where no article can be found in it.
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
    source, url = document.sitename or "", document.url or ""
    return Article(
        id=article_id(text, source=source, url=url),
        text=text,
        title=document.title or "",
        published=day_of(document.date) or published,
        url=url,
        source=source,
    )


def _depth(tree: HtmlElement) -> int:
    """Give the number of elements that stand within each other at the deepest place."""
    from lxml.etree import iterwalk  # noqa: PLC0415 - see above

    deepest = depth = 0
    for event, _ in iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest
