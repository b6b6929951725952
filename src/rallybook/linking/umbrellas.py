"""Which events are parts of an action as a whole: the marches in cities of a national day of protest."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from rallybook.codebook.vocabulary import kind
from rallybook.linking.days import Days, gap
from rallybook.linking.levels import REGION_KM
from rallybook.linking.words import telling_words
from rallybook.model.distance import distance_km
from rallybook.model.edtf import bounds
from rallybook.model.event import Event
from rallybook.model.values import FINE


class Kin(NamedTuple):
    """The parts of an umbrella event, and the umbrella events that an event is a part of."""

    parts: tuple[Event, ...]
    wholes: tuple[Event, ...]


def kin(event: Event, told_with: Iterable[Event]) -> Kin:
    """Give the parts and the wholes of an event, of those that are told in an article with it.

    A part is in a city, in the country (or region) of its umbrella event and on its days, and of its kind or of the
    same people or aims. An event that is no umbrella has no parts.
    """
    beside = tuple(told_with)
    return Kin(
        parts=tuple(part for part in beside if _holds(event, part)),
        wholes=tuple(whole for whole in beside if _holds(whole, event)),
    )


def _holds(whole: Event, part: Event) -> bool:
    return (
        whole.umbrella
        and not part.umbrella
        and part.place.precision in FINE
        and _around(whole, part)
        and _together(whole, part)
        and (kind(whole.form) == kind(part.form) or bool(_words(whole) & _words(part)))
    )


def _around(whole: Event, part: Event) -> bool:
    # an action over many countries has none
    if whole.place.country and whole.place.country != part.place.country:
        return False
    km = distance_km(whole.place, part.place)
    return whole.place.precision != "region" or km is None or km <= REGION_KM


def _together(whole: Event, part: Event) -> bool:
    one, other = _days(whole), _days(part)
    return one is not None and other is not None and gap(one, other) <= 0


def _days(event: Event) -> Days | None:
    span = bounds(event.date.edtf)
    if span is None or (span[0] is None and span[1] is None):
        return None
    # an open end holds the one day that is told
    first, last = span[0] or span[1], span[1] or span[0]
    return Days(first, last) if first and last else None


def _words(event: Event) -> frozenset[str]:
    return telling_words((*event.participants, *event.organisers, *event.claims, *event.targets))
