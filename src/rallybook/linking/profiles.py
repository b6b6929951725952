"""What a report gives to be blocked and compared by, worked out once a report."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from rallybook.codebook.vocabulary import kind, vocabulary
from rallybook.linking.days import Days, days_of
from rallybook.linking.keys import Fit, keys_of
from rallybook.linking.words import names, telling_words
from rallybook.model.event import Report
from rallybook.model.record import Focus, Form, Size, Status
from rallybook.model.values import FINE, WIDE

# the act that answers another one
_COUNTER = re.compile(r"\bcounter[- ]?(?:protest|demonstrat|rall|march|picket|gather)", re.IGNORECASE)


# profiles that are kept for when their reports come again: those of the days that a round of linking works on; some
# 4 kB each
_KEPT = 32_768


class Traits(NamedTuple):
    """What a report is in respects of which each has few values, so that pairs of them come again and again."""

    form: Form
    status: Status
    focus: Focus
    umbrella: bool


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """A report with its days and words, and the keys by which it is found.

    `scale` says what it can be placed by: "fine" (a point in a city), "wide" (a country, or a region in it) or
    "nowhere". `lasting` tells whether it is of an act that goes on from day to day, `counter` whether it is of
    a counter-protest. `span` (of the days)
    and `published` are numbers of days, `size` is the ends of the head count.
    """

    report: Report
    id: str
    traits: Traits
    keys: Mapping[str, Fit]
    days: Days | None
    span: tuple[int, int]
    published: int | None
    scale: str
    size: tuple[int, int] | None
    kind: str
    lasting: bool
    counter: bool
    actors: frozenset[str]
    aims: frozenset[str]
    quoted: frozenset[str]
    site: frozenset[str]
    theme: frozenset[str]
    names: frozenset[str]
    response: frozenset[str]


_known: dict[bytes, Profile] = {}


def profile(report: Report) -> Profile:
    """Give what a report is blocked and compared by."""
    # by all that it says: an id may come back with other words
    key = msgspec.json.encode(report)
    found = _known.get(key)
    if found is None:
        if len(_known) >= _KEPT:
            _known.clear()
        found = _known[key] = _profile(report)
    return found


def _profile(report: Report) -> Profile:
    record = report.record
    days, scale = days_of(report), _scale(report)
    alike, lasting = kind(record.form), record.form in vocabulary().lasting
    place = telling_words((record.place.name,))
    actors = telling_words((*record.participants, *record.organisers))
    aims = telling_words((*record.claims, *record.targets))
    quoted = telling_words((record.quote, record.trigger)) - place
    return Profile(
        report=report,
        id=record.id,
        traits=Traits(record.form, record.status, record.focus, record.umbrella),
        keys=keys_of(record, scale=scale, kind=alike, days=days, lasting=lasting),
        days=days,
        span=(days.first.toordinal(), days.last.toordinal()) if days else (0, 0),
        published=report.published.toordinal() if report.published else None,
        scale=scale,
        size=_ends(record.size),
        kind=alike,
        lasting=lasting,
        counter=any(_COUNTER.search(words) for words in (record.trigger, *record.participants)),
        actors=actors - place,
        aims=aims - place,
        quoted=quoted,
        site=telling_words((record.place.text,)) - place,
        theme=(actors | aims | quoted) - place,
        names=names((record.quote, *(f"a {who}" for who in (*record.organisers, *record.participants))))
        - place,
        response=frozenset(record.response.actions),
    )


def _ends(size: Size) -> tuple[int, int] | None:
    """Give the ends of a head count, None where none is told."""
    if size.low is None and size.high is None:
        return None
    # "more than 100" is seldom more than twice that
    low = size.low if size.low is not None else (size.high or 0) // 2
    return low, size.high if size.high is not None else 2 * low


def _scale(report: Report) -> str:
    place = report.record.place
    if place.precision in FINE and place.lat is not None and place.lon is not None:
        return "fine"
    if place.country and place.precision in (*FINE, *WIDE):
        return "wide"
    return "nowhere"
