"""Who asks, and what that role may do."""

from __future__ import annotations

from typing import Literal

import msgspec

from rallybook.model.account import ROLES, Role

# by what a caller is known: the cookie of a session, a key, being on this machine, or not at all
Way = Literal["session", "key", "local", "none"]


class Caller(msgspec.Struct, frozen=True, kw_only=True):
    """Who asks: an account, or this machine's own user where there are no accounts, or nobody known.

    `csrf` is what a page sends along with what it changes, `session` the hash of the session's token.
    """

    name: str = ""
    role: Role | None = None
    way: Way = "none"
    csrf: str = ""
    session: bytes = b""

    def may(self, role: Role) -> bool:
        """Tell whether the caller may do what this role may."""
        return self.role is not None and ROLES.index(self.role) >= ROLES.index(role)


NOBODY = Caller()
