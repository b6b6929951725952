"""What SQLite says in its own way: words by FTS5, space by an R-Tree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, TableClause, insert, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler

from rallybook.book.dialect import Aside, Matching, Row, Touching, Values
from rallybook.book.schema import article_words, claim_words, event_boxes, quote_words
from rallybook.model.event import Event

_TOLD = "FROM event_claims WHERE claims IS NOT NULL AND number IN (SELECT value FROM json_each(:numbers))"
_INDEX_CLAIMS = text(f"INSERT INTO claim_words (rowid, claims) SELECT number, claims {_TOLD}")
# an index of words forgets a text when it is told the text once more
_FORGET = {
    article_words: text(
        "INSERT INTO article_words (article_words, rowid, title, text) SELECT 'delete', number, title, text "
        "FROM articles WHERE number IN (SELECT value FROM json_each(:numbers))"
    ),
    quote_words: text(
        "INSERT INTO quote_words (quote_words, rowid, quote) SELECT 'delete', number, quote "
        "FROM records WHERE number IN (SELECT value FROM json_each(:numbers))"
    ),
    claim_words: text(
        f"INSERT INTO claim_words (claim_words, rowid, claims) SELECT 'delete', number, claims {_TOLD}"
    ),
}
# the index is written anew
_PURGE = tuple(
    text(f"INSERT INTO {index} ({index}) VALUES ('optimize')")  # noqa: S608 - names of ours
    for index in ("article_words", "quote_words", "claim_words")
)


class SqliteDialect:
    """`Dialect` of SQLite."""

    def append(self, db: Connection, table: TableClause, rows: Sequence[Row]) -> None:
        """Append rows, which go to the driver as they are: SQLAlchemy would take as long as keeping them does."""
        if not rows:
            return
        columns = tuple(column.name for column in table.c if column.name in rows[0])
        values = itemgetter(*columns)
        db.exec_driver_sql(_statement(table, columns), [values(row) for row in rows])

    def append_missing(self, db: Connection, table: TableClause, rows: Sequence[Row]) -> None:
        """Append rows but those that are there."""
        if rows:
            db.execute(upsert(table).on_conflict_do_nothing(), rows)

    def index_words(self, db: Connection, index: TableClause, rows: Sequence[Row]) -> None:
        """Take texts into an index of words."""
        self.append(db, index, rows)

    def forget_words(self, db: Connection, index: TableClause, numbers: Iterable[int]) -> None:
        """Take the words of texts that are still there out of an index."""
        db.execute(_FORGET[index], {"numbers": str(list(numbers))})

    def index_claims(self, db: Connection, events: Mapping[int, Event]) -> None:
        """Index the claims of events, as their rows have them."""
        db.execute(_INDEX_CLAIMS, {"numbers": str(list(events))})

    def forget_claims(self, db: Connection, events: Iterable[int]) -> None:
        """Forget the claims of events whose rows are still there."""
        self.forget_words(db, claim_words, events)

    def index_boxes(self, db: Connection, rows: Sequence[Row]) -> None:
        """Take points into the R-Tree."""
        self.append(db, event_boxes, rows)

    def purge_words(self, db: Connection) -> None:
        """Write the indexes of words anew: what was forgotten leaves the file only then."""
        for statement in _PURGE:
            db.execute(statement)

    def go_on(self, db: Connection) -> None:
        """Do nothing: the next number is one more than the largest."""


@cache
def _statement(table: TableClause, columns: tuple[str, ...]) -> str:
    order = insert(table).values(dict.fromkeys(columns))
    return str(order.compile(dialect=sqlite.dialect(paramstyle="qmark")))


@compiles(Values, "sqlite")
def _values(element: Values, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    return f"json_each{compiler.process(element.clause_expr, **options)}"


@compiles(Matching, "sqlite")
def _matching(element: Matching, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    index, words = (compiler.process(part, **options) for part in element.clauses)
    return f"{index} MATCH {words}"


@compiles(Touching, "sqlite")
def _touching(element: Touching, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    west, south, east, north = (compiler.process(side, **options) for side in element.clauses)
    return (
        f"(event_boxes.north >= {south} AND event_boxes.south <= {north} "
        f"AND event_boxes.east >= {west} AND event_boxes.west <= {east})"
    )


@compiles(Aside, "sqlite")
def _aside(element: Aside, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    return f"+{compiler.process(element.clauses, **options)}"
