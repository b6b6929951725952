"""Which database a name means."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rallybook.book.accounts import SqliteAccounts, StoredAccounts
from rallybook.book.address import on_server, shown
from rallybook.book.sqlite_file import SqliteFile
from rallybook.book.store import StoredBook
from rallybook.errors import BookError
from rallybook.ports import Linker

if TYPE_CHECKING:
    from rallybook.book.database import Database
    from rallybook.book.postgres_server import PostgresServer


def open_book(name: str, linker: Linker, *, create: bool = True) -> StoredBook:
    """Open the book in a file, or the one on a server that an address names.

    Raises `BookError` as the book does, and `InputError` for the address of something else.
    """
    return StoredBook(database_of(name), linker, create=create)


def database_of(name: str) -> Database:
    """Give the database of a book; nothing is opened yet. Raises `InputError` and, without a driver, `BookError`."""
    return server_of(name) if on_server(name) else SqliteFile(Path(name))


def accounts_of(book: str, file: Path | None = None, *, create: bool = False) -> StoredAccounts:
    """Give the accounts of a book: in a file, by default beside that of the book, or in the database of a server.

    Raises `BookError` where they cannot be used, and `InputError` for the address of something else.
    """
    if file is not None or not on_server(book):
        return SqliteAccounts(file or Path(f"{book}.accounts"), create=create)
    server = server_of(book)
    from rallybook.book.postgres_accounts import PostgresAccounts  # noqa: PLC0415 - an extra

    return PostgresAccounts(server, create=create)


def server_of(address: str) -> PostgresServer:
    """Give the database on a server; nothing is opened yet. Raises `BookError` where its driver is not installed."""
    try:
        from rallybook.book.postgres_server import PostgresServer  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise BookError(
            shown(address),
            f"no driver of PostgreSQL ({error})",
            "one that is installed: pip install 'rallybook[postgres]'",
        ) from error
    return PostgresServer(address)
