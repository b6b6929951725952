"""Web pages as articles."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urldefrag, urlsplit

from rallybook.errors import SourceError
from rallybook.model.article import Article, article_id
from rallybook.sources.rows import day_of, text_problem

if TYPE_CHECKING:
    from lxml.etree import XPath
    from lxml.html import HtmlElement

TYPES = ("text/html", "application/xhtml+xml")
_OPENS = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
# libxml2 stops reading at this depth: what follows is lost
_DEEPEST = 256
# news pages have some thousand; half a million take 0.7 GB
_MOST_TAGS = 200_000
# what trafilatura stumbles over in pages that no browser would show
_UNREADABLE = (RecursionError, ValueError, AssertionError, TypeError, AttributeError, LookupError)
_BODY = re.compile(r"<(?:html|body)\b", re.IGNORECASE)


def looks_like_page(text: str) -> bool:
    """Tell whether a text begins as an HTML page does."""
    return bool(_OPENS.match(text[:4096]))


def tree_of(page: str, origin: str) -> HtmlElement:
    """Give the tree of an HTML page; raises `SourceError` where there is none, or one that would not be read whole."""
    # a late import: 0.6 s that only pages need
    import trafilatura  # noqa: PLC0415
    from lxml.etree import LxmlError  # noqa: PLC0415

    if (tags := page.count("<")) > _MOST_TAGS:
        raise SourceError(origin, f"received {tags:,} tags, allowed: up to {_MOST_TAGS:,}")
    if not _BODY.search(page):
        page = f"<html><body>{page}</body></html>"
    try:
        tree = trafilatura.load_html(page)
    except (*_UNREADABLE, LxmlError) as error:
        raise SourceError(origin, f"not a page that can be read ({type(error).__name__})") from error
    if tree is None:
        raise SourceError(origin, "no article text found in the page")
    if _too_deep()(tree):
        raise SourceError(origin, f"received tags nested {_DEEPEST} deep, allowed: less than that")
    return tree


def text_of(tree: HtmlElement, origin: str) -> str:
    """Give the main text of a page, without menus and comments; raises `SourceError` where there is none."""
    import trafilatura  # noqa: PLC0415 - see above
    from lxml.etree import LxmlError  # noqa: PLC0415

    try:
        document = trafilatura.bare_extraction(tree, include_comments=False)
    except (*_UNREADABLE, LxmlError) as error:
        raise SourceError(origin, f"not a page that can be read ({type(error).__name__})") from error
    text = str(getattr(document, "text", None) or "")
    if not text.strip():
        raise SourceError(origin, "no article text found in the page")
    if problem := text_problem(text):
        raise SourceError(origin, f"text: {problem}")
    return text


class Visit(NamedTuple):
    """What is known of a page beside what it says: its address, the day of the visit, a day of publication."""

    url: str = ""
    seen: dt.date | None = None
    published: dt.date | None = None


def article_of(tree: HtmlElement, text: str, visit: Visit, origin: str) -> Article:
    """Give the article of a page with this main text, and with what its head tells.

    The address is where it was found: what the page says of its own address holds only within the same site, and the
    host stands for the source where it names none. A page is no younger than the visit. The day of publication is that
    of the visit's facts where it tells none. Raises `SourceError`.
    """
    import trafilatura  # noqa: PLC0415 - see above
    from lxml.etree import LxmlError  # noqa: PLC0415

    try:
        head = trafilatura.extract_metadata(tree)
    except (*_UNREADABLE, LxmlError) as error:
        raise SourceError(origin, f"not a page that can be read ({type(error).__name__})") from error
    told, source = head.url or "", head.sitename or _site(visit.url)
    if visit.url:
        told = canonical_url(told if _site(told) == _site(visit.url) else visit.url)
    day = day_of(head.date)
    if day and visit.seen and day > visit.seen:
        day = None
    return Article(
        id=article_id(text, source=source, url=told),
        text=text,
        title=head.title or "",
        published=day or visit.published,
        url=told,
        source=source,
    )


def from_page(
    page: str, origin: str, *, published: dt.date | None = None, url: str = "", seen: dt.date | None = None
) -> Article:
    """Give the article of an HTML page: its main text, without menus and comments, and what its head tells.

    `url` is where it was found, `seen` the day of the visit, `published` the day where it tells none (see
    `article_of`). Raises `SourceError` where no article can be found in it.
    """
    tree = tree_of(page, origin)
    return article_of(tree, text_of(tree, origin), Visit(url, seen, published), origin)


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


@cache
def _too_deep() -> XPath:
    """Give what tells whether an element stands within so many others that reading may end there."""
    from lxml.etree import XPath  # noqa: PLC0415 - see above

    return XPath(f"boolean(self::*{'/*' * (_DEEPEST - 1)})")
