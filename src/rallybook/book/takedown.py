"""Taking an article down: nothing of it is answered any more, and a tombstone says so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Set

import msgspec
from sqlalchemy import Connection, delete, insert, select, update

from rallybook.book import pictures
from rallybook.book.dialect import among, spoken
from rallybook.book.facts import told_by
from rallybook.book.found import key_of
from rallybook.book.neighbourhood import homes
from rallybook.book.relinking import relink
from rallybook.book.rows import decision_of, event_of, now
from rallybook.book.schema import (
    article_words,
    articles,
    blocks,
    copy_keys,
    decisions,
    failures,
    judged,
    pending,
    quote_words,
    records,
    tombstones,
    versions,
)
from rallybook.errors import InputError
from rallybook.model.decision import WHOLE
from rallybook.model.keeping import Tombstone
from rallybook.ports import Linker


def take_down(db: Connection, linker: Linker, article: str, *, by: str, why: str) -> Tombstone:
    """Erase an article in all its versions, with its records and what events showed of them; give its tombstone.

    Raises `InputError` for an article that is not there.
    """
    rows = db.execute(select(articles.c.number, articles.c.sha).where(articles.c.id == article)).all()
    if not rows:
        raise _absent(db, article)
    numbers = [row.number for row in rows]
    told = list(db.execute(select(records.c.number).where(records.c.article.in_(numbers))).scalars())
    db.execute(update(records).where(records.c.number.in_(among(told))).values(current=0))
    relink(db, linker, [*told, *_retold(db, pictures.forget(db, numbers))])
    _erase(db, article, numbers, told)
    stone = Tombstone(article=article, at=dt.datetime.fromisoformat(now()), by=by, why=why)
    left = {"article": article, "at": stone.at.isoformat(), "by": by, "why": why}
    db.execute(insert(tombstones), [{**left, "sha": row.sha} for row in rows])
    return stone


def stones(db: Connection) -> tuple[Tombstone, ...]:
    """Give what is left of the articles that were taken down, the oldest first."""
    left = select(tombstones.c.article, tombstones.c.at, tombstones.c.by, tombstones.c.why).distinct()
    return tuple(
        Tombstone(article=article, at=dt.datetime.fromisoformat(at), by=by, why=why)
        for article, at, by, why in db.execute(left.order_by(tombstones.c.at, tombstones.c.article))
    )


def _retold(db: Connection, numbers: Set[int]) -> list[int]:
    """Give the records of some articles that are in events."""
    return list(homes(db, db.execute(told_by(numbers)).scalars()))


def _absent(db: Connection, article: str) -> InputError:
    gone = db.execute(select(tombstones.c.at).where(tombstones.c.article == article)).scalar()
    if gone:
        return InputError("article", article, f"one that is there; this one was taken down on {gone[:10]}")
    return InputError("article", article, "the id of an article in this book")


def _erase(db: Connection, article: str, numbers: list[int], told: list[int]) -> None:
    # or else the words of what is erased stay in the indexes
    spoken(db).forget_words(db, article_words, numbers)
    spoken(db).forget_words(db, quote_words, told)
    spoken(db).purge_words(db)
    for event, revision in _showing(db, article):
        db.execute(delete(versions).where(versions.c.event == event, versions.c.revision == revision))
    for table in (blocks, pending):
        db.execute(delete(table).where(table.c.record.in_(among(told))))
    db.execute(delete(copy_keys).where(copy_keys.c.article.in_(numbers)))
    db.execute(delete(records).where(records.c.number.in_(among(told))))
    db.execute(delete(articles).where(articles.c.number.in_(numbers)))
    # the reason of a failure may quote the article, and what people read in it does
    db.execute(delete(failures).where(failures.c.article == article))
    _forget_codings(db, article)


def _forget_codings(db: Connection, article: str) -> None:
    query = select(decisions.c.number, decisions.c.data).join(judged, judged.c.decision == decisions.c.number)
    told = db.execute(query.where(judged.c.record.in_((WHOLE, key_of(article))))).all()
    numbers = [row.number for row in told if decision_of(row.data).article == article]
    db.execute(delete(judged).where(judged.c.decision.in_(numbers)))
    db.execute(delete(decisions).where(decisions.c.number.in_(numbers)))


def _showing(db: Connection, article: str) -> list[tuple[str, int]]:
    """Give the versions of events, by id and revision, that show an article."""
    # as it stands in JSON; only those that have it anywhere are looked into
    spelled = msgspec.json.encode(article).decode()
    may = select(versions.c.event, versions.c.revision, versions.c.data).where(
        versions.c.data.contains(spelled, autoescape=True)
    )
    return [
        (row.event, row.revision)
        for row in db.execute(may)
        if any(telling.article == article for telling in event_of(row.data).records)
    ]
