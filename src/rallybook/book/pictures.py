"""The pictures of posts as a book remembers them: by fingerprint, each with the first day on which its like was there.

That day follows from all pictures of the book, in whatever order they came. A new picture is compared with all of them,
once for each time that posts are kept: so nothing is looked at where no post has a picture.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, Row, Select, bindparam, delete, select, update

from rallybook.book.dialect import among, append
from rallybook.book.schema import pictures
from rallybook.model.article import Article
from rallybook.model.post import ALIKE

# pictures that are compared at a time
_BATCH = 50_000
_PRINT = list(pictures.c).index(pictures.c.print)
Prints = npt.NDArray[np.uint64]
_Key = tuple[int, int]


def keep(db: Connection, kept: Iterable[tuple[int, Article]]) -> set[int]:
    """Keep the pictures of articles, by their numbers; give the articles with a picture that is older than was known.

    A picture without any features is like no other, and is not kept.
    """
    rows = [row for number, article in kept for row in _rows(number, article)]
    append(db, pictures, rows)
    return _settle(db, {(row["article"], row["place"]): row["print"] for row in rows})


def forget(db: Connection, numbers: Sequence[int]) -> set[int]:
    """Erase the pictures of some articles; give the other articles with a picture that they alone showed before."""
    ours = pictures.c.article.in_(among(numbers))
    gone = [_signs(row.print) for row in db.execute(select(pictures).where(ours))]
    if not gone:
        return set()
    db.execute(delete(pictures).where(ours))
    left = {
        (row.article, row.place): row
        for rows, prints in _batches(db)
        for fingerprint in gone
        for row in _alike(rows, prints, fingerprint)
    }
    _write(db, {key: row.day for key, row in left.items()})
    _settle(db, {key: row.print for key, row in left.items()})
    now = {(row.article, row.place): row.seen for row in db.execute(_of({number for number, _ in left}))}
    return {key[0] for key, row in left.items() if now[key] != row.seen}


def _rows(number: int, article: Article) -> Iterator[dict[str, Any]]:
    for place, picture in enumerate(article.post.pictures if article.post else ()):
        day = min((day for day in (picture.taken, article.published) if day), default=None)
        told = day.isoformat() if day else None
        if picture.fingerprint:
            signs = np.array([int(picture.fingerprint, 16)], np.uint64).view(np.int64)
            yield {"article": number, "place": place, "print": int(signs[0]), "day": told, "seen": told}


def _settle(db: Connection, some: Mapping[_Key, int]) -> set[int]:
    """Find the first day of some pictures, and what they are older than; give the articles where that is new."""
    if not some:
        return set()
    wanted = {key: _signs(fingerprint) for key, fingerprint in some.items()}
    days = {(row.article, row.place): row.day for row in db.execute(_of({n for n, _ in some}))}
    first: dict[_Key, str | None] = {}
    before: dict[_Key, str | None] = {}
    for rows, prints in _batches(db):
        for key, fingerprint in wanted.items():
            for row in _alike(rows, prints, fingerprint):
                other = (row.article, row.place)
                before[other] = row.seen
                first[other] = _earlier(first.get(other, row.seen), days[key])
                first[key] = _earlier(first.get(key, days[key]), row.day)
    found = {key: day for key, day in first.items() if day != before[key]}
    _write(db, found)
    return {number for number, _ in found}


def _alike(rows: Sequence[Row[Any]], prints: Prints, fingerprint: np.uint64) -> Iterator[Row[Any]]:
    """Give the pictures whose fingerprints differ from one in so many signs at most that they show the same."""
    for place in np.flatnonzero(np.bitwise_count(prints ^ fingerprint) <= ALIKE):
        yield rows[int(place)]


def _batches(db: Connection) -> Iterator[tuple[Sequence[Row[Any]], Prints]]:
    streamed = db.execute(select(pictures), execution_options={"yield_per": _BATCH})
    for rows in streamed.partitions():
        yield rows, np.fromiter((row[_PRINT] for row in rows), np.int64, len(rows)).view(np.uint64)


def _of(numbers: Iterable[int]) -> Select[Any]:
    return select(pictures).where(pictures.c.article.in_(among(numbers)))


def _signs(kept: int) -> np.uint64:
    """Give a fingerprint as it is compared: a column holds its 64 bits as a number with a sign."""
    return np.int64(kept).view(np.uint64)


def _earlier(one: str | None, other: str | None) -> str | None:
    return min((day for day in (one, other) if day), default=None)


def _write(db: Connection, found: Mapping[_Key, str | None]) -> None:
    if not found:
        return
    this = update(pictures).where(
        pictures.c.article == bindparam("of_article"), pictures.c.place == bindparam("at_place")
    )
    rows = [{"of_article": number, "at_place": place, "first": day} for (number, place), day in found.items()]
    db.execute(this.values(seen=bindparam("first")), rows)
