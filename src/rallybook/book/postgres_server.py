"""The database on a server that a book is in: connections, and PostgreSQL's errors in words."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import Connection, Engine, create_engine, func, select, text
from sqlalchemy.exc import DBAPIError

from rallybook.book.address import shown
from rallybook.book.dialect import SPOKEN
from rallybook.book.moving import move
from rallybook.book.postgres import PostgresDialect
from rallybook.book.postgres_opening import check_current, make_ready
from rallybook.book.postgres_text import adapt
from rallybook.book.schema import article_words, articles, quote_words, records
from rallybook.book.sqlite_file import SqliteFile
from rallybook.errors import BookError

# writers take turns in the order in which they came, each for a round of linking at most
WAIT_S = 60.0
# the advisory lock of whoever writes: the letters RBK1
_LOCK = 0x52424B31
# where PostGIS may be, besides the schema of the book
_PATH = "rallybook, public, postgis, extensions"
_PORTS = re.compile(r"[\d,]*")
_SETTINGS = {
    # what libpq is told where an address says nothing of it
    "connect_timeout": "10",
    "application_name": "rallybook",
}
# by PostgreSQL's number of the error, or the first two signs of it: what was received, what is allowed
_WORDS = {
    "55P03": ("no turn to write: other programs are writing to it", "a try when they are done"),
    "25006": ("a database that can only be read", "one that can be written"),
    "42501": ("too few rights", "a user who may make and write the tables of the schema rallybook"),
    "53": (
        "no room or memory, or too many connections",
        "a server with room for more; what was kept is safe",
    ),
    "54": ("a value that is too long for an index", "ids and names of some 2,000 letters at most"),
    "57": ("a server that was stopped", "one that runs; what was kept is safe"),
    "08": ("a connection that was lost", "a server that can be reached; what was kept is safe"),
}
_ADDRESS = 'postgresql://USER@HOST:5432/DATABASE, with "@" and "/" of a password written as %40 and %2F'


class PostgresServer:
    """`Database` in the schema "rallybook" of a database with PostGIS."""

    def __init__(self, address: str, *, wait_s: float = WAIT_S) -> None:
        """Take the address; a writer waits `wait_s` seconds for its turn. Nothing is opened yet."""
        self.address = address
        self._name = shown(address)
        self._wait_s = wait_s
        self.engine = _engine(address, self._name)
        self._readers = self.engine.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )

    @property
    def name(self) -> str:
        """The address without its password."""
        return self._name

    def make_ready(self, *, create: bool) -> None:
        """Make the database one with a book of this version; raises `BookError`."""
        make_ready(self, create=create)

    def check_ready(self) -> None:
        """Raise `BookError` where the server cannot be asked, or another version of rallybook has changed the book."""
        with self.reading() as connection:
            check_current(connection, self.name)

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the book; raises `BookError`."""
        with self.in_words(), self._readers.connect() as connection, connection.begin():
            yield connection

    @contextlib.contextmanager
    def writing(self, *, durable: bool = False) -> Iterator[Connection]:  # noqa: ARG002 - it always is
        """Give a connection whose changes are kept together or, after an error, not at all; raises `BookError`.

        What is kept outlives the loss of power, as far as the server is set up like that (it is by itself).
        """
        with self.in_words(), self.engine.begin() as connection:
            # each statement behind this one sees what those kept who wrote before
            connection.exec_driver_sql(
                f"SET LOCAL lock_timeout = {int(1000 * self._wait_s)}; SELECT pg_advisory_xact_lock({_LOCK})"
            )
            yield connection

    def opener(self) -> Callable[[], PostgresServer]:
        """Give what opens the same database in another process."""
        return partial(PostgresServer, self.address, wait_s=self._wait_s)

    def clear_away(self) -> None:
        """Have the rows that were erased, and their words, leave the tables."""
        self._alone(
            "VACUUM (INDEX_CLEANUP ON) articles, records, events, versions, failures, article_words, quote_words, "
            "claim_words"
        )

    def tidy(self) -> None:
        """Count what is in the tables: the server plans by these figures, and by itself looks once a minute."""
        self._alone("ANALYZE")

    def damage(self, db: Connection) -> Iterator[str]:
        """Give which indexes of words lack something; pages are the server's affair (`pg_amcheck`)."""
        for index, ours in ((article_words, articles), (quote_words, records)):
            rows, indexed = (
                db.execute(select(func.count()).select_from(table)).scalar() for table in (ours, index)
            )
            if rows != indexed:
                yield f"the index {index.name}: {indexed} entries for {rows} rows"

    def copy_into(self, target: Path) -> None:
        """Copy the book into a new file."""
        file = SqliteFile(target)
        file.make_ready(create=True)
        with self.reading() as source, file.writing() as db:
            move(source, db)
        file.close()

    def back_up(self, target: Path) -> None:
        """Raise `BookError`, which says what to use for a server."""
        raise BookError(
            self.name,
            f"a back-up into the file {target}",
            "a book in a file; of one on a server `pg_dump --format custom --schema rallybook` makes a back-up, and "
            f"`rallybook copy {self.name} {target}` a book in a file",
        )

    def close(self) -> None:
        """Let go of the connections."""
        self.engine.dispose()

    @contextlib.contextmanager
    def in_words(self) -> Iterator[None]:
        """Turn an error of PostgreSQL into a `BookError` that names the book."""
        try:
            yield
        except DBAPIError as error:
            raise _worded(self.name, error.orig) from error
        except psycopg.Error as error:
            raise _worded(self.name, error) from error

    def _alone(self, statement: str) -> None:
        with self.in_words(), self.engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(text(statement))


def _engine(address: str, name: str) -> Engine:
    try:
        given = {key: str(value) for key, value in conninfo_to_dict(address).items()}
    except psycopg.ProgrammingError as error:
        # its words may hold a part of the password
        raise BookError(name, "an address that cannot be read", _ADDRESS) from error
    if not _PORTS.fullmatch(given.get("port", "")) or "@" in given.get("dbname", ""):
        # a password with a "/" that stands as it is: what comes before it was taken for a port
        raise BookError(name, "an address that cannot be read", _ADDRESS)
    settings = {**_SETTINGS, **given, "client_encoding": "utf8"}

    def opened() -> psycopg.Connection[tuple[object, ...]]:
        # prepared statements would be planned once for all boxes and all words
        connection = psycopg.connect(**settings, prepare_threshold=None)  # type: ignore[arg-type]
        adapt(connection)
        with connection.transaction():
            # compiling a query takes longer than a page does
            connection.execute(f"SET search_path = {_PATH}; SET jit = off")
        return connection

    # a connection that a server closed in the meantime is replaced
    return create_engine(
        "postgresql+psycopg://",
        creator=opened,
        pool_pre_ping=True,
        use_native_hstore=False,
        execution_options={SPOKEN: PostgresDialect()},
    )


def _worded(name: str, error: BaseException | None) -> BookError:
    number = getattr(error, "sqlstate", None) or ""
    for known in (number, number[:2]):
        if known in _WORDS:
            return BookError(name, *_WORDS[known])
    # the server's own words; what follows is advice, and each address that was tried
    said = (str(error).strip().splitlines() or ["no reason given"])[0]
    if isinstance(error, psycopg.OperationalError) and not number:
        return BookError(
            name, f"no connection ({said})", "a PostgreSQL server that runs, knows the database and lets the user in"
        )  # fmt: skip
    return BookError(name, f"an error of the database ({said})", "a sound book")
