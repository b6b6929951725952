"""What the tagger says of each word piece of a text."""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import cached_property
from typing import Any, Literal

import msgspec

from rallybook.coding.columns import ACT, Columns
from rallybook.coding.reach import EXTENTS, SCALES, Extent, Scale
from rallybook.model.mention import Mention
from rallybook.model.record import FORMS, STATUSES, Form, Status

TaggedRole = Literal["place", "date", "size", "participants", "organisers", "targets", "claims"]
ROLES: tuple[TaggedRole, ...] = ("place", "date", "size", "participants", "organisers", "targets", "claims")
TAGGER = Columns(FORMS, STATUSES, ROLES, SCALES, EXTENTS)


# log probabilities, the bounds of the marks that say how likely the scale or the extent of a choice is
_REACHES = (-5.0, -3.5, -2.5, -1.5, -0.9, -0.5, -0.2, -0.05)
# characters between two pieces of one stretch: more lies between them where a window leaves sentences out
_GAP = 8


class Tagged(msgspec.Struct, frozen=True, dict=True):
    """The scores of the pieces of a text in its order: `scores[n]` belongs to `text[starts[n]:ends[n]]`.

    Scores are log odds (a float array, pieces × `columns`).
    """

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    scores: Any
    columns: Columns = TAGGER

    def over(self, start: int, end: int) -> Any:  # noqa: ANN401 - an array; numpy is loaded only where one is made
        """Give the scores of the pieces that meet `start:end`: no rows where no window holds it."""
        return self.scores[self._pieces(start, end)]

    def _pieces(self, start: int, end: int) -> slice:
        return slice(bisect_right(self.ends, start), bisect_left(self.starts, end))

    @cached_property
    def _lists(self) -> dict[str | None, list[float]]:
        """The scores of the act (None) and of the roles, a list for each: for a few pieces lists beat arrays."""
        columns: dict[str | None, int] = {role: self.columns.at(role) for role in self.columns.roles}
        columns[None] = ACT
        return {role: self.scores[:, column].tolist() for role, column in columns.items()}

    def _told(self, role: str | None, start: int, end: int) -> list[float]:
        """Give the log odds of the pieces that meet `start:end`: of a role, or of an act where none is asked."""
        return self._lists[role][self._pieces(start, end)]

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
        return float(found[:, self.columns.focus].sum() / len(found)) if len(found) else None

    def forms(self, start: int, end: int) -> dict[Form, float]:
        """Give the log probability of each form of the act that words name, nothing where they were not read."""
        return dict(zip(FORMS, self.logs(self.columns.form, start, end), strict=False))

    def statuses(self, start: int, end: int) -> dict[Status, float]:
        """Give the log probability of each status of the act that words name."""
        return dict(zip(STATUSES, self.logs(self.columns.status, start, end), strict=False))

    def scales(self, start: int, end: int) -> dict[Scale, float]:
        """Give the log probability of each scale of the act that words name."""
        return dict(zip(SCALES, self.logs(self.columns.scale, start, end), strict=False))

    def extents(self, start: int, end: int) -> dict[Extent, float]:
        """Give the log probability of each extent of the act that words name."""
        return dict(zip(EXTENTS, self.logs(self.columns.extent, start, end), strict=False))

    def role(self, role: str, start: int, end: int) -> float | None:
        """Give the mean log odds that words play a role in an act; None where they were not read."""
        told = self._told(role, start, end)
        return sum(told) / len(told) if told else None

    def runs(
        self, role: str, start: int, end: int, least: float, *, surest: float | None = None
    ) -> tuple[tuple[int, int], ...]:
        """Give the stretches inside `start:end` whose pieces all play a role with these log odds or more.

        With `surest` only those with a piece that does so with this much.
        """
        runs = self._runs(role, start, end, least)
        if surest is None:
            return runs
        return tuple(run for run in runs if (most := self.most(role, *run)) is not None and most >= surest)

    def _runs(self, role: str, start: int, end: int, least: float) -> tuple[tuple[int, int], ...]:
        pieces = self._pieces(start, end)
        found: list[tuple[int, int]] = []
        before = -1
        for n, odds in enumerate(self._lists[role][pieces], pieces.start):
            if odds < least:
                continue
            if found and n == before + 1 and self.starts[n] - self.ends[before] <= _GAP:
                found[-1] = (found[-1][0], self.ends[n])
            else:
                found.append((self.starts[n], self.ends[n]))
            before = n
        return tuple(found)

    def most(self, role: str | None = None, start: int = 0, end: int = sys.maxsize) -> float | None:
        """Give the highest log odds that a piece of a stretch plays a role, or names an act where no role is asked."""
        return max(self._told(role, start, end), default=None)

    def logs(self, columns: slice, start: int, end: int) -> list[float]:
        """Give the log probabilities over columns of which one holds, for words; empty where they were not read."""
        import numpy as np  # noqa: PLC0415 - where something was tagged it is loaded

        found = self.over(start, end)
        if not len(found):
            return []
        mean = found[:, columns].sum(axis=0) / len(found)
        logs: list[float] = (mean - np.logaddexp.reduce(mean)).tolist()
        return logs


def model_name(name: str, tagged: Tagged | None) -> str:
    """Give the name of a linear model: the one with the tagger's marks, or that of the rules alone."""
    return f"{name} tagged" if tagged else name


def steps(name: str, value: float | None, bounds: Iterable[float]) -> tuple[str, ...]:
    """Give the marks of a number for a linear model: one for each bound that it reaches."""
    if value is None:
        return (f"{name} unread",)
    return tuple(f"{name} {bound:g}" for bound in bounds if value >= bound)


def reach_marks(name: str, reach: Scale | Extent, log_probability: float) -> tuple[str, ...]:
    """Give the marks that say how likely an act has the reach of a choice, for each reach alike and for its own."""
    told = steps(name, log_probability, _REACHES)
    return (*told, *(f"{reach} {mark}" for mark in told))
