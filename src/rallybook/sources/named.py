"""Articles from whatever a user names: files, folders, web addresses, standard input."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypedDict, Unpack

from rallybook.model.waiting import Item
from rallybook.sources.addresses import is_url, reach_of
from rallybook.sources.files import FileSource
from rallybook.sources.rows import from_row

if TYPE_CHECKING:
    from rallybook.sources.datasets import DataSets
    from rallybook.sources.posts import PostReader
    from rallybook.sources.warc import PageReader


class Readers(TypedDict, total=False):
    """How files are read, other than as articles.

    With `posts` the rows of tables are posts on social media; `datasets` reads files of other data sets, and has what
    became of each; `pages` reads the pages of archives, other than whole and at once.
    """

    posts: PostReader | None
    datasets: DataSets | None
    pages: PageReader | None


def named(
    paths: Iterable[str | Path],
    *,
    published: dt.date | None = None,
    stdin: BinaryIO | None = None,
    allow_private: bool = False,
    **readers: Unpack[Readers],
) -> Iterator[Item]:
    """Give the articles of files, folders, web addresses and (for "-") `stdin`, and what could not be read of them.

    With `allow_private` addresses of this machine and its network are fetched, too, and any port. `readers` are those
    of `Readers`.
    """
    posts = readers.get("posts")
    rows = posts.rows if posts else from_row
    for web, group in groupby(map(str, paths), is_url):
        if web:
            from rallybook.sources.fetching import Fetcher  # noqa: PLC0415 - only where it is asked for
            from rallybook.sources.web import WebSource  # noqa: PLC0415

            fetcher = Fetcher(reach_of(allow_private=allow_private))
            yield from WebSource(list(group), published=published, fetcher=fetcher).articles()
        else:
            source = FileSource(
                list(group),
                published=published,
                stdin=stdin,
                rows=rows,
                datasets=readers.get("datasets"),
                pages=readers.get("pages"),
            )
            yield from source.articles()
