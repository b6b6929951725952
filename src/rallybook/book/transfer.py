"""Moving a whole book from one database to another: a file to a server, a server to a file, whatever it holds.

All goes in one transaction, so that there is the whole book or nothing. Facts, events with their ids and revisions,
redirects and what linking knows are copied as they are; only the indexes of words and of space are made anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, literal_column, select

from rallybook.book.choosing import accounts_of, database_of
from rallybook.book.database import Database
from rallybook.book.dialect import append, spoken
from rallybook.book.rows import box_row, event_of
from rallybook.book.schema import (
    article_words,
    articles,
    events,
    metadata,
    quote_words,
    records,
    versions,
)
from rallybook.errors import BookError

# rows that are held at a time
_BATCH = 1_000
_ALLOWED = "a database or a file without a book, or with one that is empty"
Row = dict[str, Any]


class Moved(msgspec.Struct, frozen=True):
    """How much of a book was copied."""

    articles: int
    records: int
    decisions: int
    events: int
    accounts: int


def copy_book(name: str, target: str, *, step: Callable[[], None] = lambda: None) -> Moved:
    """Copy a book with its accounts to another place; the names are paths or addresses. `step` hears of each article.

    Raises `BookError` where there is no book to copy, and where something is already; then nothing is changed.
    """
    old, new = database_of(name), database_of(target)
    kept, keeping = accounts_of(name), None
    try:
        old.make_ready(create=False)
        new.make_ready(create=True)
        known = kept.held()
        if known:
            keeping = accounts_of(target, create=True)
        with old.reading() as source, new.writing(durable=True) as db:
            _refuse_what_is_there(db, new)
            copied = _copy(source, db, step)
            if keeping:
                keeping.take_over(known)
        new.tidy()
    finally:
        for opened in (old, new, kept, keeping):
            if opened is not None:
                opened.close()
    return Moved(
        articles=copied["articles"],
        records=copied["records"],
        decisions=copied["decisions"],
        events=copied["events"],
        accounts=len(known.get("accounts", ())),
    )


def _refuse_what_is_there(db: Connection, target: Database) -> None:
    for table in metadata.sorted_tables:
        if db.execute(select(literal_column("1")).select_from(table).limit(1)).first():
            raise BookError(target.name, f"a book that holds something ({table.name})", _ALLOWED)


def _copy(source: Connection, db: Connection, step: Callable[[], None]) -> Counter[str]:
    copied: Counter[str] = Counter()
    for table in metadata.sorted_tables:
        for rows in _batches(source, table):
            append(db, table, rows)
            _index(db, table, rows)
            copied[table.name] += len(rows)
            for _ in rows if table is articles else ():
                step()
    spoken(db).go_on(db)
    return copied


def _batches(source: Connection, table: Table) -> Iterator[Sequence[Row]]:
    # in the order in which they came, as far as that tells anything
    order = literal_column("versions.rowid") if table is versions else next(iter(table.primary_key))
    streamed = source.execution_options(yield_per=_BATCH).execute(select(table).order_by(order))
    for rows in streamed.mappings().partitions(_BATCH):
        yield [dict(row) for row in rows]


def _index(db: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Take what was appended into the indexes of words and of space."""
    if table is articles:
        words = [{"rowid": row["number"], "title": row["title"], "text": row["text"]} for row in rows]
        spoken(db).index_words(db, article_words, words)
    elif table is records:
        quotes = [{"rowid": row["number"], "quote": row["quote"]} for row in rows]
        spoken(db).index_words(db, quote_words, quotes)
    elif table is events:
        told = {row["number"]: event_of(row["data"]) for row in rows}
        spoken(db).index_claims(db, told)
        boxes = (box_row(event, number) for number, event in told.items())
        spoken(db).index_boxes(db, [box for box in boxes if box])
