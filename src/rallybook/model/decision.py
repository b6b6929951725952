"""What a person judged of the records of the book, or read in an article; appended, never edited."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, Literal, get_args

import msgspec

# what is judged of records and events
Judgement = Literal["same", "different", "correct", "reject", "restore", "skip", "found"]
# these, and what a person says of an article as a whole
DecisionKind = Literal["same", "different", "correct", "reject", "restore", "skip", "found", "take", "code"]
# why records tell no event, where a person says so: not one by the codebook, or one that nobody can verify
RejectReason = Literal["not_a_protest", "unverifiable"]
REJECT_REASONS: tuple[RejectReason, ...] = get_args(RejectReason)
# the value of a `restore` by which a person says that the records do tell an event
ACCEPTED = "accepted"
# stands for the record where a decision is on an article as a whole
WHOLE = ""


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """One judgement, while records stay what they are and events are derived anew.

    `same` and `different`: the records tell one event, or no two of them do. `correct`: in the event that these records
    tell, `field` has `value`. `reject`: these records tell no event (`value` is none or one of `REJECT_REASONS`);
    `restore` takes that back, and with the value `ACCEPTED` says that they do tell one. The newest decision of a person
    on the same thing holds, but one that is `final`, an adjudicator's on what two coders read differently, holds over
    all that are not.

    `found`: in `article` a person read an event that no machine had read; `records` is the one record that follows from
    it, `value` a `Found`, or None, which takes it back.

    `skip` changes no event, nor does what is said of an `article` as a whole: `take`, that this person is going to code
    it without seeing what is known of it, and `code`, which events the person read in it (`value` is a `Coding`, or
    None, which takes it back).
    """

    id: str
    kind: DecisionKind
    records: tuple[str, ...] = ()
    by: str
    at: dt.datetime
    why: str = ""
    field: str = ""
    value: Any = None
    article: str = ""
    final: bool = False


def in_order(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Give each decision once, from the oldest to the newest; of one moment, in the order of their ids."""
    once = {decision.id: decision for decision in decisions}
    return tuple(sorted(once.values(), key=lambda decision: (decision.at.timestamp(), decision.id)))


def by_weight(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Give each decision once, what holds over another after it: the final ones last, each in their order."""
    return tuple(sorted(in_order(decisions), key=lambda decision: decision.final))


def rejected(decisions: Iterable[Decision]) -> frozenset[str]:
    """Give the records that tell no event: those whose weightiest `reject`, `restore` or `found` is the first."""
    newest: dict[str, str] = {}
    for decision in by_weight(decisions):
        if decision.kind in ("reject", "restore") or accepts(decision):
            newest.update(dict.fromkeys(decision.records, decision.kind))
    return frozenset(record for record, kind in newest.items() if kind == "reject")


def accepts(decision: Decision) -> bool:
    """Tell whether a decision says that records tell an event; the first books said so by the reason alone."""
    if decision.kind == "found":
        return decision.value is not None
    return decision.kind == "restore" and ACCEPTED in (decision.value, decision.why)


def verdicts(decisions: Iterable[Decision]) -> dict[str, Decision]:
    """Give for each record what people say of it at last: the decision that accepts or that rejects it."""
    newest: dict[str, Decision] = {}
    for decision in by_weight(decisions):
        if decision.kind in ("reject", "restore", "found"):
            newest.update(dict.fromkeys(decision.records, decision))
    return {record: one for record, one in newest.items() if one.kind == "reject" or accepts(one)}
