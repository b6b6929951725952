"""Who may do what with a served book."""

from __future__ import annotations

import datetime as dt
from typing import Literal, get_args

import msgspec

Role = Literal["reader", "coder", "adjudicator", "admin"]
# each may do what those before it may
ROLES: tuple[Role, ...] = get_args(Role)


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """A person who may log in."""

    name: str
    role: Role
    since: dt.datetime


class ApiKey(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a key by which a program acts for an account; the key itself is kept nowhere."""

    account: str
    label: str
    since: dt.datetime
