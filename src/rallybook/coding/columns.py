"""What a network scores of each word piece: an act or none, its form, status, focus and reach, the roles in it."""

from __future__ import annotations

from functools import cached_property

import msgspec

ACT = 0


class Columns(msgspec.Struct, frozen=True, dict=True):
    """The columns of the scores, in this order: `ACT`, one for each form, each status, the focus, each role.

    Then one for each scale and each extent of an act (`reach`), where the network tells these.
    """

    forms: tuple[str, ...]
    statuses: tuple[str, ...]
    roles: tuple[str, ...]
    scales: tuple[str, ...] = ()
    extents: tuple[str, ...] = ()

    @cached_property
    def form(self) -> slice:
        """The columns of the forms."""
        return slice(ACT + 1, ACT + 1 + len(self.forms))

    @cached_property
    def status(self) -> slice:
        """The columns of the statuses."""
        return slice(self.form.stop, self.form.stop + len(self.statuses))

    @cached_property
    def focus(self) -> int:
        """The column of the focus: focal or not."""
        return ACT + 1 + len(self.forms) + len(self.statuses)

    @cached_property
    def role(self) -> slice:
        """The columns of the roles."""
        return slice(self.focus + 1, self.focus + 1 + len(self.roles))

    @cached_property
    def scale(self) -> slice:
        """The columns of the scales."""
        return slice(self.role.stop, self.role.stop + len(self.scales))

    @cached_property
    def extent(self) -> slice:
        """The columns of the extents."""
        return slice(self.scale.stop, self.scale.stop + len(self.extents))

    @property
    def count(self) -> int:
        """How many columns there are."""
        return self.focus + 1 + len(self.roles) + len(self.scales) + len(self.extents)

    def at(self, role: str) -> int:
        """Give the column of a role."""
        return self.focus + 1 + self.roles.index(role)
