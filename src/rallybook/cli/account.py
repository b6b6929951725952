"""`rallybook account`: who may log in to a served book."""

from __future__ import annotations

import getpass
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rallybook.cli.book import BOOK, DEFAULT, said
from rallybook.cli.exits import quiet_exits
from rallybook.errors import InputError

if TYPE_CHECKING:
    from rallybook.accounts import Accounts


class Way(StrEnum):
    """What is done with an account."""

    ADD = "add"
    LIST = "list"
    ROLE = "role"
    PASSWORD = "password"  # noqa: S105 - the name of a way
    REMOVE = "remove"


class RoleName(StrEnum):
    """What an account may do; each may do what those before it may."""

    READER = "reader"
    CODER = "coder"
    ADJUDICATOR = "adjudicator"
    ADMIN = "admin"


_WAY = typer.Argument(
    metavar="add|list|role|password|remove",
    help="Make an account, print all, give one another role or password, or take one away.",
)
_NAME = typer.Argument(metavar="[NAME]", help="The name to log in with.", show_default=False)
_ROLE = typer.Option(
    "--role", metavar="reader|coder|adjudicator|admin", help="With add and role: what it may do."
)
_ACCOUNTS = typer.Option(
    "--accounts",
    metavar="FILE",
    help="The accounts (default: BOOK.accounts; of a book on a server, in its database).",
)


def account(
    way: Annotated[Way, _WAY],
    name: Annotated[str, _NAME] = "",
    *,
    role: Annotated[RoleName | None, _ROLE] = None,
    accounts: Annotated[Path | None, _ACCOUNTS] = None,
    book: Annotated[str, BOOK] = DEFAULT,
) -> None:
    """Keep the accounts of a served book; a password is asked for, or read as a line from standard input."""
    with quiet_exits():
        from rallybook.book.choosing import accounts_of  # noqa: PLC0415 - start-up time

        if not name and way is not Way.LIST:
            raise InputError("NAME", name, "the name of an account")
        if role is not None and way not in (Way.ADD, Way.ROLE):
            raise InputError("--role", role.value, f"nothing with {way.value}")
        if role is None and way in (Way.ADD, Way.ROLE):
            raise InputError("--role", "nothing", [one.value for one in RoleName])
        kept = accounts_of(book, accounts, create=way is Way.ADD)
        _do(kept, way, name, role)
        kept.close()


def _do(kept: Accounts, way: Way, name: str, role: RoleName | None) -> None:
    if way is Way.LIST:
        for one in kept.all():
            typer.echo(f"{one.name}\t{one.role}\t{one.since:%Y-%m-%d}")
        return
    if way is Way.REMOVE:
        kept.remove(name)
    elif way is Way.ROLE and role:
        kept.change(name, role=role.value)
    elif way is Way.PASSWORD:
        if kept.named(name) is None:
            kept.change(name)  # says which there are
        kept.change(name, password=_password())
    elif role:
        kept.add(name, role.value, _password())
    said(
        f"account {name}: {_DONE[way]}; a running server without accounts learns of them when it is started again"
    )


_DONE = {Way.ADD: "made", Way.ROLE: "has its role", Way.PASSWORD: "has its password", Way.REMOVE: "gone"}


def _password() -> str:
    """Give the hash of a password that was typed twice, or came as a line of standard input."""
    from rallybook.server.passwords import hashed  # noqa: PLC0415 - start-up time

    if sys.stdin.isatty():
        typed = getpass.getpass("Password: ")
        if getpass.getpass("The same again: ") != typed:
            raise InputError("password", "two that differ", "the same one twice")
        return hashed(typed)
    return hashed(sys.stdin.readline().rstrip("\r\n"))
