"""What the page of an event shows: each value with its proof, who counted how many, what changed when."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from rallybook.model.decision import ACCEPTED
from rallybook.model.event import Report, SizeClaim
from rallybook.model.record import EventPlace
from rallybook.publishing import wording
from rallybook.server.events import EventAnswer
from rallybook.server.highlights import group_of
from rallybook.server.history import Step
from rallybook.server.rendering import country_names, label, words
from rallybook.server.shown import ShownDecision, ShownEvent, ShownTelling

_FIELDS = (
    "form", "status", "date", "place", "size", "participants", "organisers", "targets", "claims", "response", "harm",
    "focus", "umbrella",
)  # fmt: skip
_LISTS = ("participants", "organisers", "targets", "claims")
# the scale of head counts goes from 1 to ten million, the largest that the codebook's words stand for
_DECADES = 7


class Proof(msgspec.Struct, frozen=True):
    """Who says a value: the number of a source on the page and its words, or the name of a person who set it."""

    source: int = 0
    words: tuple[str, ...] = ()
    person: str = ""


class Value(msgspec.Struct, frozen=True, kw_only=True):
    """A field of the event with its value in words, and who says so; `inferred` are sources without words for it."""

    field: str
    shown: str
    proofs: tuple[Proof, ...]
    inferred: tuple[int, ...] = ()
    confidence: float | None = None


class Bar(msgspec.Struct, frozen=True, kw_only=True):
    """A head count on a scale of 0 to 100, which grows tenfold by each seventh; `open` where it has no upper end."""

    claim: SizeClaim
    source: int
    left: float
    width: float
    open: bool


class Told(msgspec.Struct, frozen=True):
    """What a source said of the status of the event, on the day of its publication."""

    source: int
    on: dt.date | None
    status: str


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happened to the event: when, and in words what; `fields` have a value before and after."""

    at: dt.datetime
    said: str
    fields: tuple[tuple[str, str, str], ...] = ()


def values(shown: EventAnswer) -> tuple[Value, ...]:
    """Give the fields that have a value."""
    event = shown.event
    told = {field: in_words(field, getattr(event, field)) for field in _FIELDS}
    return tuple(
        Value(
            field=field,
            shown=value,
            proofs=tuple(proof for proof in _proofs(shown, field) if proof.words or proof.person),
            inferred=tuple(
                proof.source for proof in _proofs(shown, field) if not (proof.words or proof.person)
            ),
            confidence=event.confidence.get(field),
        )
        for field, value in told.items()
        if value
    )


def in_words(field: str, value: Any) -> str:  # noqa: ANN401 - that of any field
    """Give the value of a field in words, empty where there is none."""
    if field in _LISTS:
        return "; ".join(value)
    if field == "umbrella":
        return words("event.umbrella") if value else ""
    if field in _WORDED:
        return _WORDED[field](value)
    return label(value)


def _place(place: EventPlace) -> str:
    country = country_names().get(place.country, place.country)
    if place.precision == "country":
        return country or place.name
    where = ", ".join(filter(None, (place.name, country)))
    return f"{where} ({label(place.precision)})" if where else place.text


_WORDED: dict[str, Callable[[Any], str]] = {
    "date": lambda date: wording.dates(date.edtf),
    "place": _place,
    "size": lambda size: wording.number(size.low, size.high),
    "response": wording.response,
    "harm": wording.harm,
}


def _proofs(shown: EventAnswer, field: str) -> Iterator[Proof]:
    numbers = {telling.record: number for number, telling in enumerate(shown.event.records, start=1)}
    people = {decision.id: decision.by or words("event.someone") for decision in shown.decisions}
    ids = [
        one for path, told in shown.event.support.items() if path.partition(".")[0] == field for one in told
    ]
    for one in dict.fromkeys(ids):
        if one in numbers:
            yield Proof(source=numbers[one], words=_words(shown.words.get(one, {}), field))
        elif one in people:
            yield Proof(person=people[one])


def _words(told: Mapping[str, Sequence[str]], field: str) -> tuple[str, ...]:
    found = (
        said for path, spans in told.items() if path != "quote" and group_of(path) == field for said in spans
    )
    return tuple(dict.fromkeys(map(wording.printable, found)))


def bars(event: ShownEvent) -> tuple[Bar, ...]:
    """Give the head counts that the sources give, the lowest first."""
    numbers = {telling.article: number for number, telling in enumerate(event.records, start=1)}
    known = [claim for claim in event.claims_of_size if claim.low is not None or claim.high is not None]
    return tuple(
        _bar(claim, numbers.get(claim.article, 0))
        for claim in sorted(known, key=lambda claim: (claim.low or 0, claim.high or math.inf))
    )


def _bar(claim: SizeClaim, source: int) -> Bar:
    left = _on_scale(claim.low or 1)
    right = _on_scale(claim.high) if claim.high is not None else 100.0
    # what is one number is still seen
    return Bar(claim=claim, source=source, left=left, width=max(right - left, 1.0), open=claim.high is None)


def _on_scale(count: int) -> float:
    return round(min(math.log10(max(count, 1)) / _DECADES, 0.99) * 100, 2)


def history(shown: EventAnswer) -> tuple[Change, ...]:
    """Give what happened to the event, the newest first."""
    changes = [
        Change(
            at=step.at,
            said=words("event.history.revision", number=step.revision),
            fields=tuple(_changed(step)),
        )
        for step in shown.steps
    ]
    changes += [Change(at=one.at, said=_decided(one)) for one in shown.decisions]
    return tuple(sorted(changes, key=lambda change: change.at, reverse=True))


def _changed(step: Step) -> Iterator[tuple[str, str, str]]:
    for field, (before, after) in step.changed.items():
        yield field, in_words(field, before), in_words(field, after)
    if step.reports[0] != step.reports[1]:
        yield "sources", str(step.reports[0]), str(step.reports[1])


def _decided(decision: ShownDecision) -> str:
    accepted = decision.kind == "restore" and decision.value == ACCEPTED
    what = words("decided.accept" if accepted else f"decided.{decision.kind}")
    if decision.kind == "reject" and decision.value:
        what = f"{what}: {label(decision.value)}"
    what += words("decided.final") if decision.final else ""
    if decision.kind == "correct":
        value = (
            decision.value
            if isinstance(decision.value, str)
            else msgspec.json.encode(decision.value).decode()
        )
        what = f"{what}: {decision.field} = {value}"
    who = decision.by or words("event.someone")
    why = f" ({decision.why})" if decision.why else ""
    return words("event.history.decided", name=who, what=what) + why


def statuses(shown: EventAnswer, reports: Mapping[str, Report]) -> tuple[Told, ...]:
    """Give what each source said of the status, in the order of their days; none where all agree."""
    told = [
        Told(number, telling.published, reports[telling.record].record.status)
        for number, telling in in_order(shown.event.records)
        if telling.record in reports
    ]
    return tuple(told) if len({one.status for one in told} | {shown.event.status}) > 1 else ()


def in_order(tellings: Sequence[ShownTelling]) -> tuple[tuple[int, ShownTelling], ...]:
    """Give the sources with their numbers, by their day; those without one last."""
    numbered = enumerate(tellings, start=1)
    return tuple(sorted(numbered, key=lambda pair: (pair[1].published or dt.date.max, pair[0])))
