"""Points and timelines of a book's events, made from the events themselves."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any, Literal

from rallybook.model.edtf import bounds
from rallybook.model.event import Event
from rallybook.model.question import Question
from rallybook.ports import Book

By = Literal["day", "week", "month"]
_CELL_DEGREES = 1.0


def points(book: Book, asked: Question, *, most: int) -> dict[str, Any]:
    """Give the points of events by column, or counts of cells of a degree where there are more than `most`."""
    held: dict[str, list[Any]] = {name: [] for name in _COLUMNS}
    cells: Counter[tuple[float, float]] = Counter()
    told: Counter[str] = Counter()
    for event in book.events(asked):
        told["total"] += 1
        day = first_day(event)
        told["undated"] += day is None
        place = event.place
        if place.lat is None or place.lon is None or place.precision == "unknown":
            told["unplaced"] += 1
            continue
        if place.precision == "country":
            told["country_only"] += 1
            continue
        cells[place.lon // _CELL_DEGREES + 0.5, place.lat // _CELL_DEGREES + 0.5] += 1
        if len(held["id"]) <= most:
            for name, value in zip(_COLUMNS, _row(event, day), strict=True):
                held[name].append(value)
    counted = {name: told[name] for name in ("total", "unplaced", "country_only", "undated")}
    if len(held["id"]) <= most:
        return counted | {"points": held}
    lon, lat = zip(*cells, strict=True)
    return counted | {"cells": {"lon": lon, "lat": lat, "count": list(cells.values())}}


def timeline(book: Book, asked: Question, *, by: By) -> dict[str, Any]:
    """Give the first days of the bins that have events, and for each form how many begin in each."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for event in book.events(asked):
        if day := first_day(event):
            counts[event.form][_bin(day, by)] += 1
    bins = sorted({start for form in counts.values() for start in form})
    return {
        "bins": bins,
        "counts": {form: [of[start] for start in bins] for form, of in sorted(counts.items())},
    }


def first_day(event: Event) -> str | None:
    """Give the first day of an event, None where it has none."""
    span = bounds(event.date.edtf)
    return span[0].isoformat() if span and span[0] else None


_COLUMNS = ("id", "lon", "lat", "precision", "day", "form", "status", "low", "high")


def _row(event: Event, day: str | None) -> Iterator[Any]:
    place, size = event.place, event.size
    yield from (
        event.id,
        place.lon,
        place.lat,
        place.precision,
        day,
        event.form,
        event.status,
        size.low,
        size.high,
    )


def _bin(day: str, by: By) -> str:
    if by == "day":
        return day
    if by == "month":
        return f"{day[:7]}-01"
    date = dt.date.fromisoformat(day)
    return (date - dt.timedelta(days=date.weekday())).isoformat()
