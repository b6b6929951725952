"""Tells who asks: by the cookie of a session, by a key, or by being on this machine where there are no accounts."""

from __future__ import annotations

import datetime as dt
import getpass
import hashlib
import hmac
import secrets
from typing import Protocol

from anyio import CapacityLimiter
from fastapi import Request, Response
from itsdangerous import BadSignature, TimestampSigner

from rallybook.model.account import Account
from rallybook.ports import Accounts
from rallybook.server.attempts import Attempts
from rallybook.server.callers import NOBODY, Caller
from rallybook.server.passwords import fits
from rallybook.server.settings import Settings

COOKIE = "rallybook_session"
KEY_PREFIX = "rbk_"
# a working day; whoever comes back tomorrow logs in again
SESSION_S = 12 * 3600
_TOKEN_BYTES = 32


class Doorkeeper(Protocol):
    """Tells who asks."""

    def caller(self, request: Request) -> Caller:
        """Give who asks; `NOBODY` where that is not known."""
        ...


class LocalDoorkeeper:
    """For a server that nobody but this machine reaches and that has no accounts: whoever asks is its user."""

    def __init__(self) -> None:
        try:
            name = getpass.getuser()
        except (KeyError, OSError):  # no name for this user
            name = "local"
        # a page of another site cannot read it, and so cannot change anything
        self._caller = Caller(name=name, role="admin", way="local", csrf=secrets.token_urlsafe(_TOKEN_BYTES))

    def caller(self, _: Request) -> Caller:
        """Give this machine's user."""
        return self._caller


class AccountDoorkeeper:
    """For a server with accounts."""

    def __init__(self, accounts: Accounts, settings: Settings) -> None:
        self.accounts = accounts
        self.attempts = Attempts()
        # each takes 64 MiB and a fifth of a second: a flood of log-ins must take neither all memory nor all threads
        self.turns = CapacityLimiter(2)
        self._secure = settings.secure_cookies
        self._secret = accounts.secret()
        self._signer = TimestampSigner(self._secret, salt="rallybook.session", digest_method=hashlib.sha256)

    def caller(self, request: Request) -> Caller:
        """Give the account of the key, or else of the session, that came with a request."""
        kind, _, key = request.headers.get("Authorization", "").partition(" ")
        if kind.lower() == "bearer":
            account = self.accounts.with_key(hashed(key.strip()))
            return Caller(name=account.name, role=account.role, way="key") if account else NOBODY
        token = self._token(request)
        account = self.accounts.in_session(hashed(token)) if token else None
        return self._in_session(account, token) if account else NOBODY

    def known(self, name: str, password: str) -> Account | None:
        """Give the account of a name and its password."""
        return self.accounts.named(name) if fits(password, self.accounts.password_of(name)) else None

    def begin(self, account: Account, request: Request, response: Response) -> Caller:
        """Begin a session with a token of its own, whatever token the browser had before."""
        if former := self._token(request):
            self.accounts.end(hashed(former))
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        until = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=SESSION_S)
        self.accounts.begin(hashed(token), account.name, until)
        response.set_cookie(
            COOKIE,
            self._signer.sign(token).decode(),
            max_age=SESSION_S,
            httponly=True,
            secure=self._secure,
            samesite="lax",
        )
        return self._in_session(account, token)

    def end(self, caller: Caller, response: Response) -> None:
        """End a session, here and in the browser."""
        self.accounts.end(caller.session)
        response.delete_cookie(COOKIE, httponly=True, secure=self._secure, samesite="lax")

    def _token(self, request: Request) -> str:
        try:
            return self._signer.unsign(request.cookies.get(COOKIE, ""), max_age=SESSION_S).decode()
        except (BadSignature, UnicodeDecodeError):
            return ""

    def _in_session(self, account: Account, token: str) -> Caller:
        csrf = hmac.new(self._secret, f"csrf {token}".encode(), hashlib.sha256).hexdigest()
        return Caller(name=account.name, role=account.role, way="session", csrf=csrf, session=hashed(token))


def new_key() -> str:
    """Give a key by which a program acts for an account."""
    return KEY_PREFIX + secrets.token_urlsafe(_TOKEN_BYTES)


def hashed(token: str) -> bytes:
    """Give the hash by which a token is known; it is chance of 256 bits, so one round of SHA-256 does."""
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).digest()
