"""What people judged of records: which are one event, which are not, and which tell none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

import msgspec

from rallybook.model.decision import Decision, by_weight, rejected


class Judgements(msgspec.Struct, frozen=True):
    """The decisions on linking as they hold together.

    `group` gives for each record that was judged the least id of those it is the same as; `different` the pairs
    of such groups, lesser first; `rejected` the records that tell no event; `set_aside` the decisions of which
    a part was contradicted by newer ones, to be shown.
    """

    group: dict[str, str] = {}
    different: frozenset[tuple[str, str]] = frozenset()
    rejected: frozenset[str] = frozenset()
    set_aside: tuple[str, ...] = ()

    def same(self, one: str, other: str) -> bool:
        """Whether two records were judged to be one event."""
        return self.group.get(one, one) == self.group.get(other, other)

    def apart(self, one: str, other: str) -> bool:
        """Whether two records were judged to be different events."""
        return _pair(self.group.get(one, one), self.group.get(other, other)) in self.different


def judgements(decisions: Iterable[Decision]) -> Judgements:
    """Give what some decisions say together, whatever the order in which they come.

    They are taken from the newest to the oldest (by `at`, then by `id`), pair by pair. What newer ones imply
    stands: with "a and b are the same" and "b and c are the same", an older "a and c are different" is set
    aside, and so is an older "same" that would join what newer ones keep apart. Of `reject` and `restore` the
    newest on a record holds.
    """
    ordered = newest_first(decisions)
    held = _Held()
    for decision in ordered:
        for one, other in combinations(sorted(set(decision.records)), 2):
            held.take(decision, one, other)
    return Judgements(held.groups(), frozenset(held.different()), rejected(ordered), tuple(held.set_aside))


def newest_first(decisions: Iterable[Decision]) -> list[Decision]:
    """Give each decision once, the newest first; those of an adjudicator before all that are not."""
    return list(reversed(by_weight(decisions)))


class _Held:
    """Groups of records that are the same, and the pairs of them that are not; newest judgements first."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}
        self._apart: dict[str, set[str]] = {}
        self.set_aside: dict[str, None] = {}

    def take(self, decision: Decision, one: str, other: str) -> None:
        """Add a judgement on a pair, unless those before it say otherwise."""
        first, second = self._root(one), self._root(other)
        if decision.kind == "same" and first != second:
            if second in self._apart.get(first, ()):
                self.set_aside[decision.id] = None
            else:
                self._join(*sorted((first, second)))
        elif decision.kind == "different":
            if first == second:
                self.set_aside[decision.id] = None
            else:
                self._apart.setdefault(first, set()).add(second)
                self._apart.setdefault(second, set()).add(first)

    def groups(self) -> dict[str, str]:
        """Give the least id of each record's group."""
        return {record: self._root(record) for record in self._parent}

    def different(self) -> Iterator[tuple[str, str]]:
        """Give the pairs of groups that are different events."""
        for one, others in self._apart.items():
            yield from (_pair(one, other) for other in others)

    def _root(self, record: str) -> str:
        root = self._parent.setdefault(record, record)
        while root != self._parent[root]:
            root = self._parent[root]
        self._parent[record] = root
        return root

    def _join(self, kept: str, gone: str) -> None:
        self._parent[gone] = kept
        for other in self._apart.pop(gone, set()):
            self._apart[other].discard(gone)
            self._apart[other].add(kept)
            self._apart.setdefault(kept, set()).add(other)


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)
