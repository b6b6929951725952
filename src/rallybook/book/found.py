"""Records that people found: they follow from decisions, and tell events beside those that the machine read.

A decision may come before its article does, and an article may get another text. So what is there is looked at whenever
either comes, and is the same whichever came first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, RowMapping, select, update

from rallybook.book.dialect import among
from rallybook.book.facts import append_records, await_linking, next_number
from rallybook.book.neighbourhood import decisions_on
from rallybook.book.rows import encoded, record_of, record_row
from rallybook.book.schema import articles, decisions, judged, records
from rallybook.errors import InputError
from rallybook.model.coding import Found
from rallybook.model.decision import Decision, by_weight
from rallybook.model.outcome import Failure
from rallybook.model.proof import said_in, spans_of, strange_in
from rallybook.model.record import Record

_STAGE = "found"


class Settled(NamedTuple):
    """The numbers of the records that came or went, and what people found that the text no longer says."""

    changed: frozenset[int] = frozenset()
    lost: tuple[Failure, ...] = ()


class _There(NamedTuple):
    """A record that people found, as it stands in the book: its article by number."""

    article: int
    record: Record


def key_of(article: str) -> str:
    """Give what stands for a record where a decision says what was found in an article; no record has such an id."""
    return f"\n{article}"


def settle(db: Connection, names: Iterable[str]) -> Settled:
    """Have the records that people found in some articles be those that the decisions on them leave."""
    # most books have no decisions while they are loaded, and a statement with hundreds of values costs much
    if not db.execute(select(decisions.c.number).limit(1)).first():
        return Settled()
    said = _said(db, set(names))
    if not said:
        return Settled()
    texts = _texts(db, {one.article for one in said.values()})
    lost: list[Failure] = []
    wanted = dict(_wanted(db, said, texts, lost))
    there = _there(db, said)
    changed = {number for name, (number, one) in there.items() if one != wanted.get(name)}
    fresh = [one for name, one in sorted(wanted.items()) if name not in there]
    first = next_number(db, records)
    rows = [
        {**record_row(one.record, first + place, one.article), "current": 1}
        for place, one in enumerate(fresh)
    ]
    append_records(db, rows)
    for name, (number, _) in there.items():
        if number in changed:
            _set(db, number, wanted.get(name))
    await_linking(db, among(changed))
    return Settled(frozenset(changed | {row["number"] for row in rows}), tuple(lost))


def _set(db: Connection, number: int, one: _There | None) -> None:
    """Have a record be there as it is to be, or not be there; it keeps its number, and so its event keeps its id."""
    values = {"article": one.article, "data": encoded(one.record)} if one else {}
    query = update(records).where(records.c.number == number)
    db.execute(query.values(current=int(one is not None), **values))


def check(db: Connection, decision: Decision) -> None:
    """Raise `InputError` for words that were found in the very text that the book has, and do not stand there."""
    article = _texts(db, [decision.article]).get(decision.article)
    if article is None or decision.value is None:
        return
    told = msgspec.convert(decision.value, Found)
    if not article["sha"].hex().startswith(told.text):
        return
    if strange := strange_in(article["text"], said_in(told.record)):
        raise InputError(f"found in {decision.article}: {strange[0]}", strange[1], "words of the article")


def people_read(db: Connection) -> bool:
    """Tell whether any record of the book was found by people."""
    said = select(judged.c.record).join(decisions, decisions.c.number == judged.c.decision)
    names = db.execute(said.where(decisions.c.data.contains('"kind":"found"', autoescape=True))).scalars()
    query = select(records.c.number).where(records.c.id.in_(among(set(names))), records.c.current == 1)
    return db.execute(query.limit(1)).first() is not None


def _said(db: Connection, names: set[str]) -> dict[str, Decision]:
    """Give for each record that people found in some articles what they say of it at last."""
    found = [one for one in decisions_on(db, map(key_of, names)) if one.kind == "found"]
    return {one.records[0]: one for one in by_weight(found)}


def _texts(db: Connection, names: Iterable[str]) -> dict[str, RowMapping]:
    query = select(articles.c.number, articles.c.id, articles.c.sha, articles.c.text)
    query = query.where(articles.c.id.in_(among(names)), articles.c.current == 1)
    return {row["id"]: row for row in db.execute(query).mappings()}


def _there(db: Connection, said: Mapping[str, Decision]) -> dict[str, tuple[int, _There | None]]:
    """Give the numbers of those records that were ever found, with what each is now; None where it tells nothing."""
    # by their articles: those that are not current are in no index by their ids
    told = (
        select(records.c.number, records.c.id, records.c.article, records.c.data, records.c.current)
        .join(articles, articles.c.number == records.c.article)
        .where(
            articles.c.id.in_(among({one.article for one in said.values()})), records.c.id.in_(among(said))
        )
    )
    rows = db.execute(told.order_by(records.c.number)).all()
    return {
        row.id: (row.number, _There(row.article, record_of(row.data)) if row.current else None)
        for row in rows
    }


def _wanted(
    db: Connection, said: Mapping[str, Decision], texts: Mapping[str, RowMapping], lost: list[Failure]
) -> Iterator[tuple[str, _There]]:
    """Give the records that are to be there: those whose words stand in the text that their article has now."""
    for name, decision in said.items():
        article = texts.get(decision.article)
        if decision.value is None or article is None:
            continue
        told = msgspec.convert(decision.value, Found)
        same = article["sha"].hex().startswith(told.text)
        words = said_in(told.record)
        if strange := strange_in(article["text"], words):
            lost.append(_lost(decision, strange))
            continue
        record = msgspec.structs.replace(told.record, spans=spans_of(article["text"], words), coder="people")
        if same or not _read_now(record, _of_machine(db, article["number"], said)):
            yield name, _There(article["number"], record)


def _of_machine(db: Connection, article: int, found: Iterable[str]) -> Sequence[Record]:
    query = select(records.c.id, records.c.data).where(records.c.article == article, records.c.current == 1)
    ours = set(found)
    return [record_of(row.data) for row in db.execute(query) if row.id not in ours]


def _read_now(record: Record, others: Iterable[Record]) -> bool:
    """Tell whether a machine has read in a newer text what people had found in an older one."""
    return any(
        (one.place.name, one.place.country, one.date.edtf)
        == (record.place.name, record.place.country, record.date.edtf)
        and any(
            start < until and begin < end
            for start, end in one.spans.get("trigger", ())
            for begin, until in record.spans.get("trigger", ())
        )
        for one in others
    )


def _lost(decision: Decision, strange: tuple[str, str]) -> Failure:
    path, words = strange
    reason = (
        f"{decision.article}: record {decision.records[0]}, which people found: {path}: received {words!r}, "
        "allowed: words of the text that the article has now"
    )
    return Failure(decision.article, _STAGE, reason)
