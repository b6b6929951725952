"""Watch lists: feeds and sitemaps that are looked at again and again, and what was seen of them."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Annotated

import msgspec
import yaml

from rallybook.errors import FetchError, InputError, SourceError
from rallybook.model.article import Article
from rallybook.model.outcome import Failure
from rallybook.sheets import read_sheet
from rallybook.sources.feeds import Announced, Entry, feed, sitemap
from rallybook.sources.fetching import Fetcher, Validators
from rallybook.sources.pages import canonical_url
from rallybook.sources.web import article_at, failure

Read = Callable[[bytes, str], Announced]

# an index of sitemaps names one for each month or section; the newest ones are looked at
_MOST_SITEMAPS = 20
# some 20 MB of addresses; the oldest ones are forgotten, and no feed announces them any more
_MOST_SEEN = 200_000


class WatchList(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which feeds and sitemaps to look at; `newest` pages of each at most in one pass.

    `delay` is in seconds, between two requests to one host. `contact` (a URL or a mail address) is told to each server.
    """

    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    newest: Annotated[int, msgspec.Meta(ge=1, le=10_000)] = 100
    delay: Annotated[float, msgspec.Meta(ge=0, le=600)] = 1.0
    contact: Annotated[str, msgspec.Meta(pattern=r"^[\x21-\x7e]{0,200}$")] = ""


def watch_list(path: Path) -> WatchList:
    """Give the list of a YAML file; raises `InputError` for one that cannot be read, and names what is wrong in it."""
    try:
        listed = msgspec.convert(read_sheet(path.read_text(encoding="utf-8")), WatchList)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        reason = " ".join(str(error).split())
        raise InputError("watch list", str(path), f"a file of YAML that can be read ({reason})") from None
    except msgspec.ValidationError as error:
        keys = ", ".join(WatchList.__struct_fields__)
        raise InputError("watch list", str(path), f"the keys {keys} ({error})") from None
    if not listed.feeds and not listed.sitemaps:
        raise InputError("watch list", str(path), "at least one address under feeds or sitemaps")
    return listed


class Seen(msgspec.Struct):
    """What was seen in passes before: the versions of lists, and the stamps of pages."""

    lists: dict[str, Validators] = {}
    pages: dict[str, str] = {}

    @classmethod
    def read(cls, path: Path) -> Seen:
        """Give what a file holds, nothing where there is none; raises `InputError` for a file that is damaged."""
        try:
            return msgspec.json.decode(path.read_bytes(), type=cls)
        except FileNotFoundError:
            return cls({}, {})
        except (OSError, msgspec.DecodeError) as error:
            raise InputError(
                "state of the watch", str(path), f"as it was written, or none ({error})"
            ) from None

    def write(self, path: Path) -> None:
        """Keep it in a file, which is whole at any moment."""
        kept = dict(list(self.pages.items())[-_MOST_SEEN:])
        beside = path.with_name(path.name + ".new")
        beside.write_bytes(msgspec.json.encode(Seen(self.lists, kept)))
        beside.replace(path)


class WatchSource:
    """One pass over a watch list: the articles of pages that are new or have changed."""

    def __init__(self, listed: WatchList, seen: Seen, fetcher: Fetcher) -> None:
        """Take what is looked at, and what was seen before, to which what is seen now is added."""
        self._listed = listed
        self._seen = seen
        self._fetcher = fetcher

    def articles(self) -> Iterator[Article | Failure]:
        """Give the new articles; what cannot be had comes as a failure, and where another try may help it gets one.

        Pages of several lists take turns, so that one waits while another's host is asked.
        """
        most = self._listed.newest
        rounds = [self._of_list(url, feed, most) for url in self._listed.feeds]
        rounds += [self._of_list(url, sitemap, most) for url in self._listed.sitemaps]
        for items in zip_longest(*rounds):
            yield from (item for item in items if item is not None)

    def _of_list(self, url: str, read: Read, most: int) -> Generator[Article | Failure, None, int]:
        """Give the articles that one list announces, `most` at the most, and tell how many pages were asked for."""
        try:
            fetched = self._fetcher.get(url, self._seen.lists.get(url, Validators()))
            if not fetched.changed:
                return 0
            announced = read(fetched.raw, fetched.url)
        except SourceError as error:
            yield failure(url, error)
            return 0
        fresh = [entry for entry in announced.pages if self._seen.pages.get(_key(entry)) != entry.stamp]
        whole = len(fresh) <= most
        for entry in fresh[:most]:
            try:
                yield article_at(entry.url, self._fetcher, published=entry.published)
            except SourceError as error:
                yield failure(entry.url, error)
                if isinstance(error, FetchError) and not error.lasting:
                    whole = False
                    continue
            self._seen.pages[_key(entry)] = entry.stamp
        asked = len(fresh[:most])
        for index in announced.sitemaps[:_MOST_SITEMAPS]:
            if index.url != url and asked < most:
                asked += yield from self._of_list(index.url, _pages_only, most - asked)
        # an index is looked at each time, for it may say nothing of what changed below it
        if whole and not announced.sitemaps:
            self._seen.lists[url] = fetched.validators
        return asked


def _pages_only(raw: bytes, url: str) -> Announced:
    """Give the pages of a sitemap; an index within an index is not followed."""
    return sitemap(raw, url)._replace(sitemaps=())


def _key(entry: Entry) -> str:
    return canonical_url(entry.url)
