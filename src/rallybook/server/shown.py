"""What is shown of the book, field by field: what stands in none of these types leaves the server in no answer.

The types of the book may gain fields that are nobody's business; here each field was chosen.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec

from rallybook.model.decision import Decision, DecisionKind
from rallybook.model.event import Event, SizeClaim, StatusChange, Telling
from rallybook.model.record import (
    EventDate,
    EventPlace,
    Focus,
    Form,
    Harm,
    ReadBy,
    Record,
    Response,
    Size,
    Status,
)
from rallybook.model.row import Imported

Spans = dict[str, tuple[tuple[int, int], ...]]
# a link that a page may lead to; "javascript:" and "data:" are none
_LINKS = ("https://", "http://")


class ShownTelling(msgspec.Struct, frozen=True, kw_only=True):
    """Where an event is told, and the words that prove it.

    `imported` is there for a row of a table that others made, for which no text was read; where its terms do not allow
    to pass it on, its words and their offsets are not shown. `recycled` is there for a post with pictures: whether one
    of them was there before the event. `coder` is there where people found it.
    """

    article: str
    record: str
    published: dt.date | None
    source: str
    url: str
    quote: str
    spans: Spans
    copy_of: str
    superseded_by: str
    imported: Imported | msgspec.UnsetType = msgspec.UNSET
    recycled: bool | msgspec.UnsetType = msgspec.UNSET
    coder: ReadBy | msgspec.UnsetType = msgspec.UNSET


class _Told(msgspec.Struct, frozen=True, kw_only=True):
    """The fields of the codebook, as an article or the book as a whole tells them."""

    id: str
    form: Form
    status: Status
    focus: Focus
    umbrella: bool
    date: EventDate
    place: EventPlace
    size: Size
    participants: tuple[str, ...]
    organisers: tuple[str, ...]
    targets: tuple[str, ...]
    claims: tuple[str, ...]
    response: Response
    harm: Harm


class ShownEvent(_Told, frozen=True, kw_only=True):
    """One protest event: a value for each field of the codebook, each with the records and decisions behind it."""

    records: tuple[ShownTelling, ...]
    claims_of_size: tuple[SizeClaim, ...]
    status_history: tuple[StatusChange, ...]
    support: dict[str, tuple[str, ...]]
    confidence: dict[str, float]
    revision: int


class ShownRecord(_Told, frozen=True, kw_only=True):
    """One protest event as one article tells it."""

    trigger: str
    quote: str
    spans: Spans
    confidence: dict[str, float]
    coder: ReadBy | msgspec.UnsetType = msgspec.UNSET


class ShownDecision(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What was judged of some records; `by` and `why` are for coders only. `final`: by an adjudicator's ruling.

    What a person found is shown to the public as the record that follows from it.
    """

    id: str
    kind: DecisionKind
    records: tuple[str, ...]
    at: dt.datetime
    field: str = ""
    value: Any = None
    by: str = ""
    why: str = ""
    article: str = ""
    final: bool = False


class Brief(msgspec.Struct, frozen=True, kw_only=True):
    """An event in a line."""

    id: str
    form: Form
    status: Status
    date: str
    place: str
    country: str
    low: int | None
    high: int | None


def shown_event(event: Event) -> ShownEvent:
    """Give what is shown of an event."""
    fields = {name: getattr(event, name) for name in ShownEvent.__struct_fields__ if name != "records"}
    return ShownEvent(records=tuple(map(_shown_telling, event.records)), **fields)


def _shown_telling(telling: Telling) -> ShownTelling:
    shown = ShownTelling(**{name: getattr(telling, name) for name in ShownTelling.__struct_fields__})
    if linkable(shown.url) != shown.url:
        shown = msgspec.structs.replace(shown, url="")
    closed = shown.imported and not shown.imported.republish
    return msgspec.structs.replace(shown, quote="", spans={}) if closed else shown


def withheld_records(event: Event) -> frozenset[str]:
    """Give the records of an event that are rows which may not be passed on."""
    closed = (one for one in event.records if one.imported and not one.imported.republish)
    return frozenset(one.record for one in closed)


def shown_quote(event: Event) -> str:
    """Give the first quote of an event that may be shown, empty where there is none."""
    closed = withheld_records(event)
    return next((one.quote for one in event.records if one.quote and one.record not in closed), "")


def shown_record(record: Record) -> ShownRecord:
    """Give what is shown of a record; of a row that may not be passed on nothing of its words."""
    shown = ShownRecord(**{name: getattr(record, name) for name in ShownRecord.__struct_fields__})
    if record.imported and not record.imported.republish:
        return msgspec.structs.replace(shown, quote="", trigger="", spans={})
    return shown


def shown_decision(decision: Decision, *, to_coder: bool) -> ShownDecision:
    """Give what is shown of a decision: to a coder who judged and why, to the public neither."""
    return ShownDecision(
        id=decision.id,
        kind=decision.kind,
        records=decision.records,
        at=decision.at,
        field=decision.field,
        value=decision.value if to_coder or decision.kind != "found" else None,
        by=decision.by if to_coder else "",
        why=decision.why if to_coder else "",
        article=decision.article,
        final=decision.final,
    )


def brief(event: Event) -> Brief:
    """Give an event in a line."""
    return Brief(
        id=event.id,
        form=event.form,
        status=event.status,
        date=event.date.edtf,
        place=event.place.name or event.place.text,
        country=event.place.country,
        low=event.size.low,
        high=event.size.high,
    )


def linkable(url: str) -> str:
    """Give a URL that a page may lead to; of another scheme, or none, nothing is given."""
    return url if url.lower().startswith(_LINKS) else ""
