"""What a person read in an article as a whole: its events by the codebook, each with the words that prove it."""

from __future__ import annotations

import datetime as dt

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


class Coded(msgspec.Struct, frozen=True, kw_only=True):
    """A coding with who made it and when; `decision` is the id of the decision that holds it."""

    decision: str
    article: str
    by: str
    at: dt.datetime
    coding: Coding
    final: bool = False
