"""Many rows at once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, TableClause, insert
from sqlalchemy.dialects import sqlite


def append(db: Connection, table: TableClause, rows: Sequence[dict[str, Any]]) -> None:
    """Append rows, which all have the same two columns or more, to a table.

    They go to the driver as they are: what SQLAlchemy does with each value takes as long as keeping it.
    """
    if not rows:
        return
    columns = tuple(column.name for column in table.c if column.name in rows[0])
    values = itemgetter(*columns)
    db.exec_driver_sql(_statement(table, columns), [values(row) for row in rows])


@cache
def _statement(table: TableClause, columns: tuple[str, ...]) -> str:
    order = insert(table).values(dict.fromkeys(columns))
    return str(order.compile(dialect=sqlite.dialect(paramstyle="qmark")))
