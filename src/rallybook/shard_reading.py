"""How a shard is read and coded, as functions that a worker elsewhere finds by their names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

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


def shard_reading(
    by: str | Path, bound: float | None, what: tuple[dt.date | None, str], near: str | None
) -> Reading:
    """Give how shards are read and coded: by which coder from which confidence on, and what of them.

    `what` is the day that holds where an article tells none, and which pages of archives are read ("likely" or "all");
    `near` is the book in which articles are looked up before they are coded, None where a worker does not reach it.
    """
    from rallybook.running.shard_work import Reading  # noqa: PLC0415 - start-up time
    from rallybook.sources.shards import content  # noqa: PLC0415

    return Reading(
        parts=partial(_articles, *what),
        content=content,
        code=partial(_coded, by, bound),
        standings=partial(_standings, near) if near else None,
        of=" ".join(str(told or "") for told in what),
    )


def _articles(published: dt.date | None, pages: str, part: Part) -> Iterator[Found]:
    from rallybook.book.rows import storable  # noqa: PLC0415 - start-up time
    from rallybook.page_reading import page_reader  # noqa: PLC0415
    from rallybook.sources.shards import read_part  # noqa: PLC0415

    reader = page_reader(likely=pages == "likely")
    for item in map(read_here, read_part(part, published=published, pages=reader)):
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
