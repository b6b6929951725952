"""How a shard is read and coded, as functions that a worker elsewhere finds by their names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from rallybook import api, opened
from rallybook.model.article import Article
from rallybook.model.keeping import Standing
from rallybook.model.outcome import Coded, Failure
from rallybook.model.shard import Part
from rallybook.model.waiting import Found
from rallybook.model.waiting import opened as read_here
from rallybook.ports import Book

if TYPE_CHECKING:
    from rallybook.running.shard_work import Reading


class What(NamedTuple):
    """What of shards is read: the day that holds where an article tells none, and which pages ("likely" or "all").

    `salt` is there where rows are posts: one for the whole run, so that an author is the same in all shards.
    """

    published: dt.date | None
    pages: str
    salt: str | None = None


def shard_reading(by: str | Path, bound: float | None, what: What, near: str | None) -> Reading:
    """Give how shards are read and coded: by which coder from which confidence on, and what of them.

    `near` is the book in which articles are looked up before they are coded, None where a worker does not reach it.
    """
    from rallybook.running.shard_work import Reading  # noqa: PLC0415 - start-up time
    from rallybook.sources.shards import content  # noqa: PLC0415

    return Reading(
        parts=partial(_articles, what),
        content=content,
        code=partial(_coded, by, bound),
        standings=partial(_standings, near) if near else None,
        of=f"{what.published or ''} {what.pages}{' posts' if what.salt else ''}",
    )


def _articles(what: What, part: Part) -> Iterator[Found]:
    from rallybook.book.rows import storable  # noqa: PLC0415 - start-up time
    from rallybook.page_reading import page_reader  # noqa: PLC0415
    from rallybook.sources.posts import PostReader  # noqa: PLC0415
    from rallybook.sources.rows import from_row  # noqa: PLC0415
    from rallybook.sources.shards import read_part  # noqa: PLC0415

    reader = page_reader(likely=what.pages == "likely")
    rows = PostReader(salt=what.salt).rows if what.salt else from_row
    for item in map(read_here, read_part(part, published=what.published, pages=reader, rows=rows)):
        yield storable(item) if isinstance(item, Article) else item


def _coded(by: str | Path, bound: float | None, item: Article | Failure) -> Coded:
    from rallybook.coding.row_coder import coder_of  # noqa: PLC0415 - start-up time
    from rallybook.running.local import guarded  # noqa: PLC0415

    return guarded(coder_of(item, api.coder(by, bound)), item)


def _standings(book: str, articles: Sequence[Article]) -> Sequence[Standing]:
    return _near(book).standings(articles)


# once a worker
@cache
def _near(book: str) -> Book:
    return opened.open(book, create=False).book
