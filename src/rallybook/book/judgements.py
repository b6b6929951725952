"""What decisions say together: where they contradict, where people disagree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

import msgspec

from rallybook.model.decision import Decision, accepts, by_weight, in_order

Pair = tuple[str, str]


class Disagreement(msgspec.Struct, frozen=True):
    """Two people who judged one thing differently; what `holds` is the newer judgement, or an adjudicator's."""

    thing: str
    holds: Decision
    overruled: Decision

    def __str__(self) -> str:
        now, before = (f"{_said(one)!r} by {one.by}" for one in (self.holds, self.overruled))
        return (
            f"{self.thing}: {now} ({self.holds.at.date()}) holds over {before} ({self.overruled.at.date()})"
        )


def contradicted(new: Decision, held: Sequence[Decision]) -> tuple[Decision, ...]:
    """Give the decisions that a new one contradicts by way of others, the oldest first.

    Whoever judges a pair again takes back what one decision said of it, which contradicts nothing: the newest holds.
    But "a and c are different" contradicts "a and b are the same" with "b and c are the same": it does not tell which
    of the two is wrong.
    """
    if new.kind not in ("same", "different"):
        return ()
    taken_back = set(_pairs(new))
    said: dict[Pair, Decision] = {}
    for decision in in_order(held):
        if decision.kind in ("same", "different"):
            said.update({pair: decision for pair in _pairs(decision) if pair not in taken_back})
    group = _groups(
        [
            *(pair for pair, by in said.items() if by.kind == "same"),
            *(taken_back if new.kind == "same" else ()),
        ]
    )
    apart = [(pair, by) for pair, by in said.items() if by.kind == "different"]
    apart += [(pair, new) for pair in taken_back if new.kind == "different"]
    against: dict[str, Decision] = {}
    for (one, other), by in apart:
        shared = group.get(one, one)
        if shared != group.get(other, other):
            continue
        ties = [tie for pair, tie in said.items() if tie.kind == "same" and group.get(pair[0]) == shared]
        circle = {decision.id: decision for decision in (by, *ties) if decision is not new}
        if len(circle) > 1:
            against |= circle
    return in_order(against.values())


def disagreements(decisions: Iterable[Decision]) -> tuple[Disagreement, ...]:
    """Give what two people judged differently: of a pair, a record, or a field of an event."""
    newest: dict[str, Decision] = {}
    found: dict[tuple[str, str], Disagreement] = {}
    for decision in by_weight(decisions):
        for thing in _things(decision):
            before = newest.get(thing)
            if before and before.by != decision.by and _judgement(before) != _judgement(decision):
                shown = Disagreement(thing, decision, before)
                found.setdefault((before.id, decision.id), shown)
            newest[thing] = decision
    return tuple(found.values())


def _pairs(decision: Decision) -> list[Pair]:
    return list(combinations(sorted(set(decision.records)), 2))


def _groups(same: Iterable[Pair]) -> dict[str, str]:
    """Give for each record of some pairs one that stands for all that are tied to it."""
    parent: dict[str, str] = {}

    def root(record: str) -> str:
        while (above := parent.setdefault(record, record)) != record:
            record = above
        return record

    for one, other in same:
        parent[root(other)] = root(one)
    return {record: root(record) for record in list(parent)}


def _things(decision: Decision) -> list[str]:
    if decision.kind in ("same", "different"):
        return [f"whether {one} and {other} are one event" for one, other in _pairs(decision)]
    if decision.kind == "correct":
        return [f"{decision.field} of the event of {record}" for record in decision.records]
    if decision.kind in ("reject", "restore") or accepts(decision):
        return [f"whether {record} tells an event" for record in decision.records]
    return []


def _judgement(decision: Decision) -> object:
    # whoever finds an event says that it is one
    return "restore" if accepts(decision) else _said(decision)


def _said(decision: Decision) -> object:
    return decision.value if decision.kind == "correct" else decision.kind
