"""Accounts of a book on a server: in the same database, in a schema that a back-up of the book can leave out."""

from __future__ import annotations

from sqlalchemy import text

from rallybook.book.accounts import StoredAccounts, make_tables
from rallybook.book.postgres_server import PostgresServer

# pg_dump --schema rallybook leaves it out
SCHEMA = "rallybook_accounts"
_THERE = text(f"SELECT to_regclass('{SCHEMA}.secrets') IS NOT NULL")


class PostgresAccounts(StoredAccounts):
    """Accounts in the database of a book."""

    def __init__(self, server: PostgresServer, *, create: bool = False) -> None:
        """Look for them; without `create` there may be none. Raises `BookError` where the server cannot be used."""
        engine = server.engine.execution_options(schema_translate_map={None: SCHEMA})
        with server.reading() as db:
            there = bool(db.execute(_THERE).scalar())
        if not there and create:
            # whoever writes at the same time waits
            with server.writing() as connection:
                if not connection.execute(_THERE).scalar():
                    connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
                    make_tables(connection.execution_options(schema_translate_map={None: SCHEMA}))
                there = True
        super().__init__(server.name, engine if there else None, server.in_words)
        self._server = server

    def close(self) -> None:
        """Let go of the server."""
        self._server.close()
