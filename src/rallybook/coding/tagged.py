"""What the tagger says of each word piece of a text."""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import cached_property
from typing import Any, Literal

import msgspec

from rallybook.model.mention import Mention
from rallybook.model.record import FORMS, STATUSES, Form, Status

TaggedRole = Literal["place", "date", "size", "participants", "organisers", "targets", "claims"]
ROLES: tuple[TaggedRole, ...] = ("place", "date", "size", "participants", "organisers", "targets", "claims")
# the columns of the scores: an act, its form, its status, its focus, the roles
ACT = 0
FORM = slice(1, 1 + len(FORMS))
STATUS = slice(FORM.stop, FORM.stop + len(STATUSES))
FOCUS = STATUS.stop
ROLE = slice(FOCUS + 1, FOCUS + 1 + len(ROLES))
COLUMNS = ROLE.stop


class Tagged(msgspec.Struct, frozen=True, dict=True):
    """The scores of the pieces of a text in its order: `scores[n]` belongs to `text[starts[n]:ends[n]]`.

    Scores are log odds, in the columns `ACT`, `FORM`, `STATUS`, `FOCUS`, `ROLE` (a float array, pieces × `COLUMNS`).
    """

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    scores: Any

    def over(self, start: int, end: int) -> Any:  # noqa: ANN401 - an array; numpy is loaded only where one is made
        """Give the scores of the pieces that meet `start:end`: no rows where no window holds it."""
        return self.scores[self._pieces(start, end)]

    def _pieces(self, start: int, end: int) -> slice:
        return slice(bisect_right(self.ends, start), bisect_left(self.starts, end))

    @cached_property
    def _columns(self) -> dict[int, list[float]]:
        """The scores of the act and of the roles, a list for each column: for a few pieces lists beat arrays."""
        columns = (ACT, *range(ROLE.start, ROLE.stop))
        return {column: self.scores[:, column].tolist() for column in columns}

    def _told(self, role: TaggedRole | None, start: int, end: int) -> list[float]:
        """Give the log odds of the pieces that meet `start:end`: of a role, or of an act where none is asked."""
        return self._columns[_column(role)][self._pieces(start, end)]

    @cached_property
    def noted(self) -> dict[tuple[TaggedRole, int, int], tuple[str, ...]]:
        """The marks of stretches for roles that were asked before: the mentions of one act ask about the same ones."""
        return {}

    def act(self, start: int, end: int) -> float | None:
        """Give the log odds that words name an act of the article; None where they were not read."""
        return self.most(None, start, end)

    def surest(self, mentions: Iterable[Mention]) -> float | None:
        """Give the log odds of the mention that names an act most surely; None where none was read."""
        told = (self.act(mention.start, mention.end) for mention in mentions)
        return max((odds for odds in told if odds is not None), default=None)

    def focal(self, start: int, end: int) -> float | None:
        """Give the log odds that the act which words name is the news of the article."""
        found = self.over(start, end)
        return float(found[:, FOCUS].sum() / len(found)) if len(found) else None

    def forms(self, start: int, end: int) -> dict[Form, float]:
        """Give the log probability of each form of the act that words name, nothing where they were not read."""
        return dict(zip(FORMS, self._logs(FORM, start, end), strict=False))

    def statuses(self, start: int, end: int) -> dict[Status, float]:
        """Give the log probability of each status of the act that words name."""
        return dict(zip(STATUSES, self._logs(STATUS, start, end), strict=False))

    def role(self, role: TaggedRole, start: int, end: int) -> float | None:
        """Give the mean log odds that words play a role in an act; None where they were not read."""
        told = self._told(role, start, end)
        return sum(told) / len(told) if told else None

    def runs(self, role: TaggedRole, start: int, end: int, least: float) -> tuple[tuple[int, int], ...]:
        """Give the stretches inside `start:end` whose pieces all play a role with these log odds or more."""
        pieces = self._pieces(start, end)
        found: list[tuple[int, int]] = []
        before = -1
        for n, odds in enumerate(self._columns[_column(role)][pieces], pieces.start):
            if odds < least:
                continue
            if found and n == before + 1:
                found[-1] = (found[-1][0], self.ends[n])
            else:
                found.append((self.starts[n], self.ends[n]))
            before = n
        return tuple(found)

    def most(self, role: TaggedRole | None = None, start: int = 0, end: int = sys.maxsize) -> float | None:
        """Give the highest log odds that a piece of a stretch plays a role, or names an act where no role is asked."""
        return max(self._told(role, start, end), default=None)

    def _logs(self, columns: slice, start: int, end: int) -> list[float]:
        import numpy as np  # noqa: PLC0415 - where something was tagged it is loaded

        found = self.over(start, end)
        if not len(found):
            return []
        mean = found[:, columns].sum(axis=0) / len(found)
        logs: list[float] = (mean - np.logaddexp.reduce(mean)).tolist()
        return logs


def _column(role: TaggedRole | None) -> int:
    return ACT if role is None else ROLE.start + ROLES.index(role)


def model_name(name: str, tagged: Tagged | None) -> str:
    """Give the name of a linear model: the one with the tagger's marks, or that of the rules alone."""
    return f"{name} tagged" if tagged else name


def steps(name: str, value: float | None, bounds: Iterable[float]) -> tuple[str, ...]:
    """Give the marks of a number for a linear model: one for each bound that it reaches."""
    if value is None:
        return (f"{name} unread",)
    return tuple(f"{name} {bound:g}" for bound in bounds if value >= bound)
