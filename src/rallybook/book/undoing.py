"""Taking decisions back: nothing is deleted, a new decision restores what the book had before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from itertools import product
from typing import Any

import msgspec

from rallybook.book.judging import identified
from rallybook.errors import InputError
from rallybook.model.decision import Decision, DecisionKind, accepts
from rallybook.model.event import Event
from rallybook.ports import Book

_TURNED: dict[DecisionKind, DecisionKind] = {"reject": "restore", "restore": "reject"}
# what changes no event is taken back by the same thing with this value
_WITHDRAWN: dict[DecisionKind, Any] = {"skip": False, "take": False, "code": None}


def undoing(book: Book, names: Sequence[str], *, by: str, why: str = "") -> tuple[Decision, ...]:
    """Give the decisions that take others back, which are named by their ids.

    "reject" and "restore" are turned round, an acceptance, a skip, what was found and what was read in an article are
    withdrawn. A corrected field gets the value that it had before. What was joined is parted where it was parted
    before, and the other way round. Raises `InputError` for a decision that is not in the book, and for one that
    changed nothing, so that there is nothing to go back to.
    """
    kept = {decision.id: decision for decision in book.decisions()}
    if unknown := [name for name in names if name not in kept]:
        raise InputError("decision", unknown[0], "the id of a decision in this book")
    at = dt.datetime.now(dt.UTC)
    return tuple(
        identified(msgspec.structs.replace(one, id="", by=by, why=why, at=at))
        for name in dict.fromkeys(found for name in names for found in (name, *_found_with(kept[name], kept)))
        for one in _turned(book, kept[name], [*kept.values()])
    )


def _found_with(ruling: Decision, kept: Mapping[str, Decision]) -> Iterator[str]:
    """Give what an adjudicator's ruling found in its article: it goes with the ruling."""
    if ruling.kind == "code" and ruling.final:
        told = (ruling.article, ruling.by, ruling.at)
        yield from (
            name
            for name, one in kept.items()
            if one.kind == "found" and (one.article, one.by, one.at) == told
        )


def _turned(book: Book, decision: Decision, kept: Sequence[Decision]) -> list[Decision]:
    if accepts(decision):
        return [msgspec.structs.replace(decision, value=None)]
    if decision.kind == "found":
        return [msgspec.structs.replace(decision, value=_found_before(decision, kept))]
    if decision.kind in _TURNED:
        return [msgspec.structs.replace(decision, kind=_TURNED[decision.kind], value=None)]
    if decision.kind in _WITHDRAWN:
        return [msgspec.structs.replace(decision, value=_WITHDRAWN[decision.kind])]
    before = _before(book, decision)
    if decision.kind == "correct":
        return [msgspec.structs.replace(decision, value=_value_before(decision, kept, before))]
    for event in before:
        inside = {telling.record for telling in event.records}
        there = [record for record in decision.records if record in inside]
        apart = [record for record in decision.records if record not in inside]
        if decision.kind == "different" and not apart:
            return [msgspec.structs.replace(decision, kind="same")]
        if decision.kind == "same" and there and apart:
            pairs = [tuple(sorted(pair)) for pair in product(there, apart)]
            return [msgspec.structs.replace(decision, kind="different", records=pair) for pair in pairs]
    raise _nothing(decision)


def _before(book: Book, decision: Decision) -> list[Event]:
    """Give the events of a decision's records as they were when it was made."""
    found: dict[str, Event] = {}
    for record in decision.records:
        try:
            event = book.event(record)
        except InputError:  # it tells none now
            continue
        ended = (version.event for version in book.versions(event.id) if version.until >= decision.at)
        if former := next(ended, None):
            found[event.id] = former
    return list(found.values())


def _value_before(decision: Decision, kept: Sequence[Decision], before: Sequence[Event]) -> Any:  # noqa: ANN401
    earlier = [
        one
        for one in kept
        if one.kind == "correct"
        and one.field == decision.field
        and one.at < decision.at
        and not set(one.records).isdisjoint(decision.records)
    ]
    if earlier:
        return max(earlier, key=lambda one: one.at).value
    if not before:
        raise _nothing(decision)
    return msgspec.to_builtins(reduce(getattr, decision.field.split("."), before[0]))


def _found_before(withdrawn: Decision, kept: Sequence[Decision]) -> Any:  # noqa: ANN401 - a `Found` in parts
    """Give what was found, by the newest decision that says so and that another took back."""
    earlier = [
        one for one in kept if one.records == withdrawn.records and one.kind == "found" and accepts(one)
    ]
    if not earlier:
        raise _nothing(withdrawn)
    return max(earlier, key=lambda one: one.at).value


def _nothing(decision: Decision) -> InputError:
    return InputError("decision", decision.id, "a decision that changed something; this one changed nothing")
