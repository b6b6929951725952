"""The records that must be looked at again when some have changed, and what is known of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import Connection, func, select

from rallybook.book.dialect import among
from rallybook.book.rows import decision_of, report_of
from rallybook.book.schema import articles, blocks, decisions, judged, members, pictures, records
from rallybook.model.decision import Decision, in_order
from rallybook.model.event import Report

# of a block key: as exact as the record, in place (2) and in time (1)
_EXACT = 3


def numbered(db: Connection, ids: Iterable[str]) -> set[int]:
    """Give the numbers of some records; those of older versions of an article are left out."""
    query = select(records.c.number).where(records.c.id.in_(among(ids)), records.c.current == 1)
    return set(db.execute(query).scalars())


def reports(db: Connection, numbers: Iterable[int], *, current: bool = True) -> dict[int, Report]:
    """Give the reports of records by their numbers: those that are `current`, or those that tell nothing any more."""
    seen = select(func.min(pictures.c.seen)).where(pictures.c.article == articles.c.number).scalar_subquery()
    query = (
        select(
            records.c.number,
            records.c.data,
            articles.c.id.label("article"),
            articles.c.published,
            articles.c.source,
            articles.c.url,
            articles.c.author,
            seen.label("seen"),
        )
        .join(articles, articles.c.number == records.c.article)
        .where(records.c.current == int(current), records.c.number.in_(among(numbers)))
    )
    return {row["number"]: report_of(row) for row in db.execute(query).mappings()}


def decisions_on(db: Connection, ids: Iterable[str]) -> tuple[Decision, ...]:
    """Give the decisions that name any of these records, the oldest first."""
    named = select(judged.c.decision).where(judged.c.record.in_(among(ids)))
    found = db.execute(select(decisions.c.data).where(decisions.c.number.in_(named))).scalars()
    return in_order(map(decision_of, found))


def decisions_around(db: Connection, ids: Iterable[str]) -> tuple[Decision, ...]:
    """Give the decisions that name any of these records, or any that such a decision names, and so on."""
    named = set(ids)
    found = decisions_on(db, named)
    while more := {record for decision in found for record in decision.records} - named:
        named |= more
        found = in_order((*found, *decisions_on(db, more)))
    return found


def homes(db: Connection, numbers: Iterable[int]) -> dict[int, int]:
    """Give the number of the event that each of some records is in; those that are in none are left out."""
    query = select(members.c.record, members.c.event).where(members.c.record.in_(among(numbers)))
    return {record: event for record, event in db.execute(query).all()}  # noqa: C416 - a row is no pair to mypy


def met(db: Connection, keys: Iterable[tuple[int, int, int]]) -> set[int]:
    """Give the records that have one of these keys, rows of `blocks`, where it is exact for one of the two."""
    by_fit: dict[int, set[int]] = defaultdict(set)
    for key, fit, _ in keys:
        by_fit[fit].add(key)
    found: set[int] = set()
    for fit, ours in by_fit.items():
        enough = [other for other in range(_EXACT + 1) if fit | other == _EXACT]
        query = select(blocks.c.record).where(blocks.c.key.in_(among(ours)), blocks.c.fit.in_(enough))
        found.update(db.execute(query.distinct()).scalars())
    return found


def around(db: Connection, numbers: Iterable[int]) -> set[int]:
    """Give what some records meet, with all records of the events of these, and what decisions name with any."""
    named = set(numbers)
    keys = select(blocks.c.key, blocks.c.fit, blocks.c.record).where(blocks.c.record.in_(among(named)))
    found = near = named | met(db, [(key, fit, number) for key, fit, number in db.execute(keys)])
    while found:
        judged = {other for _, other in judged_together(db, found)}
        found = (of_one_event(db, found) | judged) - near
        near |= found
    return near


def judged_together(db: Connection, numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Give the pairs of some records and those that a decision names together with them."""
    ours, theirs = judged.alias(), judged.alias()
    one, other = records.alias(), records.alias()
    query = (
        select(one.c.number, other.c.number)
        .join(ours, ours.c.record == one.c.id)
        .join(theirs, theirs.c.decision == ours.c.decision)
        .join(other, other.c.id == theirs.c.record)
        .where(one.c.number.in_(among(numbers)), other.c.current == 1)
    )
    return [(mine, yours) for mine, yours in db.execute(query)]


def of_one_event(db: Connection, numbers: Iterable[int]) -> set[int]:
    """Give the records of the events that some records are in."""
    ours = select(members.c.event).where(members.c.record.in_(among(numbers)))
    return set(db.execute(select(members.c.record).where(members.c.event.in_(ours))).scalars())
