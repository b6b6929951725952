"""What feeds and sitemaps announce: the addresses of pages, newest first."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from rallybook.errors import SourceError
from rallybook.sources.addresses import joined
from rallybook.sources.compression import GZIP_MARK, UnpackError, unpacked
from rallybook.sources.encodings import MOST_PAGE_BYTES
from rallybook.sources.rows import day_of

if TYPE_CHECKING:
    from lxml.etree import _Element

# sitemaps.org: no more in one file
_MOST_ENTRIES = 50_000


class Entry(NamedTuple):
    """A page that a feed or sitemap announces: its address, a stamp that changes with it, its day of publication."""

    url: str
    stamp: str = ""
    published: dt.date | None = None


class Announced(NamedTuple):
    """What a feed or sitemap announces: pages, and further sitemaps, the newest first."""

    pages: tuple[Entry, ...] = ()
    sitemaps: tuple[Entry, ...] = ()


def feed(raw: bytes, url: str) -> Announced:
    """Give what a feed (RSS, RDF or Atom) announces; raises `SourceError` for what is none."""
    import feedparser  # noqa: PLC0415 - 0.2 s that only feeds need

    # a stream, not bytes: those it takes for the name of a file
    parsed = feedparser.parse(
        io.BytesIO(raw),
        response_headers={"content-location": url},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    if not parsed.get("version"):
        raise SourceError(url, "feed: received something else, allowed: RSS or Atom")
    entries = (_feed_entry(entry, url) for entry in parsed.entries[:_MOST_ENTRIES])
    return Announced(pages=_newest_first(entry for entry in entries if entry.url))


def _feed_entry(parsed: dict[str, Any], url: str) -> Entry:
    entry = dict(parsed)  # feedparser's own dictionary puts one key in the place of another
    moment = entry.get("published_parsed") or entry.get("updated_parsed")
    day = dt.date(*moment[:3]).isoformat() if moment else ""
    link = str(entry.get("link", ""))
    stamp = str(entry.get("updated") or entry.get("published") or "")
    return Entry(joined(url, link) if link else "", stamp, day_of(day))


def sitemap(raw: bytes, url: str) -> Announced:
    """Give what a sitemap or an index of sitemaps announces, compressed or not; raises `SourceError` for others."""
    from lxml import etree  # noqa: PLC0415 - start-up time

    if raw.startswith(GZIP_MARK):
        try:
            raw = unpacked((raw,), "gzip", MOST_PAGE_BYTES)
        except UnpackError as error:
            raise SourceError(url, f"sitemap: received {error}") from error
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    name = _name(root) if root is not None else ""
    if root is None or name not in ("urlset", "sitemapindex"):
        raise SourceError(
            url, f"sitemap: received {name or 'something else'}, allowed: urlset or sitemapindex"
        )
    found = _newest_first(_sitemap_entries(root, url))
    return Announced(pages=found) if name == "urlset" else Announced(sitemaps=found)


def _sitemap_entries(root: _Element, url: str) -> Iterator[Entry]:
    for node in root[:_MOST_ENTRIES]:
        told = {_name(part): (part.text or "").strip() for part in node.iter() if isinstance(part.tag, str)}
        if told.get("loc"):
            stamp = told.get("lastmod", "")
            day = day_of(told.get("publication_date", "").replace("Z", "+00:00"))
            yield Entry(joined(url, told["loc"]), stamp or told.get("publication_date", ""), day)


def _name(node: _Element) -> str:
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def _newest_first(entries: Iterator[Entry]) -> tuple[Entry, ...]:
    """Sort by the day of publication, or else the stamp where that is a date; what has neither comes last."""
    found = list({entry.url: entry for entry in entries}.values())
    return tuple(sorted(found, key=_day_for_order, reverse=True))


def _day_for_order(entry: Entry) -> dt.date:
    return entry.published or day_of(entry.stamp[:10]) or dt.date.min
