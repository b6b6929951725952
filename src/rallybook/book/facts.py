"""Keeping articles, records and failures: appended, never edited."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Select, Table, func, insert, literal, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from rallybook.book.rows import article_row, now, record_row, sha, storable
from rallybook.book.schema import (
    article_words,
    articles,
    failures,
    pending,
    quote_words,
    records,
    tombstones,
)
from rallybook.model.article import Article
from rallybook.model.keeping import Added, Standing
from rallybook.model.outcome import Coded, Failure
from rallybook.model.record import Record

# articles that failed there were not read: they are new again next time
RETRIED = "code"
_KEEP = "keep"


def standings(db: Connection, given: Sequence[Article]) -> list[Standing]:
    """Tell of each article whether it is new, there with this very text, or taken down."""
    hashes = [(article.id, sha(article)) for article in given]
    there = set(_among(db, select(articles.c.id, articles.c.sha), articles.c.id, [key for key, _ in hashes]))
    gone_ids = {
        row[0]
        for row in _among(db, select(tombstones.c.article), tombstones.c.article, [key for key, _ in hashes])
    }
    gone_texts = {
        row[0] for row in _among(db, select(tombstones.c.sha), tombstones.c.sha, [text for _, text in hashes])
    }
    return [
        "taken down" if key in gone_ids or text in gone_texts else "there" if (key, text) in there else "new"
        for key, text in hashes
    ]


def keep(db: Connection, read: Sequence[tuple[Article, Coded]], failed: Sequence[Failure]) -> Added:
    """Keep what is new of some articles, and what failed; the records wait for `link`."""
    given = _once([(storable(article), coded) for article, coded in read])
    stands = standings(db, [article for article, _ in given])
    fresh = [pair for pair, standing in zip(given, stands, strict=True) if standing == "new"]
    unread = [coded for _, coded in fresh if _unread(coded)]
    kept = [pair for pair in fresh if not _unread(pair[1])]
    at = now()
    _retire(db, [article.id for article, _ in kept])
    told, clashes = _append(db, kept, at)
    outcomes = [*unread, *(coded for _, coded in kept)]
    problems = [*failed, *clashes, *(failure for coded in outcomes for failure in coded.failures)]
    _note(db, problems, at)
    return Added(
        new=len(kept),
        there=stands.count("there") + len(read) - len(given),
        taken_down=stands.count("taken down"),
        no_event=sum(not coded.events for _, coded in kept),
        records=told,
        failed=tuple(problems),
    )


def _unread(coded: Coded) -> bool:
    return not coded.events and any(failure.stage == RETRIED for failure in coded.failures)


def _once(read: Iterable[tuple[Article, Coded]]) -> list[tuple[Article, Coded]]:
    return list({(article.id, sha(article)): (article, coded) for article, coded in read}.values())


def _append(db: Connection, kept: Sequence[tuple[Article, Coded]], at: str) -> tuple[int, list[Failure]]:
    """Append articles with their records; give the number of the records, and those whose ids others have."""
    if not kept:
        return 0, []
    newest = {article.id: position for position, (article, _) in enumerate(kept)}
    number, next_record = _next(db, articles), _next(db, records)
    taken = _taken(db, [record.id for _, coded in kept for record in coded.events])
    rows: list[dict[str, Any]] = []
    told: list[dict[str, Any]] = []
    clashes: list[Failure] = []
    for position, (article, coded) in enumerate(kept):
        current = int(newest[article.id] == position)
        rows.append({**article_row(article, coded, number + position, at), "current": current})
        for record in coded.events:
            if current and record.id in taken:
                clashes.append(_clash(article, record))
                continue
            taken.update([record.id] * current)
            row = record_row(record, next_record + len(told), number + position)
            told.append({**row, "current": current})
    db.execute(insert(articles), rows)
    words = [{"rowid": row["number"], "title": row["title"], "text": row["text"]} for row in rows]
    db.execute(insert(article_words), words)
    _append_records(db, told)
    return len(told), clashes


def _append_records(db: Connection, told: list[dict[str, Any]]) -> None:
    if not told:
        return
    db.execute(insert(records), told)
    db.execute(insert(quote_words), [{"rowid": row["number"], "quote": row["quote"]} for row in told])
    waiting = [
        {"record": row["number"], "place_day": f"{row['country']} {row['first_day']}", "keyed": 0}
        for row in told
        if row["current"]
    ]
    if waiting:
        db.execute(insert(pending), waiting)


def _next(db: Connection, table: Table) -> int:
    return int(db.execute(select(func.max(table.c.number))).scalar() or 0) + 1


def _taken(db: Connection, ids: Sequence[str]) -> set[str]:
    query = select(records.c.id).where(records.c.current == 1)
    return {row[0] for row in _among(db, query, records.c.id, ids)}


def _clash(article: Article, record: Record) -> Failure:
    reason = f"{article.id}: record: received the id {record.id!r} of another record, allowed: one of its own"
    return Failure(article.id, _KEEP, reason)


def _retire(db: Connection, ids: Sequence[str]) -> None:
    """Set older versions of some articles aside: their records no longer tell events."""
    # nothing of what is to be kept is there yet, so whatever bears one of these ids is older
    old = select(articles.c.number).where(articles.c.current == 1)
    numbers = [row[0] for row in _among(db, old, articles.c.id, ids)]
    if not numbers:
        return
    await_linking(db, select(records.c.number).where(records.c.article.in_(numbers), records.c.current == 1))
    db.execute(update(records).where(records.c.article.in_(numbers)).values(current=0))
    db.execute(update(articles).where(articles.c.number.in_(numbers)).values(current=0))


def await_linking(db: Connection, numbers: Select[tuple[int]]) -> None:
    """Have some records linked anew, by the block keys that they have."""
    chosen = numbers.subquery()
    waiting = select(
        records.c.number, records.c.country + literal(" ") + records.c.first_day, literal(1)
    ).where(records.c.number.in_(select(chosen)))
    db.execute(
        upsert(pending).from_select(["record", "place_day", "keyed"], waiting).on_conflict_do_nothing()
    )


def _note(db: Connection, problems: Sequence[Failure], at: str) -> None:
    rows = [
        {
            "article": p.article,
            "stage": p.stage,
            "reason": p.reason.encode("utf-8", "replace").decode(),
            "at": at,
        }
        for p in problems
    ]
    if rows:
        db.execute(upsert(failures).on_conflict_do_nothing(), rows)


def _among(db: Connection, query: Select[Any], key: Any, values: Sequence[Any]) -> Iterable[Any]:  # noqa: ANN401
    """Give the rows whose key is one of many values, some hundred at a time."""
    once = list(dict.fromkeys(values))
    for start in range(0, len(once), 500):
        yield from (tuple(row) for row in db.execute(query.where(key.in_(once[start : start + 500]))))
