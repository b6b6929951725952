"""One event for people: every value with its sources and quotes, what people decided, what it was before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from rallybook.model.decision import Decision
from rallybook.model.event import Event, StatusChange, Telling
from rallybook.model.keeping import Version
from rallybook.publishing.provenance import whose
from rallybook.publishing.wording import dates, harm, number, place, printable, response


class Kin(msgspec.Struct, frozen=True, kw_only=True):
    """Another event, as one is told of it in a line."""

    id: str
    form: str
    status: str
    date: str
    place: str


def in_a_line(event: Event) -> Kin:
    """Give what is told in a line of another event."""
    where = place(event.place)
    return Kin(id=event.id, form=event.form, status=event.status, date=event.date.edtf, place=where)


class Dossier(msgspec.Struct, frozen=True, kw_only=True):
    """An event with what the book knows of it.

    `words` has for each record and field the words that prove it; `disagreements` in words what two people judged
    differently, `versions` what it was before. `parts` are the events that an umbrella event holds, `part_of` the
    umbrella events that hold this one.
    """

    event: Event
    words: dict[str, dict[str, tuple[str, ...]]] = {}
    decisions: tuple[Decision, ...] = ()
    disagreements: tuple[str, ...] = ()
    versions: tuple[Version, ...] = ()
    parts: tuple[Kin, ...] = ()
    part_of: tuple[Kin, ...] = ()


def proofs(event: Event, texts: Mapping[str, str]) -> dict[str, dict[str, tuple[str, ...]]]:
    """Give for each record of an event and each field the words that its spans cover; `texts` are by record."""
    return {
        telling.record: {
            path: tuple(_proof(telling, texts[telling.record], start, end) for start, end in spans)
            for path, spans in telling.spans.items()
        }
        for telling in event.records
        if telling.record in texts
    }


def _proof(telling: Telling, text: str, start: int, end: int) -> str:
    """Give the words of a span; of a row the name of the column, too."""
    if telling.imported:
        start = text.rfind("\n", 0, start) + 1
    return text[start:end]


_RECYCLED = ", with a picture that was there before the event"


def dossier_lines(shown: Dossier) -> Iterator[str]:
    """Give the dossier as text, line by line."""
    event = shown.event
    marks = {telling.record: f"[{place}]" for place, telling in enumerate(event.records, start=1)}
    people = {decision.id: decision.by for decision in shown.decisions}
    yield f"{event.id}  revision {event.revision}\n\n"
    for name, value in _values(event):
        support = [
            marks.get(one) or f"({people.get(one, one)})"
            for field, ids in sorted(event.support.items())
            if field.partition(".")[0] == name
            for one in ids
        ]
        yield f"  {name:<13}{printable(value)}  {' '.join(dict.fromkeys(support))}".rstrip() + "\n"
        for record, mark in marks.items():
            if said := _said(shown.words.get(record, {}), name):
                yield f"  {'':<13}{mark} {said}\n"
    yield "\n"
    yield from _beside(shown)
    if len(event.status_history) > 1:
        yield f"  Told as {', then '.join(_change(one, marks) for one in event.status_history)}\n"
    for claim in event.claims_of_size:
        by = f" by {printable(claim.by)}" if claim.by else ""
        yield f"  {number(claim.low, claim.high)} claimed{by} in {claim.article}: “{printable(claim.text)}”\n"
    for telling in event.records:
        yield from _telling(telling, marks[telling.record])
    yield from _history(shown)


def _beside(shown: Dossier) -> Iterator[str]:
    for title, several in (("Part of", shown.part_of), ("Holds", shown.parts)):
        for one in several:
            told = (one.form.replace("_", " "), one.status, dates(one.date), one.place)
            yield f"  {title} {one.id}: {printable(', '.join(filter(None, told)))}\n"


def _change(change: StatusChange, marks: Mapping[str, str]) -> str:
    published = f" ({change.published.isoformat()})" if change.published else ""
    return f"{change.status}{published} {' '.join(marks[record] for record in change.records)}"


def _telling(telling: Telling, mark: str) -> Iterator[str]:
    published = telling.published.isoformat() if telling.published else "undated"
    where = ", ".join(filter(None, (telling.source, published, telling.url)))
    said = f"article {printable(telling.article)}, record {telling.record} ({printable(where)})"
    if telling.imported:
        said = f"{printable(whose(telling.imported))}; record {telling.record} ({printable(where)})"
    people = ", found by people" if telling.coder else ""
    recycled = _RECYCLED if telling.recycled else ""
    yield f"\n{mark} {said}{people}{_repeat(telling)}{recycled}\n"
    if telling.quote:
        yield f"    “{printable(telling.quote)}”\n"


def _repeat(telling: Telling) -> str:
    """Give in words that a report does not speak for itself."""
    if telling.superseded_by:
        return f", superseded by article {printable(telling.superseded_by)}"
    return f", copy of article {printable(telling.copy_of)}" if telling.copy_of else ""


def _history(shown: Dossier) -> Iterator[str]:
    if shown.decisions:
        yield "\nDecisions, the newest holds:\n"
    for decision in shown.decisions:
        what = f" {decision.field} = {_shown(decision.value)}" if decision.kind == "correct" else ""
        why = f": {printable(decision.why)}" if decision.why else ""
        yield f"  {decision.at:%Y-%m-%d %H:%M} {printable(decision.by)} {decision.kind}{what}{why}  ({decision.id})\n"
    for words in shown.disagreements:
        yield f"  People disagree on {printable(words)}\n"
    if shown.versions:
        yield "\nBefore:\n"
    for version in shown.versions:
        told = f"{len(version.event.records)} reports"
        values = ", ".join(printable(value) for name, value in _values(version.event) if name in _CHIEF)
        yield f"  revision {version.event.revision}, until {version.until:%Y-%m-%d %H:%M}: {values}; {told}\n"


_CHIEF = ("form", "status", "date", "place", "size")


def _values(event: Event) -> Sequence[tuple[str, str]]:
    """Give the fields that have a value, each in words."""
    told = (
        ("form", event.form.replace("_", " ")),
        ("status", event.status),
        ("focus", event.focus),
        ("umbrella", "yes" if event.umbrella else ""),
        ("date", dates(event.date.edtf)),
        ("place", place(event.place)),
        ("size", number(event.size.low, event.size.high)),
        *(
            (name, " | ".join(getattr(event, name)))
            for name in ("participants", "organisers", "targets", "claims")
        ),
        ("response", response(event.response)),
        ("harm", harm(event.harm)),
    )
    return [(name, value) for name, value in told if value]


def _said(words: Mapping[str, tuple[str, ...]], name: str) -> str:
    """Give the words by which a record proves a field."""
    field = "trigger" if name == "form" else name
    found = [one for path, said in words.items() if path.partition(".")[0] == field for one in said]
    return " | ".join(f"“{printable(one)}”" for one in dict.fromkeys(found))


def _shown(value: Any) -> str:  # noqa: ANN401 - that of any field
    return msgspec.json.encode(value).decode()
