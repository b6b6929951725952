"""The records that must be looked at again when some have changed, and what is known of them."""

from __future__ import annotations

import json
from collections.abc import Iterable

from sqlalchemy import Connection, Select, bindparam, func, select

from rallybook.book.judgements import in_order
from rallybook.book.rows import decision_of, report_of
from rallybook.book.schema import articles, blocks, decisions, judged, members, records
from rallybook.model.decision import Decision
from rallybook.model.event import Report


def among(values: Iterable[int | str]) -> Select[tuple[int | str]]:
    """Give values as rows: any number of them in one parameter, where a statement takes only some thousands."""
    listed = func.json_each(bindparam(None, json.dumps(sorted(values)))).table_valued("value")
    return select(listed.c.value)


def neighbours(db: Connection, changed: Iterable[int]) -> set[int]:
    """Give the records that may be one event with changed ones, with all records of the events that they are in.

    Those are: what shares a block key with them, and what a decision names together with any of these.
    """
    near = set(changed)
    ours, theirs = blocks.alias(), blocks.alias()
    met = select(theirs.c.record).join(ours, ours.c.key == theirs.c.key).where(ours.c.record.in_(among(near)))
    near.update(db.execute(met.distinct()).scalars())
    found = near
    while found:
        found = (_judged_together(db, found) | _of_one_event(db, found)) - near
        near |= found
    return near


def reports(db: Connection, numbers: Iterable[int]) -> dict[int, Report]:
    """Give the reports of records by their numbers; records of an older version of an article tell none."""
    query = (
        select(
            records.c.number,
            records.c.data,
            articles.c.id.label("article"),
            articles.c.published,
            articles.c.source,
            articles.c.url,
        )
        .join(articles, articles.c.number == records.c.article)
        .where(records.c.current == 1, records.c.number.in_(among(numbers)))
    )
    return {row["number"]: report_of(row) for row in db.execute(query).mappings()}


def decisions_on(db: Connection, ids: Iterable[str]) -> tuple[Decision, ...]:
    """Give the decisions that name any of these records, the oldest first."""
    named = select(judged.c.decision).where(judged.c.record.in_(among(ids)))
    found = db.execute(select(decisions.c.data).where(decisions.c.number.in_(named))).scalars()
    return in_order(map(decision_of, found))


def homes(db: Connection, numbers: Iterable[int]) -> dict[int, int]:
    """Give the number of the event that each of some records is in; those that are in none are left out."""
    query = select(members.c.record, members.c.event).where(members.c.record.in_(among(numbers)))
    return {record: event for record, event in db.execute(query)}  # noqa: C416 - a row is no pair to mypy


def _judged_together(db: Connection, numbers: Iterable[int]) -> set[int]:
    ours, theirs = judged.alias(), judged.alias()
    ids = select(records.c.id).where(records.c.number.in_(among(numbers)))
    named = (
        select(theirs.c.record).join(ours, ours.c.decision == theirs.c.decision).where(ours.c.record.in_(ids))
    )
    return set(
        db.execute(select(records.c.number).where(records.c.id.in_(named), records.c.current == 1)).scalars()
    )


def _of_one_event(db: Connection, numbers: Iterable[int]) -> set[int]:
    ours = select(members.c.event).where(members.c.record.in_(among(numbers)))
    return set(db.execute(select(members.c.record).where(members.c.event.in_(ours))).scalars())
