"""What databases say differently: many rows at once, words, space. Everything else of a book is one SQL for all.

Each database has a module beside this one, which speaks it (`Dialect`) and spells the expressions below.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol, cast

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Connection,
    Double,
    Select,
    TableClause,
    Text,
    bindparam,
    column,
    func,
    select,
)
from sqlalchemy import Dialect as Driver
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine

from rallybook.book import lexemes
from rallybook.model.event import Event

# under this name an engine knows the dialect that it speaks
SPOKEN = "spoken"
Row = dict[str, Any]


class Dialect(Protocol):
    """How a database does what no SQL for all can say, within a transaction that somebody else began."""

    def append(self, db: Connection, table: TableClause, rows: Sequence[Row]) -> None:
        """Append rows, which all have the same two columns or more, to a table."""
        ...

    def append_missing(self, db: Connection, table: TableClause, rows: Sequence[Row]) -> None:
        """Append rows but those that are there."""
        ...

    def index_words(self, db: Connection, index: TableClause, rows: Sequence[Row]) -> None:
        """Take texts, which were just appended, into an index of words: rows of a `rowid` and columns of text."""
        ...

    def forget_words(self, db: Connection, index: TableClause, numbers: Iterable[int]) -> None:
        """Take the words of texts that are about to go out of an index."""
        ...

    def index_claims(self, db: Connection, events: Mapping[int, Event]) -> None:
        """Index the claims of events that were just written, by their numbers."""
        ...

    def forget_claims(self, db: Connection, events: Iterable[int]) -> None:
        """Forget the claims of events that are about to go or to be written anew."""
        ...

    def index_boxes(self, db: Connection, rows: Sequence[Row]) -> None:
        """Take points into the index of space: rows of a `number`, `west`, `east`, `south` and `north`."""
        ...

    def purge_words(self, db: Connection) -> None:
        """Leave nothing in the indexes of words of what was taken out of them."""
        ...

    def go_on(self, db: Connection) -> None:
        """Have new rows numbered behind those that were appended with numbers of their own."""
        ...


def spoken(db: Connection) -> Dialect:
    """Give what a connection's database speaks."""
    return cast(Dialect, db.get_execution_options()[SPOKEN])


def append(db: Connection, table: TableClause, rows: Sequence[Row]) -> None:
    """Append rows, which all have the same two columns or more, to a table."""
    if rows:
        spoken(db).append(db, table, rows)


# --- expressions; none has the type of a condition, or SQLite would be asked whether it is 1


class Values(FunctionElement[Any]):
    """Values of one parameter as rows of one column, `value`."""

    name = "values_of"
    inherit_cache = True


class Matching(FunctionElement[Any]):
    """Whether a row of an index of words has all words of a query."""

    name = "matching"
    inherit_cache = True


class Touching(FunctionElement[Any]):
    """Whether a point of the index of space lies in a box: west, south, east, north."""

    name = "touching"
    inherit_cache = True


class Aside(FunctionElement[Any]):
    """A column by which no index shall be chosen."""

    name = "aside"
    inherit_cache = True


class _Listed(TypeDecorator[Sequence[Any]]):
    """Any number of values in one parameter: an array, or text in JSON where there are none."""

    impl = Text
    cache_ok = True

    def __init__(self, of: type[BigInteger] | type[Text]) -> None:
        super().__init__()
        self.of = of

    def load_dialect_impl(self, dialect: Driver) -> TypeEngine[Any]:
        return ARRAY(self.of()) if dialect.name == "postgresql" else Text()

    def process_bind_param(self, value: Sequence[Any] | None, dialect: Driver) -> Any:  # noqa: ANN401
        return value if dialect.name == "postgresql" else json.dumps(value)


class _Phrases(TypeDecorator[str]):
    """Phrases in double quotes, side by side, as FTS5 takes them; PostgreSQL has a notation of its own."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Driver) -> str | None:
        return lexemes.query(value) if value and dialect.name == "postgresql" else value


def among(values: Iterable[int | str]) -> Select[tuple[Any]] | list[Any]:
    """Give values for `in_`: any number of them in one parameter, where a statement takes only some thousands."""
    listed = sorted(values)
    if not listed:
        return []
    of = Text if isinstance(listed[0], str) else BigInteger
    rows = Values(bindparam(None, listed, _Listed(of))).table_valued("value")
    return select(rows.c.value)


def found(index: TableClause, phrases: str) -> Select[tuple[int]]:
    """Give the rows of an index of words that have all of some phrases, each of which stands in double quotes."""
    return select(index.c.rowid).where(Matching(column(index.name), bindparam(None, phrases, _Phrases())))


def touching(west: float, south: float, east: float, north: float) -> ColumnElement[bool]:
    """Give the condition on a point of the index of space to lie in a box."""
    return Touching(*(bindparam(None, side, Double()) for side in (west, south, east, north)))


def aside(what: ColumnElement[Any]) -> ColumnElement[Any]:
    """Give a column by which the database chooses no index."""
    return Aside(what)


def beginning(letters: int, of: ColumnElement[Any]) -> ColumnElement[str]:
    """Give the first letters of a text, as a value by which rows can be grouped."""
    return func.substr(of, *(column(str(n), is_literal=True) for n in (1, letters)))


@compiles(Aside)
def _aside(element: Aside, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401
    return compiler.process(element.clauses, **options)
