"""Who asks, and what that role may do."""

from __future__ import annotations

from typing import Literal, get_args

import msgspec

Role = Literal["reader", "coder", "adjudicator", "admin"]
# each may do what those before it may
ROLES: tuple[Role, ...] = get_args(Role)


class Caller(msgspec.Struct, frozen=True, kw_only=True):
    """Who asks: an account, this machine's own user (`local`), or nobody known."""

    name: str = ""
    role: Role | None = None
    local: bool = False

    def may(self, role: Role) -> bool:
        """Tell whether the caller may do what this role may."""
        return self.role is not None and ROLES.index(self.role) >= ROLES.index(role)


NOBODY = Caller()
