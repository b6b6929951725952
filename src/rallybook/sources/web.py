"""Articles from addresses of the web."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from rallybook.errors import FetchError, SourceError
from rallybook.model.article import Article
from rallybook.model.outcome import Failure
from rallybook.sources import pages
from rallybook.sources.addresses import shown_url
from rallybook.sources.encodings import binary, decode, decode_page
from rallybook.sources.fetching import Fetched, Fetcher
from rallybook.sources.pages import from_page, looks_like_page

STAGE = "fetch"
_FEEDS = ("application/rss+xml", "application/atom+xml", "application/feed+json")


class WebSource:
    """Fetches pages and reads the article of each."""

    def __init__(
        self, urls: Sequence[str], *, published: dt.date | None = None, fetcher: Fetcher | None = None
    ) -> None:
        """Take the addresses of pages; `published` is the date of what carries none itself."""
        self._urls = tuple(urls)
        self._fetcher = fetcher or Fetcher()
        self._published = published

    def articles(self) -> Iterator[Article | Failure]:
        """Give the articles in the order of their addresses; what cannot be had comes as a failure naming it."""
        for url in self._urls:
            try:
                yield article_at(url, self._fetcher, published=self._published)
            except SourceError as error:
                yield failure(url, error)


def article_at(url: str, fetcher: Fetcher, *, published: dt.date | None = None) -> Article:
    """Give the article at an address; raises `SourceError` where there is none that can be had."""
    page = fetcher.get(url)
    _check_kind(page)
    if what := binary(page.raw):
        raise FetchError(page.url, f"body: received {what}, allowed: a page")
    today = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=1)  # it is tomorrow already in Auckland
    return from_page(
        decode_page(page.raw, page.charset), page.url, published=published, url=page.url, seen=today
    )


def failure(url: str, error: SourceError) -> Failure:
    """Give the failure of an address."""
    shown = shown_url(url)
    stage = STAGE if isinstance(error, FetchError) else "read"
    return Failure(shown, stage, f"{shown}: {error.reason}")


def _check_kind(page: Fetched) -> None:
    if page.kind in pages.TYPES or (not page.kind and looks_like_page(decode(page.raw[:4096]))):
        return
    allowed = "a page of text/html" + (" (name a feed in a list: rallybook watch)" * (page.kind in _FEEDS))
    raise FetchError(page.url, f"content type: received {page.kind[:60]!r}, allowed: {allowed}")
