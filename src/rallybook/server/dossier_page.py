"""What the page of an event shows: each value with its proof, who counted how many, what changed when."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import msgspec

from rallybook.model.decision import Decision
from rallybook.model.event import Event, SizeClaim, Telling
from rallybook.publishing import wording
from rallybook.publishing.dossier import Dossier
from rallybook.server.highlights import group_of
from rallybook.server.rendering import country_names, label, words

_LISTS = ("participants", "organisers", "targets", "claims")
# the scale of head counts goes from 1 to ten million, the largest that the codebook's words stand for
_DECADES = 7


class Proof(msgspec.Struct, frozen=True):
    """Who says a value: the number of a source on the page and its words, or the name of a person who set it."""

    source: int = 0
    words: tuple[str, ...] = ()
    person: str = ""


class Value(msgspec.Struct, frozen=True, kw_only=True):
    """A field of the event with its value in words, and who says so."""

    field: str
    shown: str
    proofs: tuple[Proof, ...]
    confidence: float | None = None


class Bar(msgspec.Struct, frozen=True, kw_only=True):
    """A head count on a scale of 0 to 100, which grows tenfold by each seventh; `open` where it has no upper end."""

    claim: SizeClaim
    source: int
    left: float
    width: float
    open: bool


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happened to the event: when, and in words what; `fields` have a value before and after."""

    at: dt.datetime
    said: str
    fields: tuple[tuple[str, str, str], ...] = ()


def values(shown: Dossier) -> tuple[Value, ...]:
    """Give the fields that have a value."""
    event = shown.event
    told = in_words(event)
    return tuple(
        Value(
            field=field, shown=value, proofs=tuple(_proofs(shown, field)),
            confidence=event.confidence.get("record" if field == "event" else field),
        )
        for field, value in told.items()
        if value
    )  # fmt: skip


def in_words(event: Event) -> dict[str, str]:
    """Give each field of an event in words, empty where it has no value."""
    place = event.place
    where = ", ".join(filter(None, (place.name, country_names().get(place.country, place.country))))
    if place.precision == "country":
        where = country_names().get(place.country, place.name)
    return {
        "form": label(event.form),
        "status": label(event.status),
        "date": wording.dates(event.date.edtf),
        "place": f"{where} ({label(place.precision)})" if where else place.text,
        "size": wording.number(event.size.low, event.size.high),
        **{name: "; ".join(getattr(event, name)) for name in _LISTS},
        "response": wording.response(event.response),
        "harm": wording.harm(event.harm),
        "focus": label(event.focus),
        "umbrella": words("event.umbrella") if event.umbrella else "",
    }


def _proofs(shown: Dossier, field: str) -> Iterator[Proof]:
    numbers = {telling.record: number for number, telling in enumerate(shown.event.records, start=1)}
    people = {decision.id: decision.by for decision in shown.decisions}
    ids = [one for path, told in shown.event.support.items() if path.partition(".")[0] == field for one in told]
    for one in dict.fromkeys(ids):
        if one in numbers:
            yield Proof(source=numbers[one], words=_words(shown.words.get(one, {}), field))
        elif one in people:
            yield Proof(person=people[one])


def _words(told: Mapping[str, Sequence[str]], field: str) -> tuple[str, ...]:
    found = (said for path, spans in told.items() if path != "quote" and group_of(path) == field for said in spans)
    return tuple(dict.fromkeys(map(wording.printable, found)))


def bars(event: Event) -> tuple[Bar, ...]:
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


def history(shown: Dossier) -> tuple[Change, ...]:
    """Give what happened to the event, the newest first."""
    states = [*(version.event for version in shown.versions), shown.event]
    changes = [
        Change(at=version.until, said=words("event.history.revision", number=after.revision), fields=_differing(before, after))
        for version, (before, after) in zip(shown.versions, pairwise(states), strict=True)
    ]
    changes += [
        Change(at=decision.at, said=words("event.history.decided", name=decision.by, what=decided(decision)))
        for decision in shown.decisions
    ]
    return tuple(sorted(changes, key=lambda change: change.at, reverse=True))


def decided(decision: Decision) -> str:
    """Give a decision in words."""
    what = decision.kind if decision.kind != "correct" else f"{decision.field} = {_plain(decision.value)}"
    return f"{what} ({decision.why})" if decision.why else what


def _plain(value: object) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def _differing(before: Event, after: Event) -> tuple[tuple[str, str, str], ...]:
    old, new = in_words(before), in_words(after)
    changed = [(field, old[field], new[field]) for field in new if old[field] != new[field]]
    if len(before.records) != len(after.records):
        changed.append(("sources", str(len(before.records)), str(len(after.records))))
    return tuple(changed)


def statuses(shown: Dossier) -> tuple[tuple[str, str], ...]:
    """Give the status that the event had, and until when, the oldest first; one entry for each time it changed."""
    told: list[tuple[str, str]] = []
    for version in shown.versions:
        until = f"{version.until:%Y-%m-%d}"
        if told and told[-1][0] == version.event.status:
            told[-1] = (version.event.status, until)
        else:
            told.append((version.event.status, until))
    if told and told[-1][0] == shown.event.status:
        told.pop()
    return (*told, (shown.event.status, ""))


def in_order(tellings: Sequence[Telling]) -> tuple[tuple[int, Telling], ...]:
    """Give the sources with their numbers, by their day; those without one last."""
    numbered = enumerate(tellings, start=1)
    return tuple(sorted(numbered, key=lambda pair: (pair[1].published or dt.date.max, pair[0])))
