"""Passwords as argon2id hashes (RFC 9106, the second recommended option: 64 MiB, three passes)."""

from __future__ import annotations

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from rallybook.errors import InputError

LEAST, MOST = 12, 1_000
_hasher = PasswordHasher()


def hashed(password: str) -> str:
    """Give the hash of a password; raises `InputError`, which does not repeat it, for one too short or too long."""
    if not LEAST <= len(password) <= MOST:
        raise InputError("password", f"{len(password)} characters", f"{LEAST} to {MOST:,} characters")
    return _hasher.hash(password)


def fits(password: str, held: str | None) -> bool:
    """Tell whether a password is that of a hash. Where there is no hash it takes as long to say no."""
    try:
        return _hasher.verify(held or _nobodys(), password[:MOST]) and held is not None
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobodys() -> str:
    return _hasher.hash("the password of nobody")
