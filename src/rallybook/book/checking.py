"""Whether a book is sound: the file, the texts and the words that prove values, the events that follow from them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import msgspec
from sqlalchemy import Connection, RowMapping, func, select, text

from rallybook.book.rows import encoded, event_of, record_of
from rallybook.book.schema import articles, events, pending, records
from rallybook.model.record import Record

# of each kind of fault so many are named, the others counted
_NAMED = 10
# the fields that are the words of the text; of others the words prove the value, as a code in a cell of a table does
_VERBATIM = frozenset(("date.text", "place.text", "size.text", "trigger", "quote"))
_INDEXES = ("article_words", "quote_words")


def damage(db: Connection) -> Iterator[str]:
    """Give what is wrong with the database itself and with its indexes of words, in words."""
    found = db.execute(text(f"PRAGMA integrity_check({_NAMED})")).scalars().all()
    if found != ["ok"]:
        yield from (f"the database: {fault}" for fault in found)
        return
    for index in _INDEXES:
        ours = {"article_words": articles, "quote_words": records}[index]
        rows = db.execute(select(func.count()).select_from(ours)).scalar()
        indexed = db.execute(text(f"SELECT count(*) FROM {index}_docsize")).scalar()  # noqa: S608 - our own name
        if rows != indexed:
            yield f"the index {index}: {indexed} entries for {rows} rows"


def unproved(db: Connection) -> Iterator[str]:
    """Give the articles whose text is not the one that was kept, and the records whose words do not stand there."""
    changed = (
        f"article {row.id}: its text is not the one that was kept"
        for row in db.execute(
            select(articles.c.id, articles.c.sha, articles.c.text).order_by(articles.c.number)
        )
        if hashlib.sha256(row.text.encode()).digest() != row.sha
    )
    yield from _few(changed, "articles with another text")
    told = (
        select(records.c.id, records.c.data, articles.c.text, articles.c.id.label("article"))
        .join(articles, articles.c.number == records.c.article, isouter=True)
        .order_by(records.c.number)
    )
    wrong = (fault for row in db.execute(told).mappings() for fault in _wrong(row))
    yield from _few(wrong, "words that do not stand where they are said to")


def waiting(db: Connection) -> int:
    """Give how many records wait to be linked."""
    return int(db.execute(select(func.count()).select_from(pending)).scalar() or 0)


def unlike(db: Connection, again: Connection) -> Iterator[str]:
    """Give the events that come out otherwise in a book that was derived again."""
    yield from _few(_unlike(db, again), "events that come out otherwise")


def _unlike(db: Connection, again: Connection) -> Iterator[str]:
    ours, theirs = _events(db), _events(again)
    one, other = next(ours, None), next(theirs, None)
    while one or other:
        if one and (not other or one[0] < other[0]):
            yield f"event {one[0]}: not there when derived again"
            one = next(ours, None)
        elif other and (not one or other[0] < one[0]):
            yield f"event {other[0]}: there only when derived again"
            other = next(theirs, None)
        elif one and other:
            if one[1] != other[1]:
                yield f"event {one[0]}: not the same when derived again"
            one, other = next(ours, None), next(theirs, None)


def _events(db: Connection) -> Iterator[tuple[str, str]]:
    """Give the id of each event and what it says, its revision aside, which counts how often it changed."""
    # as the linker orders them today: a book that an older version linked says no more than that it did
    for row in db.execute(select(events.c.id, events.c.data).order_by(events.c.id)):
        yield row.id, encoded(msgspec.structs.replace(event_of(row.data), revision=0))


def _wrong(row: RowMapping) -> Iterator[str]:
    if row["text"] is None:
        yield f"record {row['id']}: its article is not there"
        return
    record, article = record_of(row["data"]), row["text"]
    where = f"record {row['id']} of article {row['article']}"
    for field, spans in record.spans.items():
        if any(not 0 <= start <= end <= len(article) for start, end in spans):
            yield f"{where}: {field} is said to stand at {spans}, the text has {len(article)} letters"
        elif field in _VERBATIM and len(spans) == 1 and (words := _words(record, field)):
            start, end = spans[0]
            if article[start:end] != words:
                yield f"{where}: {field} is {words!r}, the text has {article[start:end]!r}"


def _words(record: Record, field: str) -> str:
    """Give what a field of words says."""
    value: Any = record
    for name in field.split("."):
        value = getattr(value, name, "")
    return value if isinstance(value, str) else ""


def _few(faults: Iterator[str], many: str) -> Iterator[str]:
    """Give the first faults, and the number of the others."""
    left = 0
    for number, fault in enumerate(faults):
        if number < _NAMED:
            yield fault
        else:
            left += 1
    if left:
        yield f"{left:,} more {many}"
