"""What a person names, an event or a record, as what the book has of it now."""

from __future__ import annotations

from sqlalchemy import Connection, select

from rallybook.book.rows import event_of
from rallybook.book.schema import events, members, records, redirects, versions
from rallybook.errors import InputError
from rallybook.model.event import Event

_ALLOWED = "the id of an event or of a record in this book"


def event_named(db: Connection, name: str) -> Event:
    """Give the event of an id, or of a record's id, wherever redirects lead; raises `InputError`."""
    current = _current(db, name)
    if current:
        return current
    query = (
        select(events.c.data)
        .join(members, members.c.event == events.c.number)
        .join(records, records.c.number == members.c.record)
        .where(records.c.id == name, records.c.current == 1)
    )
    data = db.execute(query).scalar()
    if data is None:
        raise _unknown(db, name)
    return event_of(data)


def told_with(db: Connection, event: str) -> tuple[Event, ...]:
    """Give the other events that the articles of an event tell, in the order of their ids."""
    ours, theirs = records.alias(), records.alias()
    articles = (
        select(ours.c.article)
        .join(members, members.c.record == ours.c.number)
        .join(events, events.c.number == members.c.event)
        .where(events.c.id == event)
    )
    others = (
        select(members.c.event)
        .join(theirs, theirs.c.number == members.c.record)
        .where(theirs.c.article.in_(articles))
    )
    query = select(events.c.data).where(events.c.number.in_(others), events.c.id != event)
    return tuple(map(event_of, db.execute(query.order_by(events.c.id)).scalars()))


def records_named(db: Connection, name: str, *, last: bool = False) -> tuple[str, ...]:
    """Give the ids of the records of an event, or the id of a record itself; raises `InputError`.

    With `last` an event that is no more gives the records that it had at the end.
    """
    if event := _current(db, name):
        told = (
            select(records.c.id)
            .join(members, members.c.record == records.c.number)
            .join(events, events.c.number == members.c.event)
            .where(events.c.id == event.id)
        )
        return tuple(db.execute(told.order_by(records.c.id)).scalars())
    if db.execute(select(records.c.number).where(records.c.id == name)).first():
        return (name,)
    if last and (event := last_version(db, name)):
        return tuple(telling.record for telling in event.records)
    raise _unknown(db, name)


def last_version(db: Connection, event: str) -> Event | None:
    """Give an event that is no more as it was at its end."""
    query = select(versions.c.data).where(versions.c.event == event).order_by(versions.c.revision.desc())
    data = db.execute(query.limit(1)).scalar()
    return event_of(data) if data else None


def _current(db: Connection, name: str) -> Event | None:
    seen: set[str] = set()
    at: str | None = name
    while at is not None and at not in seen:
        seen.add(at)
        data = db.execute(select(events.c.data).where(events.c.id == at)).scalar()
        if data is not None:
            return event_of(data)
        at = db.execute(select(redirects.c.new).where(redirects.c.old == at)).scalar()
    return None


def _unknown(db: Connection, name: str) -> InputError:
    gone = db.execute(select(redirects.c.at).where(redirects.c.old == name)).scalar()
    if gone:
        return InputError("event", name, f"an event that is there; this one is gone since {gone[:10]}")
    if db.execute(select(records.c.number).where(records.c.id == name)).first():
        return InputError("event", name, "a record that tells an event; this one tells none")
    return InputError("event", name, _ALLOWED)
