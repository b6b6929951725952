"""What a person read in an article as a whole: its events by the codebook, each with the words that prove it."""

from __future__ import annotations

import datetime as dt
import hashlib

import msgspec

from rallybook.model.record import Record


class Coding(msgspec.Struct, frozen=True, kw_only=True):
    """All events that a person read in an article; none: it tells no protest.

    `text` is the hash of the text that was read, by which a coding of an older version is known. `blind`: the person
    saw neither what the machine read in it nor what others judged of that. A record that the person began with keeps
    its id; what the person found alone has an id of its own.
    """

    text: str
    events: tuple[Record, ...] = ()
    blind: bool = False


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """An event that a person found in an article where the machine had read none.

    `text` is the hash of the text that was read. The id of `record` follows from the article and from what is told, so
    that finding the same again finds the same record.
    """

    text: str
    record: Record


def found_in(article: str, text: str, told: Record) -> Found:
    """Give what a person read in an article as what was found there."""
    bare = msgspec.structs.replace(told, id="", spans={}, confidence={}, coder=msgspec.UNSET)
    facts = b"\x1f".join((b"found", msgspec.json.encode(article), msgspec.json.encode(bare)))
    identity = hashlib.sha256(facts).hexdigest()[:16]
    sure = {name: 1.0 for name, known in _told(told).items() if known}
    record = msgspec.structs.replace(told, id=identity, confidence=sure, coder="people")
    return Found(text=text, record=record)


def _told(record: Record) -> dict[str, bool]:
    """Tell which of the values that have a confidence a record tells."""
    size = record.size
    return {
        "record": True,
        "form": True,
        "status": True,
        "date": bool(record.date.edtf),
        "place": record.place.precision != "unknown",
        "size": size.low is not None or size.high is not None,
    }


class Coded(msgspec.Struct, frozen=True, kw_only=True):
    """A coding with who made it and when; `decision` is the id of the decision that holds it."""

    decision: str
    article: str
    by: str
    at: dt.datetime
    coding: Coding
    final: bool = False
