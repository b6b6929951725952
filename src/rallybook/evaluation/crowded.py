"""Labelled stories moved into one city and one stretch of days, where place and day no longer tell events apart.

A corpus of some hundred articles has few events that meet in one city on one day; a capital has several every day.
Moving whole stories keeps the words of their writers and the truth.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from rallybook.linking.days import days_of
from rallybook.model.event import Report
from rallybook.model.record import EventPlace, Record
from rallybook.model.values import FINE

_PART = re.compile(r"\d{4}-\d{2}(?:-\d{2})?")
_TEXTS = ("trigger", "quote", "participants", "organisers", "targets", "claims")
Told = tuple[Report, str]


def stories(told: Iterable[Told]) -> list[list[Told]]:
    """Give the reports of each story ("lyon" of "lyon-bakers"), in the order of their names."""
    found: dict[str, list[Told]] = defaultdict(list)
    for report, event in told:
        found[event.split("-", maxsplit=1)[0]].append((report, event))
    return [found[name] for name in sorted(found)]


def crowded(told: Iterable[Told], *, within: int = 1) -> list[Told]:
    """Give all stories in the city of the first one, each starting on one of `within` neighbouring days in turn."""
    every = stories(told)
    home = _city(every[0])
    start = _start(every[0])
    return [
        (moved(report, home, start + dt.timedelta(days=n % within) - _start(story), _city(story)), event)
        for n, story in enumerate(every)
        for report, event in story
    ]


def collided(told: Iterable[Told]) -> list[list[Told]]:
    """Give each two stories that follow each other in the order of names as if they had met, some three times each."""
    every = stories(told)
    meetings = [(one, every[(n + step) % len(every)]) for n, one in enumerate(every) for step in (1, 2, 5)]
    return [crowded_pair(one, other) for one, other in meetings if one is not other]


def crowded_pair(one: Sequence[Told], other: Sequence[Told]) -> list[Told]:
    """Give a story, and another one moved to its city and its first day."""
    by = _start(one) - _start(other)
    return [*one, *((moved(report, _city(one), by, _city(other)), event) for report, event in other)]


def moved(report: Report, city: EventPlace, by: dt.timedelta, origin: EventPlace) -> Report:
    """Give a report with its days moved, and what it tells of the city of origin told of another one."""
    record = report.record
    texts: dict[str, Any] = {
        name: _renamed(getattr(record, name), origin.name, city.name) for name in _TEXTS if origin.name
    }
    date = msgspec.structs.replace(
        record.date, edtf=_PART.sub(lambda part: _shifted(part[0], by), record.date.edtf)
    )
    place = _placed(record, city)
    changed: Record = msgspec.structs.replace(record, date=date, place=place, **texts)
    published = report.published + by if report.published else None
    return msgspec.structs.replace(report, record=changed, published=published)


def _placed(record: Record, city: EventPlace) -> EventPlace:
    place = record.place
    if place.precision in FINE:
        return msgspec.structs.replace(city, text=place.text, precision=place.precision)
    return msgspec.structs.replace(place, country=city.country and place.country and city.country)


def _renamed(value: Any, old: str, new: str) -> Any:  # noqa: ANN401 - a text or several
    return (
        value.replace(old, new) if isinstance(value, str) else tuple(text.replace(old, new) for text in value)
    )


def _shifted(part: str, by: dt.timedelta) -> str:
    whole = len(part) == len("2021-02-14")
    day = dt.date.fromisoformat(part if whole else f"{part}-15") + by
    return day.isoformat() if whole else day.isoformat()[:7]


def _city(story: Sequence[Told]) -> EventPlace:
    return next((r.record.place for r, _ in story if r.record.place.precision in FINE), EventPlace())


def _start(story: Sequence[Told]) -> dt.date:
    days = [found.first for report, _ in story if (found := days_of(report)) and found.told]
    return sorted(days)[len(days) // 2]
