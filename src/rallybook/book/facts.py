"""Keeping articles, records and failures: appended, never edited."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from typing import Any

from sqlalchemy import Connection, Select, Table, func, insert, literal, select, update

from rallybook.book import pictures
from rallybook.book.dialect import among, append, spoken
from rallybook.book.rows import article_row, now, record_row, sha, storable
from rallybook.book.schema import (
    ADDED,
    COMPARED,
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
    return _standings(db, [(article.id, sha(article)) for article in given])


def _standings(db: Connection, hashes: Sequence[tuple[str, bytes]]) -> list[Standing]:
    ids = among(dict.fromkeys(key for key, _ in hashes))
    known = db.execute(select(articles.c.id, articles.c.sha).where(articles.c.id.in_(ids)))
    there = {(row.id, row.sha) for row in known}
    gone_ids, gone_texts = _gone(db, ids, {text for _, text in hashes})
    return [
        "taken down" if key in gone_ids or text in gone_texts else "there" if (key, text) in there else "new"
        for key, text in hashes
    ]


def _gone(db: Connection, ids: Select[Any] | list[Any], texts: Set[bytes]) -> tuple[set[str], set[bytes]]:
    """Give the ids and the hashes of the texts, among these, that were taken down."""
    stones = select(tombstones.c.article, tombstones.c.sha)
    # in most books nothing was, and a statement with hundreds of values costs more than all others
    if not db.execute(stones.limit(1)).first():
        return set(), set()
    gone = [
        *db.execute(stones.where(tombstones.c.article.in_(ids))),
        *db.execute(stones.where(tombstones.c.sha.in_(list(texts)))),
    ]
    return {row.article for row in gone}, {row.sha for row in gone}


def keep(db: Connection, read: Sequence[tuple[Article, Coded]], failed: Sequence[Failure]) -> Added:
    """Keep what is new of some articles, and what failed; the records wait for `link`."""
    given = _once((storable(article), coded) for article, coded in read)
    stands = _standings(db, list(given))
    fresh = [(key, *given[key]) for key, standing in zip(given, stands, strict=True) if standing == "new"]
    unread = [coded for _, _, coded in fresh if _unread(coded)]
    kept = [(key[1], article, coded) for key, article, coded in fresh if not _unread(coded)]
    at = now()
    _retire(db, [article.id for _, article, _ in kept])
    told, clashes = _append(db, kept, at)
    outcomes = [*unread, *(coded for _, _, coded in kept)]
    problems = [*failed, *clashes, *(failure for coded in outcomes for failure in coded.failures)]
    note(db, problems, at)
    return Added(
        new=len(kept),
        there=stands.count("there") + len(read) - len(given),
        taken_down=stands.count("taken down"),
        no_event=sum(not coded.events for _, _, coded in kept),
        records=told,
        failed=tuple(problems),
    )


def _unread(coded: Coded) -> bool:
    return not coded.events and any(failure.stage == RETRIED for failure in coded.failures)


def _once(read: Iterable[tuple[Article, Coded]]) -> dict[tuple[str, bytes], tuple[Article, Coded]]:
    return {(article.id, sha(article)): (article, coded) for article, coded in read}


def _append(
    db: Connection, kept: Sequence[tuple[bytes, Article, Coded]], at: str
) -> tuple[int, list[Failure]]:
    """Append articles with their records; give the number of the records, and those whose ids others have."""
    if not kept:
        return 0, []
    newest = {article.id: position for position, (_, article, _) in enumerate(kept)}
    number, next_record = next_number(db, articles), next_number(db, records)
    taken = _taken(db, [record.id for _, _, coded in kept for record in coded.events])
    rows: list[dict[str, Any]] = []
    told: list[dict[str, Any]] = []
    clashes: list[Failure] = []
    for position, (text_sha, article, coded) in enumerate(kept):
        current = int(newest[article.id] == position)
        rows.append({**article_row(article, coded, text_sha, number + position, at), "current": current})
        for record in coded.events:
            if current and record.id in taken:
                clashes.append(_clash(article, record))
                continue
            taken.update([record.id] * current)
            row = record_row(record, next_record + len(told), number + position)
            told.append({**row, "current": current})
    append(db, articles, rows)
    words = [{"rowid": row["number"], "title": row["title"], "text": row["text"]} for row in rows]
    spoken(db).index_words(db, article_words, words)
    append_records(db, told)
    older = pictures.keep(
        db, ((row["number"], article) for row, (_, article, _) in zip(rows, kept, strict=True))
    )
    _retell(db, older)
    return len(told), clashes


def _retell(db: Connection, numbers: Set[int]) -> None:
    """Have the events of some articles made anew: what is known of their pictures has changed."""
    if not numbers:
        return
    await_linking(db, told_by(numbers), COMPARED)


def told_by(numbers: Set[int]) -> Select[Any]:
    """Give the question for the numbers of the records that some articles tell, which it names by theirs."""
    return select(records.c.number).where(records.c.article.in_(among(numbers)), records.c.current == 1)


def append_records(db: Connection, told: list[dict[str, Any]]) -> None:
    """Append rows of records, which wait to be linked."""
    if not told:
        return
    append(db, records, told)
    spoken(db).index_words(db, quote_words, [{"rowid": row["number"], "quote": row["quote"]} for row in told])
    waiting = [
        {"record": row["number"], "day_place": f"{row['first_day']} {row['country']}", "stage": ADDED}
        for row in told
        if row["current"]
    ]
    append(db, pending, waiting)


def next_number(db: Connection, table: Table) -> int:
    """Give the number of the next row of a table."""
    return int(db.execute(select(func.max(table.c.number))).scalar() or 0) + 1


def _taken(db: Connection, ids: Sequence[str]) -> set[str]:
    query = select(records.c.id).where(records.c.current == 1, records.c.id.in_(among(ids)))
    return set(db.execute(query).scalars())


def _clash(article: Article, record: Record) -> Failure:
    reason = f"{article.id}: record: received the id {record.id!r} of another record, allowed: one of its own"
    return Failure(article.id, _KEEP, reason)


def _retire(db: Connection, ids: Sequence[str]) -> None:
    """Set older versions of some articles aside: their records no longer tell events."""
    # nothing of what is to be kept is there yet, so whatever bears one of these ids is older
    old = select(articles.c.number).where(articles.c.current == 1)
    numbers = list(db.execute(old.where(articles.c.id.in_(among(ids)))).scalars())
    if not numbers:
        return
    await_linking(db, select(records.c.number).where(records.c.article.in_(numbers), records.c.current == 1))
    db.execute(update(records).where(records.c.article.in_(numbers)).values(current=0))
    db.execute(update(articles).where(articles.c.number.in_(numbers)).values(current=0))


def await_linking(db: Connection, numbers: Select[Any] | list[Any], stage: int = ADDED) -> None:
    """Have some records linked anew, from a stage on, or from an earlier one at which they wait already."""
    later = update(pending).where(pending.c.record.in_(numbers), pending.c.stage > stage)
    db.execute(later.values(stage=stage))
    day_place = records.c.first_day + literal(" ") + records.c.country
    waits = select(pending.c.record).where(pending.c.record == records.c.number).exists()
    waiting = select(records.c.number, day_place, literal(stage)).where(records.c.number.in_(numbers), ~waits)
    db.execute(insert(pending).from_select(["record", "day_place", "stage"], waiting))


def note(db: Connection, problems: Sequence[Failure], at: str) -> None:
    """Keep failures, each once."""
    rows = [
        {
            "article": p.article,
            "stage": p.stage,
            "reason": p.reason.encode("utf-8", "replace").decode(),
            "at": at,
        }
        for p in problems
    ]
    spoken(db).append_missing(db, failures, rows)
