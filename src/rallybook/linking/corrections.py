"""What people corrected in an event: the newest decision on a field holds, whatever the records say."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

import msgspec

from rallybook.errors import InputError
from rallybook.linking.judgements import newest_first
from rallybook.model.correction import FIELDS
from rallybook.model.decision import Decision
from rallybook.model.event import Event


def corrected(event: Event, decisions: Iterable[Decision]) -> Event:
    """Give an event with what people corrected in it; each field's decision is its support, and it is certain.

    A decision names a field ("form") or a part of one ("date.edtf"); of two on one name the newest holds, and
    one on a field sets all its parts that no newer one set. Raises `InputError` for a field or value that an
    event cannot have.
    """
    table = msgspec.to_builtins(event)
    for decision in reversed(of_event(decisions, {one.record for one in event.records})):
        if decision.field not in FIELDS:
            raise InputError("field", decision.field, FIELDS)
        name, _, part = decision.field.partition(".")
        _set(table, name, part, decision)
        table["support"][name] = _support(table["support"].get(name, ()), part, decision)
        table["confidence"][name] = 1.0
    return _event(table)


def of_event(decisions: Iterable[Decision], records: Collection[str]) -> list[Decision]:
    """Give the corrections of the event that some records tell, the newest first."""
    return [
        one for one in newest_first(decisions) if one.kind == "correct" and set(one.records) & set(records)
    ]


def _support(before: Iterable[str], part: str, decision: Decision) -> list[str]:
    """Give what a field rests on: the decision, and where it corrects a part only, what the rest rested on."""
    return [decision.id, *(before if part else ())]


def _set(table: dict[str, Any], name: str, part: str, decision: Decision) -> None:
    value = msgspec.to_builtins(decision.value)
    changed = {**table, name: {**table[name], part: value} if part else value}
    try:
        _event(changed)
    except msgspec.ValidationError as error:
        raise InputError(decision.field, decision.value, str(error)) from None
    table.update(changed)


def _event(table: dict[str, Any]) -> Event:
    return msgspec.convert(table, Event)
