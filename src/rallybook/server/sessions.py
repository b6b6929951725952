"""Logging in and out, and the keys of programs."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

import msgspec
from anyio import to_thread
from fastapi import APIRouter, Path, Request, Response
from fastapi.concurrency import run_in_threadpool

from rallybook.server.access import LoggedIn, ReadersWish, same_origin, with_accounts
from rallybook.server.answers import stored
from rallybook.server.bodies import read_body
from rallybook.server.callers import Caller
from rallybook.server.doorkeeper import AccountDoorkeeper, hashed, new_key
from rallybook.server.problems import ProblemError, found
from rallybook.server.shelf import Here

router = APIRouter(prefix="/api/v1", tags=["session"])
_Text = Annotated[str, msgspec.Meta(min_length=1, max_length=1_000)]
_Label = Annotated[str, msgspec.Meta(min_length=1, max_length=64, pattern=r"^[\w .-]+$")]


class Login(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A name and its password."""

    name: _Text
    password: _Text


class NewKey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a key is for, in the words of whoever makes it."""

    label: _Label


class ShownCaller(msgspec.Struct, frozen=True, kw_only=True):
    """Who asks. `local`: this machine's user, where there are no accounts. `csrf` goes along with what is changed."""

    name: str
    role: str | None
    local: bool
    csrf: str


class ShownKey(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A key. `key` itself is told once, when it is made."""

    label: str
    since: str
    key: str = ""


class Keys(msgspec.Struct, frozen=True):
    """The keys of an account."""

    keys: tuple[ShownKey, ...]


def shown_caller(caller: Caller) -> ShownCaller:
    """Give what a caller is told of itself."""
    return ShownCaller(name=caller.name, role=caller.role, local=caller.way == "local", csrf=caller.csrf)


@router.post("/session")
async def log_in(request: Request, here: Here) -> Response:
    """Begin a session: its cookie comes with the answer, and the token that goes along with what is changed."""
    same_origin(request)
    keeper = with_accounts(here)
    told = await read_body(request, Login)
    return await to_thread.run_sync(_logged_in, keeper, request, told, limiter=keeper.turns)


@router.delete("/session", status_code=HTTPStatus.NO_CONTENT)
def log_out(here: Here, caller: ReadersWish) -> Response:
    """End the session, here and in the browser."""
    response = Response(status_code=HTTPStatus.NO_CONTENT)
    with_accounts(here).end(caller, response)
    return response


@router.get("/keys")
def keys(here: Here, caller: LoggedIn) -> Response:
    """Give what is known of the caller's keys."""
    held = with_accounts(here).accounts.keys_of(caller.name)
    return stored(Keys(tuple(ShownKey(label=key.label, since=key.since.isoformat()) for key in held)))


@router.post("/keys", status_code=HTTPStatus.CREATED)
async def make_key(request: Request, here: Here, caller: ReadersWish) -> Response:
    """Make a key by which a program acts for the caller; it is told now and never again."""
    keeper = with_accounts(here)
    told = await read_body(request, NewKey)
    key = new_key()
    made = await run_in_threadpool(keeper.accounts.add_key, hashed(key), caller.name, told.label)
    shown = ShownKey(label=made.label, since=made.since.isoformat(), key=key)
    return stored(shown, HTTPStatus.CREATED)


@router.delete("/keys/{label}", status_code=HTTPStatus.NO_CONTENT)
def remove_key(
    label: Annotated[str, Path(min_length=1, max_length=64)], here: Here, caller: ReadersWish
) -> Response:
    """Take a key of the caller away."""
    with found():
        with_accounts(here).accounts.remove_key(caller.name, label)
    return Response(status_code=HTTPStatus.NO_CONTENT)


def _logged_in(keeper: AccountDoorkeeper, request: Request, told: Login) -> Response:
    address = request.client.host if request.client else ""
    if wait := keeper.attempts.wait_s(told.name, address):
        detail = f"too many attempts; the next one in {wait} s"
        raise ProblemError(HTTPStatus.TOO_MANY_REQUESTS, detail, headers={"Retry-After": str(wait)})
    keeper.attempts.begun(told.name, address)
    account = keeper.known(told.name, told.password)
    if account is None:
        # one answer for a wrong name and a wrong password: it does not tell which names there are
        raise ProblemError(HTTPStatus.UNAUTHORIZED, "no account has this name and password")
    keeper.attempts.succeeded(told.name, address)
    answer = Response()
    caller = keeper.begin(account, request, answer)
    shown = stored(shown_caller(caller))
    shown.headers["Set-Cookie"] = answer.headers["Set-Cookie"]
    return shown
