"""What a role may do, and that it was the person who wanted it, not another site in the same browser."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from http import HTTPStatus
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Header, Request

from rallybook.model.account import Role
from rallybook.server.callers import Caller
from rallybook.server.doorkeeper import AccountDoorkeeper
from rallybook.server.problems import ProblemError
from rallybook.server.shelf import Here, Shelf

CSRF_HEADER = "X-CSRF-Token"
Csrf = Annotated[
    str,
    Header(
        alias=CSRF_HEADER, max_length=200, description="The `csrf` of /api/v1/meta; not needed with a key."
    ),
]


def readable(request: Request, here: Here) -> Caller:
    """Give who asks, where everybody may read or the caller is known; raises `ProblemError` with 401."""
    caller = here.caller(request)
    bearer = "Authorization" in request.headers and isinstance(here.doorkeeper, AccountDoorkeeper)
    if bearer and caller.way == "none":
        raise unknown("a key of this server")
    if not here.settings.open_to_all and not caller.may("reader"):
        raise unknown("a log-in or a key: this book is not open to all")
    return caller


def role(least: Role) -> Callable[..., Caller]:
    """Give what lets only callers of a role or a higher one pass; 401 for nobody known, 403 for lesser roles."""

    def passed(request: Request, here: Here) -> Caller:
        caller = here.caller(request)
        if caller.way == "none":
            raise unknown("a log-in or a key")
        if not caller.may(least):
            detail = f"{caller.name} is a {caller.role}; this takes a {least}"
            raise ProblemError(HTTPStatus.FORBIDDEN, detail, allowed=least)
        return caller

    return passed


def wanted(least: Role) -> Callable[..., Caller]:
    """Give what lets those of a role pass, and only what they want themselves; 403 for what another site sent."""
    passes = role(least)

    def passed(request: Request, here: Here, token: Csrf = "") -> Caller:
        same_origin(request)
        caller = passes(request, here)
        if caller.way != "key" and not hmac.compare_digest(token.encode(), caller.csrf.encode()):
            detail = f"{CSRF_HEADER} must have the csrf of /api/v1/meta, as this page has it after log-in"
            raise ProblemError(HTTPStatus.FORBIDDEN, detail, parameter=CSRF_HEADER)
        return caller

    return passed


def same_origin(request: Request) -> None:
    """Raise `ProblemError` with 403 for what a page of another site sends."""
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("Host"):
        raise ProblemError(HTTPStatus.FORBIDDEN, "sent by a page of another site", parameter="Origin")


def with_accounts(here: Shelf) -> AccountDoorkeeper:
    """Give the keeper of the accounts; raises `ProblemError` with 409 where there are none."""
    if isinstance(here.doorkeeper, AccountDoorkeeper):
        return here.doorkeeper
    raise ProblemError(
        HTTPStatus.CONFLICT, "this server has no accounts: whoever is on this machine may do all"
    )


def unknown(allowed: str) -> ProblemError:
    """Give a 401 that says what is asked for."""
    return ProblemError(
        HTTPStatus.UNAUTHORIZED, "not logged in", allowed=allowed, headers={"WWW-Authenticate": "Bearer"}
    )


Reader = Annotated[Caller, Depends(readable)]
LoggedIn = Annotated[Caller, Depends(role("reader"))]
Coder = Annotated[Caller, Depends(role("coder"))]
CodersWish = Annotated[Caller, Depends(wanted("coder"))]
AdjudicatorsWish = Annotated[Caller, Depends(wanted("adjudicator"))]
ReadersWish = Annotated[Caller, Depends(wanted("reader"))]
