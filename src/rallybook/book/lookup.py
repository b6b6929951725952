"""Facts by their ids: articles, the records read in them, and which events changed last."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, literal_column, select

from rallybook.book import neighbourhood
from rallybook.book.dialect import among
from rallybook.book.rows import article_of, event_of
from rallybook.book.schema import articles, events, members, records, versions
from rallybook.errors import InputError
from rallybook.model.article import Article
from rallybook.model.event import Report
from rallybook.model.keeping import Change, Version

# an event has several records and versions: so many more of these are looked at
_SEVERAL = 5


def article(db: Connection, name: str) -> Article:
    """Give the newest version of an article; raises `InputError` where it is not in the book."""
    query = select(articles).where(articles.c.id == name, articles.c.current == 1)
    row = db.execute(query).mappings().first()
    if row is None:
        raise InputError("article", name, "the id of an article in this book")
    return article_of(row)


def reports(db: Connection, names: Sequence[str]) -> dict[str, Report]:
    """Give the report of each of these records that is in the book."""
    found = neighbourhood.reports(db, neighbourhood.numbered(db, names))
    return {report.record.id: report for report in found.values()}


def read_in(db: Connection, name: str) -> tuple[str, ...]:
    """Give the ids of the records that were read in an article, in their order."""
    query = (
        select(records.c.id)
        .join(articles, articles.c.number == records.c.article)
        .where(articles.c.id == name, articles.c.current == 1, records.c.current == 1)
    )
    return tuple(db.execute(query.order_by(records.c.number)).scalars())


def changes(db: Connection, limit: int) -> tuple[Change, ...]:
    """Give the events that are new or have changed, the latest first, and when it was."""
    told = (
        select(events.c.id, articles.c.added_at)
        .select_from(articles)
        .join(records, records.c.article == articles.c.number)
        .join(members, members.c.record == records.c.number)
        .join(events, events.c.number == members.c.event)
        .where(articles.c.current == 1)
        .order_by(articles.c.number.desc())
    )
    ended = select(versions.c.event, versions.c.until).order_by(literal_column("versions.rowid").desc())
    latest: dict[str, str] = {}
    for query in (told, ended):
        for event, at in db.execute(query.limit(_SEVERAL * limit)):
            latest[event] = max(at, latest.get(event, ""))
    # older versions of one id may fill the list; what is no more is not told
    kept = select(events.c.id, events.c.data).where(events.c.id.in_(among(latest)))
    found = {row.id: event_of(row.data) for row in db.execute(kept)}
    order = sorted(found, key=lambda name: (latest[name], name), reverse=True)
    return tuple(Change(found[name], dt.datetime.fromisoformat(latest[name])) for name in order[:limit])


def articles_of(db: Connection, told: Iterable[str]) -> dict[str, Article]:
    """Give the article of each of these records that is in the book."""
    query = (
        select(records.c.id.label("record"), articles)
        .join(articles, articles.c.number == records.c.article)
        .where(records.c.id.in_(among(told)), records.c.current == 1)
    )
    return {row["record"]: article_of(row) for row in db.execute(query).mappings()}


def versions_of(db: Connection, event: str) -> tuple[Version, ...]:
    """Give what an event was before, the oldest first."""
    query = select(versions.c.data, versions.c.until).where(versions.c.event == event)
    rows = db.execute(query.order_by(versions.c.revision)).all()
    return tuple(Version(event_of(row.data), dt.datetime.fromisoformat(row.until)) for row in rows)
