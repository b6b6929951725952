"""What a report gives to be blocked and compared by, worked out once a report."""

from __future__ import annotations

import re

import msgspec

from rallybook.codebook.vocabulary import kind, vocabulary
from rallybook.linking.days import Days, days_of
from rallybook.linking.words import names, telling_words
from rallybook.model.event import Report
from rallybook.model.values import FINE, WIDE

# the act that answers another one
_COUNTER = re.compile(r"\bcounter[- ]?(?:protest|demonstrat|rall|march|picket|gather)", re.IGNORECASE)


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """A report with its days and words.

    `scale` says what it can be placed by: "fine" (a point in a city), "wide" (a country, or a region in it) or
    "nowhere". `lasting` tells whether it is of an act that goes on from day to day, `counter` whether it is of
    a counter-protest.
    """

    report: Report
    days: Days | None
    scale: str
    kind: str
    lasting: bool
    counter: bool
    actors: frozenset[str]
    aims: frozenset[str]
    quoted: frozenset[str]
    site: frozenset[str]
    theme: frozenset[str]
    names: frozenset[str]

    @property
    def id(self) -> str:
        """The record's id."""
        return self.report.record.id


def profile(report: Report) -> Profile:
    """Give what a report is blocked and compared by."""
    record = report.record
    place = telling_words((record.place.name,))
    actors = telling_words((*record.participants, *record.organisers))
    aims = telling_words((*record.claims, *record.targets))
    quoted = telling_words((record.quote, record.trigger)) - place
    return Profile(
        report=report,
        days=days_of(report),
        scale=_scale(report),
        kind=kind(record.form),
        lasting=record.form in vocabulary().lasting,
        counter=any(_COUNTER.search(words) for words in (record.trigger, *record.participants)),
        actors=actors - place,
        aims=aims - place,
        quoted=quoted,
        site=telling_words((record.place.text,)) - place,
        theme=(actors | aims | quoted) - place,
        names=names((record.quote, *(f"a {who}" for who in (*record.organisers, *record.participants))))
        - place,
    )


def _scale(report: Report) -> str:
    place = report.record.place
    if place.precision in FINE and place.lat is not None and place.lon is not None:
        return "fine"
    if place.country and place.precision in (*FINE, *WIDE):
        return "wide"
    return "nowhere"
