"""Events as features of a map layer, with flat properties: what OGC API – Features hands to QGIS, R and Python."""

from __future__ import annotations

from typing import Literal

import msgspec

from rallybook.model.edtf import bounds
from rallybook.model.event import Event
from rallybook.model.record import Focus, Form, ResponseAction, Status
from rallybook.model.values import FINE, Precision
from rallybook.server.shown import linkable, shown_quote

_ON_A_MAP = (*FINE, "region")


class Point(msgspec.Struct, frozen=True, tag_field="type", tag="Point"):
    """A point in WGS 84 degrees, longitude first."""

    coordinates: tuple[float, float]


class Properties(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of an event, in flat columns; days are the first and the last one of `date`, which is EDTF."""

    revision: int
    form: Form
    status: Status
    focus: Focus
    umbrella: bool
    date: str
    first_day: str | None
    last_day: str | None
    place: str
    place_text: str
    country: str
    precision: Precision
    size_low: int | None
    size_high: int | None
    participants: tuple[str, ...]
    organisers: tuple[str, ...]
    targets: tuple[str, ...]
    claims: tuple[str, ...]
    response: tuple[ResponseAction, ...]
    arrests_low: int | None
    arrests_high: int | None
    injured_low: int | None
    injured_high: int | None
    killed_low: int | None
    killed_high: int | None
    sources: tuple[str, ...]
    urls: tuple[str, ...]
    quote: str
    confidence: float | None


class Feature(msgspec.Struct, frozen=True, kw_only=True):
    """An event as a feature; without a geometry where its place is known to a country only, or not at all."""

    type: Literal["Feature"] = "Feature"
    id: str
    geometry: Point | None
    properties: Properties


def feature(event: Event) -> Feature:
    """Give an event as a feature."""
    return Feature(id=event.id, geometry=_geometry(event), properties=_properties(event))


def first_day(event: Event) -> str | None:
    """Give the first day of an event in ISO 8601, None where it has none."""
    span = bounds(event.date.edtf)
    return span[0].isoformat() if span and span[0] else None


def _geometry(event: Event) -> Point | None:
    place = event.place
    if place.lat is None or place.lon is None or place.precision not in _ON_A_MAP:
        return None
    return Point((float(place.lon), float(place.lat)))


def _properties(event: Event) -> Properties:
    span = bounds(event.date.edtf) or (None, None)
    tellings = event.records
    return Properties(
        revision=event.revision,
        form=event.form,
        status=event.status,
        focus=event.focus,
        umbrella=event.umbrella,
        date=event.date.edtf,
        first_day=first_day(event),
        last_day=span[1].isoformat() if span[1] else None,
        place=event.place.name,
        place_text=event.place.text,
        country=event.place.country,
        precision=event.place.precision,
        size_low=event.size.low,
        size_high=event.size.high,
        participants=event.participants,
        organisers=event.organisers,
        targets=event.targets,
        claims=event.claims,
        response=event.response.actions,
        arrests_low=event.response.arrests.low,
        arrests_high=event.response.arrests.high,
        injured_low=event.harm.injured.low,
        injured_high=event.harm.injured.high,
        killed_low=event.harm.killed.low,
        killed_high=event.harm.killed.high,
        sources=tuple(dict.fromkeys(telling.source for telling in tellings if telling.source)),
        urls=tuple(dict.fromkeys(url for telling in tellings if (url := linkable(telling.url)))),
        quote=shown_quote(event),
        confidence=event.confidence.get("record"),
    )
