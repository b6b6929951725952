"""What PostgreSQL says in its own way: COPY, words by GIN, space by PostGIS and GiST."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from operator import itemgetter
from typing import Any

import psycopg
from psycopg.sql import SQL, Composed, Identifier
from sqlalchemy import Connection, TableClause, column, delete, func, select, table
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler

from rallybook.book.dialect import Matching, Row, Touching, Values, among
from rallybook.book.lexemes import vector
from rallybook.book.schema import claim_words, event_boxes, failures, tombstones
from rallybook.model.event import Event

_PLACES = table(event_boxes.name, column("number"), column("place"))


class PostgresDialect:
    """`Dialect` of PostgreSQL with PostGIS."""

    def append(self, db: Connection, table: TableClause, rows: Sequence[Row]) -> None:
        """Append rows by COPY."""
        if rows:
            columns = _columns(table, rows)
            _copy(db, _into(table.name, columns), columns, rows)

    def append_missing(self, db: Connection, table: TableClause, rows: Sequence[Row]) -> None:
        """Append rows but those that are there, by way of a table that lasts as long as the transaction."""
        if not rows:
            return
        columns, name, new = _columns(table, rows), Identifier(table.name), Identifier(f"new_{table.name}")
        listed = SQL(", ").join(map(Identifier, columns))
        cursor = _driver(db).cursor()
        made = (
            "CREATE TEMPORARY TABLE IF NOT EXISTS {} ON COMMIT DELETE ROWS AS SELECT {} FROM {} WITH NO DATA"
        )
        cursor.execute(SQL(made).format(new, listed, name))
        _copy(db, _into(f"new_{table.name}", columns), columns, rows)
        kept = "INSERT INTO {} ({}) SELECT {} FROM {} ON CONFLICT DO NOTHING"
        cursor.execute(SQL(kept).format(name, listed, listed, new))
        cursor.execute(SQL("TRUNCATE {}").format(new))

    def index_words(self, db: Connection, index: TableClause, rows: Sequence[Row]) -> None:
        """Take texts into an index of words."""
        told = [
            {"rowid": row["rowid"], "words": vector([row[key] for key in row if key != "rowid"])}
            for row in rows
        ]
        _copy(db, _into(index.name, ("rowid", "words")), ("rowid", "words"), told)

    def forget_words(self, db: Connection, index: TableClause, numbers: Iterable[int]) -> None:
        """Take the words of texts out of an index."""
        db.execute(delete(index).where(index.c.rowid.in_(among(numbers))))

    def index_claims(self, db: Connection, events: Mapping[int, Event]) -> None:
        """Index the claims of events."""
        rows = [
            {"rowid": n, "claims": "\n".join(event.claims)} for n, event in events.items() if event.claims
        ]
        self.index_words(db, claim_words, rows)

    def forget_claims(self, db: Connection, events: Iterable[int]) -> None:
        """Forget the claims of events."""
        self.forget_words(db, claim_words, events)

    def index_boxes(self, db: Connection, rows: Sequence[Row]) -> None:
        """Take points into the index of space."""
        told = [
            {"number": row["number"], "place": f"SRID=4326;POINT({row['west']} {row['south']})"}
            for row in rows
        ]
        self.append(db, _PLACES, told)

    def purge_words(self, db: Connection) -> None:
        """Do nothing: what was forgotten is cleared away by VACUUM, which no transaction can."""

    def go_on(self, db: Connection) -> None:
        """Have the tables that number their rows themselves count on behind the largest number."""
        for counted in (failures, tombstones):
            largest = db.execute(select(func.max(counted.c.number))).scalar()
            if largest is not None:
                numbers = func.pg_get_serial_sequence(counted.name, counted.c.number.name)
                db.execute(select(func.setval(numbers, largest)))


def _columns(table: TableClause, rows: Sequence[Row]) -> tuple[str, ...]:
    return tuple(column.name for column in table.c if column.name in rows[0])


def _driver(db: Connection) -> psycopg.Connection[Any]:
    driver = db.connection.driver_connection
    assert isinstance(driver, psycopg.Connection)
    return driver


@cache
def _into(name: str, columns: tuple[str, ...]) -> Composed:
    listed = SQL(", ").join(map(Identifier, columns))
    return SQL("COPY {} ({}) FROM STDIN").format(Identifier(name), listed)


def _copy(db: Connection, into: Composed, columns: tuple[str, ...], rows: Sequence[Row]) -> None:
    if not rows:
        return
    values = itemgetter(*columns)
    with _driver(db).cursor() as cursor, cursor.copy(into) as copy:
        for row in rows:
            copy.write_row(values(row))


@compiles(Values, "postgresql")
def _values(element: Values, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    return f"(SELECT unnest{compiler.process(element.clause_expr, **options)} AS value)"


@compiles(Matching, "postgresql")
def _matching(element: Matching, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    index, words = (compiler.process(part, **options) for part in element.clauses)
    return f"{index}.words @@ CAST({words} AS tsquery)"


@compiles(Touching, "postgresql")
def _touching(element: Touching, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    sides = ", ".join(compiler.process(side, **options) for side in element.clauses)
    return f"event_boxes.place && ST_MakeEnvelope({sides}, 4326)"
