"""The port of accounts: who may read, judge and rule, however they are kept."""

from __future__ import annotations

import datetime as dt
from typing import Protocol

from rallybook.model.account import Account, ApiKey, Role


class Accounts(Protocol):
    """Who may log in to a served book. It knows passwords, sessions and keys by their hashes only.

    Raises `InputError` for a name, role or label that cannot be, and `BookError` where the store cannot be used.
    """

    def all(self) -> tuple[Account, ...]:
        """Give all accounts, by name."""
        ...

    def add(self, name: str, role: str, password: str) -> Account:
        """Make an account with the hash of its password."""
        ...

    def remove(self, name: str) -> None:
        """Take an account away with its sessions and keys."""
        ...

    def change(self, name: str, *, role: Role | None = None, password: str | None = None) -> None:
        """Give an account another role or password, and end its sessions."""
        ...

    def named(self, name: str) -> Account | None:
        """Give the account of a name."""
        ...

    def password_of(self, name: str) -> str | None:
        """Give the hash of an account's password."""
        ...

    def begin(self, token: bytes, name: str, until: dt.datetime) -> None:
        """Keep a session by the hash of its token; sessions that are over go."""
        ...

    def in_session(self, token: bytes) -> Account | None:
        """Give the account of a session that is not over."""
        ...

    def end(self, token: bytes) -> None:
        """End a session."""
        ...

    def add_key(self, token: bytes, name: str, label: str) -> ApiKey:
        """Keep a key by its hash."""
        ...

    def keys_of(self, name: str) -> tuple[ApiKey, ...]:
        """Give what is known of an account's keys."""
        ...

    def with_key(self, token: bytes) -> Account | None:
        """Give the account of a key by its hash."""
        ...

    def remove_key(self, name: str, label: str) -> None:
        """Take a key away."""
        ...

    def secret(self) -> bytes:
        """Give what cookies are signed with."""
        ...

    def close(self) -> None:
        """Let go of the store."""
        ...
