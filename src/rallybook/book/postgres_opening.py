"""Opening a book on a server: an empty database is made one, an older book is brought up to date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection, text

from rallybook.book.schema import VERSION
from rallybook.book.upgrading import upgrade
from rallybook.errors import BookError

if TYPE_CHECKING:
    from rallybook.book.database import Database

_SOURCE = "postgres"
_KNOWN = text("SELECT to_regclass('rallybook.alembic_version') IS NOT NULL")
_TABLES = text("SELECT count(*) FROM pg_class WHERE relnamespace = to_regnamespace('rallybook')")
_VERSION = text("SELECT version_num FROM rallybook.alembic_version")
_POSTGIS = text("SELECT count(*) FROM pg_extension WHERE extname = 'postgis'")
_AVAILABLE = text("SELECT count(*) FROM pg_available_extensions WHERE name = 'postgis'")
_SUPERUSER = text("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")


def make_ready(database: Database, *, create: bool) -> None:
    """Make a database ready to be used as a book of this version.

    Raises `BookError` for a database that cannot be one, a book of a newer version and, without `create`, where there
    is none.
    """
    with database.reading() as connection:
        version = _version(connection, database.name)
    if version is None and not create:
        raise BookError(
            database.name, "a database without a book", "one that rallybook made; `rallybook add` makes one"
        )
    if version != VERSION:
        with database.writing(durable=True) as connection:
            # another process may have done it while this one waited for its turn
            version = _version(connection, database.name)
            if version is None:
                _prepare(connection, database.name)
            if version != VERSION:
                upgrade(connection, database.name, version, _SOURCE)


def check_current(connection: Connection, name: str) -> None:
    """Raise `BookError` where a book is not of this version: another rallybook changed it while this one ran."""
    found = _version(connection, name)
    if found != VERSION:
        raise BookError(name, f"a book of version {found}", f"version {VERSION}; start rallybook anew")


def _version(connection: Connection, name: str) -> str | None:
    """Give the version of a book, None where there is none."""
    if connection.execute(_KNOWN).scalar():
        found = connection.execute(_VERSION).scalar()
        return None if found is None else str(found)
    if connection.execute(_TABLES).scalar():
        raise BookError(name, 'a schema "rallybook" of something else', "a book that rallybook made")
    return None


def _prepare(connection: Connection, name: str) -> None:
    """Make the schema, and PostGIS where it may be made."""
    encoding = connection.execute(text("SHOW server_encoding")).scalar()
    if encoding != "UTF8":
        raise BookError(
            name,
            f"a database of the encoding {encoding}",
            "UTF8; `createdb --encoding UTF8 --template template0`",
        )
    if not connection.execute(_POSTGIS).scalar():
        if not connection.execute(_AVAILABLE).scalar():
            raise BookError(
                name,
                "a server without PostGIS",
                "one where it is installed; on Debian: apt-get install postgresql-15-postgis-3",
            )
        if not connection.execute(_SUPERUSER).scalar():
            raise BookError(
                name,
                "a database without PostGIS",
                "one where a superuser has said: CREATE EXTENSION postgis",
            )
        connection.execute(text("CREATE EXTENSION postgis WITH SCHEMA public"))
    connection.execute(text("CREATE SCHEMA IF NOT EXISTS rallybook"))
