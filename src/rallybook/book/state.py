"""A mark of what a book holds, which is another after each change."""

from __future__ import annotations

from sqlalchemy import Connection, func, literal_column, select

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
