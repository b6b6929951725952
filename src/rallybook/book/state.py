"""A mark of what a book holds, which is another after each change."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, func, literal_column, select

from rallybook.book.schema import VERSION, articles, decisions, events, failures, tombstones, versions

# each is the end of an index, found at once. Facts are appended; an event that changes or goes leaves a version behind
_ENDS = (
    articles.c.number,
    decisions.c.number,
    failures.c.number,
    tombstones.c.number,
    events.c.number,
)


def mark(db: Connection) -> str:
    """Give the mark of this state of the book."""
    ends = [select(func.max(end)).scalar_subquery() for end in _ENDS]
    changes = select(func.max(literal_column("versions.rowid"))).select_from(versions).scalar_subquery()
    found = db.execute(select(*ends, changes)).one()
    return "-".join([VERSION, *(f"{end or 0:x}" for end in found)])


class Ends(NamedTuple):
    """Where the events, the versions of events and the tombstones of a book end: what is beyond them is new."""

    events: int
    versions: int
    tombstones: int


_VERSION: ColumnElement[int] = literal_column("versions.rowid")


def ends(db: Connection) -> Ends:
    """Give the ends of this state of the book."""
    return Ends(
        events=db.execute(select(func.max(events.c.number))).scalar() or 0,
        versions=db.execute(select(func.max(_VERSION)).select_from(versions)).scalar() or 0,
        tombstones=db.execute(select(func.max(tombstones.c.number))).scalar() or 0,
    )


def changed_since(db: Connection, before: Ends) -> set[str]:
    """Give the ids of the events that are other than they were then, or gone; new ones are not among them."""
    query = select(versions.c.event).where(before.versions < _VERSION)
    return set(db.execute(query.distinct()).scalars())
