"""Rows of a whole book from one database into another, as they are.

Only the indexes of words and of space are made anew: each database has its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from sqlalchemy import Connection, Table, literal_column, select

from rallybook.book.database import Database
from rallybook.book.dialect import Row, append, spoken
from rallybook.book.rows import box_row, event_of
from rallybook.book.schema import article_words, articles, events, metadata, quote_words, records, versions
from rallybook.errors import BookError

# rows that are held at a time
_BATCH = 1_000
_ALLOWED = "a database or a file without a book, or with one that is empty"


def refuse_what_is_there(db: Connection, target: Database) -> None:
    """Raise `BookError` where a book holds something."""
    for table in metadata.sorted_tables:
        if db.execute(select(literal_column("1")).select_from(table).limit(1)).first():
            raise BookError(target.name, f"a book that holds something ({table.name})", _ALLOWED)


def move(source: Connection, db: Connection, step: Callable[[], None] = lambda: None) -> Counter[str]:
    """Append all that a book has to one that has nothing; give the rows by table. `step` hears of each article."""
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
