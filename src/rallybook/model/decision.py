"""What a person judged of the records of the book; appended, never edited."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, Literal

import msgspec

DecisionKind = Literal["same", "different", "correct", "reject", "restore"]


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """One judgement on records, which stay what they are while events are derived anew.

    `same` and `different`: the records tell one event, or no two of them do. `correct`: in the event that these records
    tell, `field` has `value`. `reject`: these records tell no event; `restore` takes that back. The newest decision of
    a person on the same thing holds.
    """

    id: str
    kind: DecisionKind
    records: tuple[str, ...]
    by: str
    at: dt.datetime
    why: str = ""
    field: str = ""
    value: Any = None


def in_order(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Give each decision once, from the oldest to the newest; of one moment, in the order of their ids."""
    once = {decision.id: decision for decision in decisions}
    return tuple(sorted(once.values(), key=lambda decision: (decision.at.timestamp(), decision.id)))


def rejected(decisions: Iterable[Decision]) -> frozenset[str]:
    """Give the records that tell no event: those whose newest `reject` or `restore` is the former."""
    newest: dict[str, str] = {}
    for decision in in_order(decisions):
        if decision.kind in ("reject", "restore"):
            newest.update(dict.fromkeys(decision.records, decision.kind))
    return frozenset(record for record, kind in newest.items() if kind == "reject")
