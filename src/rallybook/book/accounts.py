"""Accounts, sessions and keys of a served book, in a file of their own beside it, or a schema of their own.

The book can be copied and handed on; whoever has it has nobody's password with it. Of passwords, sessions and keys
there is nothing but hashes.
"""

from __future__ import annotations

import datetime as dt
import secrets
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Executable,
    LargeBinary,
    MetaData,
    Table,
    Text,
    create_engine,
    delete,
    insert,
    select,
    update,
)

from rallybook.book.connection import WAIT_S, check_folder, in_words
from rallybook.errors import BookError, InputError
from rallybook.model.account import ROLES, Account, ApiKey, Role

# sorted by its signs, whatever the locale of a server
_TEXT = Text().with_variant(Text(collation="C"), "postgresql")
metadata = MetaData()
_accounts = Table(
    "accounts",
    metadata,
    Column("name", _TEXT, primary_key=True),
    Column("role", _TEXT, nullable=False),
    Column("password", _TEXT, nullable=False),
    Column("since", _TEXT, nullable=False),
)
_sessions = Table(
    "sessions",
    metadata,
    Column("token", LargeBinary, primary_key=True),
    Column("account", _TEXT, nullable=False),
    Column("until", _TEXT, nullable=False),
)
_keys = Table(
    "keys",
    metadata,
    Column("account", _TEXT, primary_key=True),
    Column("label", _TEXT, primary_key=True),
    Column("token", LargeBinary, nullable=False, unique=True),
    Column("since", _TEXT, nullable=False),
)
_secrets = Table("secrets", metadata, Column("secret", LargeBinary, primary_key=True))
# marks the file (PRAGMA application_id): the letters RBA1
_APPLICATION = 0x52424131
_SECRET_BYTES = 32
_LONGEST_NAME = 64


class StoredAccounts:
    """`Accounts` in a database, if there is one."""

    def __init__(
        self, name: str, engine: Engine | None, in_words: Callable[[], AbstractContextManager[None]]
    ) -> None:
        """Take where the accounts are, None where there are none yet; `in_words` words the errors of a database."""
        self.name = name
        self._engine = engine
        self._in_words = in_words

    def all(self) -> tuple[Account, ...]:
        """Give all accounts, by name."""
        return self._found(_ASKED.order_by(_accounts.c.name))

    def add(self, name: str, role: str, password: str) -> Account:
        """Make an account with the hash of its password; raises `InputError` for a name or role that cannot be."""
        if not name.isprintable() or not 0 < len(name.strip()) <= _LONGEST_NAME:
            raise InputError("account", name, f"a name of up to {_LONGEST_NAME} characters")
        known = next((one for one in ROLES if one == role), None)
        if known is None:
            raise InputError("role", role, ROLES)
        if self.named(name):
            raise InputError("account", name, "a name that is not taken")
        made = Account(name=name, role=known, since=_now())
        row = {"name": name, "role": known, "password": password, "since": made.since.isoformat()}
        self._write(insert(_accounts).values(row))
        return made

    def remove(self, name: str) -> None:
        """Take an account away with its sessions and keys; raises `InputError` where there is none."""
        self._known(name)
        held = (delete(table).where(table.c.account == name) for table in (_sessions, _keys))
        self._write(*held, delete(_accounts).where(_accounts.c.name == name))

    def change(self, name: str, *, role: Role | None = None, password: str | None = None) -> None:
        """Give an account another role or password, and end its sessions; raises `InputError` where there is none."""
        self._known(name)
        values = {key: value for key, value in (("role", role), ("password", password)) if value}
        self._write(
            update(_accounts).where(_accounts.c.name == name).values(values),
            delete(_sessions).where(_sessions.c.account == name),
        )

    def named(self, name: str) -> Account | None:
        """Give the account of a name."""
        return next(iter(self._found(_ASKED.where(_accounts.c.name == name))), None)

    def password_of(self, name: str) -> str | None:
        """Give the hash of an account's password."""
        rows = self._rows(select(_accounts.c.password).where(_accounts.c.name == name))
        return rows[0][0] if rows else None

    def begin(self, token: bytes, name: str, until: dt.datetime) -> None:
        """Keep a session by the hash of its token; sessions that are over go."""
        self._write(
            delete(_sessions).where(_sessions.c.until <= _now().isoformat()),
            insert(_sessions).values(token=token, account=name, until=until.isoformat()),
        )

    def in_session(self, token: bytes) -> Account | None:
        """Give the account of a session that is not over."""
        query = _ASKED.join(_sessions, _sessions.c.account == _accounts.c.name)
        held = query.where(_sessions.c.token == token, _sessions.c.until > _now().isoformat())
        return next(iter(self._found(held)), None)

    def end(self, token: bytes) -> None:
        """End a session."""
        self._write(delete(_sessions).where(_sessions.c.token == token))

    def add_key(self, token: bytes, name: str, label: str) -> ApiKey:
        """Keep a key by its hash; raises `InputError` for a label that the account has."""
        if label in {key.label for key in self.keys_of(name)}:
            raise InputError("label", label, "a label that none of your keys has")
        made = ApiKey(account=name, label=label, since=_now())
        self._write(
            insert(_keys).values(token=token, account=name, label=label, since=made.since.isoformat())
        )
        return made

    def keys_of(self, name: str) -> tuple[ApiKey, ...]:
        """Give what is known of an account's keys."""
        kept = _keys.c
        rows = self._rows(select(kept.label, kept.since).where(kept.account == name).order_by(kept.since))
        return tuple(
            ApiKey(account=name, label=label, since=dt.datetime.fromisoformat(since)) for label, since in rows
        )

    def with_key(self, token: bytes) -> Account | None:
        """Give the account of a key by its hash."""
        query = _ASKED.join(_keys, _keys.c.account == _accounts.c.name).where(_keys.c.token == token)
        return next(iter(self._found(query)), None)

    def remove_key(self, name: str, label: str) -> None:
        """Take a key away; raises `InputError` where there is none."""
        labels = [key.label for key in self.keys_of(name)]
        if label not in labels:
            raise InputError("label", label, labels or "nothing: there is no key")
        self._write(delete(_keys).where(_keys.c.account == name, _keys.c.label == label))

    def secret(self) -> bytes:
        """Give what cookies are signed with: chance, made with the file."""
        rows = self._rows(select(_secrets.c.secret))
        return bytes(rows[0][0]) if rows else secrets.token_bytes(_SECRET_BYTES)

    def held(self) -> dict[str, list[dict[str, Any]]]:
        """Give all that is kept, by table, so that another database can take it over; nothing where there is none."""
        if self._engine is None:
            return {}
        with self._in_words(), self._engine.connect() as db:
            return {
                table.name: [dict(row) for row in db.execute(select(table)).mappings()]
                for table in metadata.sorted_tables
            }

    def take_over(self, held: dict[str, list[dict[str, Any]]]) -> None:
        """Keep what another database held; raises `BookError` where there are accounts already."""
        if self.all():
            raise BookError(self.name, "accounts that are there", "none")
        rows = [(table, held[table.name]) for table in metadata.sorted_tables if held.get(table.name)]
        self._write(delete(_secrets), *(insert(table).values(some) for table, some in rows))

    def close(self) -> None:
        """Let go of the database."""
        if self._engine is not None:
            self._engine.dispose()

    def _known(self, name: str) -> None:
        if not self.named(name):
            raise InputError(
                "account", name, [account.name for account in self.all()] or "none: there are none"
            )

    def _found(self, query: Executable) -> tuple[Account, ...]:
        return tuple(
            Account(name=name, role=role, since=dt.datetime.fromisoformat(since))
            for name, role, since in self._rows(query)
        )

    def _rows(self, query: Executable) -> Sequence[tuple[Any, ...]]:
        if self._engine is None:
            return []
        with self._in_words(), self._engine.connect() as db:
            return [tuple(row) for row in db.execute(query).all()]

    def _write(self, *statements: Executable) -> None:
        """Do statements together or, after an error, none of them."""
        if self._engine is None:
            raise BookError(self.name, "no accounts", "some; `rallybook account add` makes one")
        with self._in_words(), self._engine.begin() as db:
            for statement in statements:
                db.execute(statement)


_ASKED = select(_accounts.c.name, _accounts.c.role, _accounts.c.since)


class SqliteAccounts(StoredAccounts):
    """Accounts in a file that nobody but its owner may read."""

    def __init__(self, path: Path, *, create: bool = False) -> None:
        """Open the file; without `create` a missing one has no accounts. Raises `BookError` for another file."""
        self.path = path
        engine = _opened(path) if create or path.exists() else None
        super().__init__(str(path), engine, partial(in_words, path))


def make_tables(db: Connection) -> None:
    """Make the tables, and the secret."""
    metadata.create_all(db)
    db.execute(insert(_secrets).values(secret=secrets.token_bytes(_SECRET_BYTES)))


def _opened(path: Path) -> Engine:
    check_folder(path)
    if not path.exists():
        path.touch(mode=0o600)

    def connected() -> sqlite3.Connection:
        connection = sqlite3.connect(path, timeout=WAIT_S, check_same_thread=False)
        # an account or a session that was taken away stays away after a loss of power, and leaves the file
        connection.execute("PRAGMA secure_delete = ON")
        return connection

    engine = create_engine("sqlite://", creator=connected)
    with in_words(path), engine.begin() as db:
        marked = db.exec_driver_sql("PRAGMA application_id").scalar()
        empty = not db.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar()
        if marked != _APPLICATION and not empty:
            raise BookError(str(path), "an SQLite database of something else", "accounts that rallybook made")
        if empty:
            make_tables(db)
            db.exec_driver_sql(f"PRAGMA application_id = {_APPLICATION}")
    return engine


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
