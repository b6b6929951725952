"""What a column of an event can hold: values by the names that the layouts use."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import NamedTuple

from rallybook.codebook.countries import Country, countries
from rallybook.model.edtf import bounds
from rallybook.model.event import Event, Telling
from rallybook.model.values import Range
from rallybook.publishing.table import Cell
from rallybook.publishing.wording import number

_QUALIFIERS = "?~%"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])", re.ASCII)
_MIDDLE_OF_A_MONTH = "15"


class _Start(NamedTuple):
    """The day on which an event begins, as far as its date says, how exactly it says so, and a day to stand for it."""

    day: str = ""
    precision: str = ""
    reference: str = ""


def _country(event: Event) -> Country:
    return countries().get(event.place.country, Country())


@lru_cache(maxsize=4096)
def _start(edtf: str) -> _Start:
    """Give the first day: "day" where it is told, "about" where it is marked as uncertain, "month" where only that is.

    The days of one whole month ("2014-01-01/2014-01-31") say no more than its name.
    """
    first, interval, _ = edtf.partition("/")
    plain = first.rstrip(_QUALIFIERS)
    month = plain[:7]
    if _MONTH.fullmatch(month) and (edtf == month or (interval and bounds(edtf) == bounds(month))):
        return _Start("", "month", f"{month}-{_MIDDLE_OF_A_MONTH}")
    if _DAY.fullmatch(plain) and bounds(plain):
        return _Start(plain, "day" if plain == first else "about", plain)
    return _Start()


@lru_cache(maxsize=4096)
def _year(edtf: str) -> int | None:
    """Give the year in which an event begins, None where the date leaves that open."""
    first, last = bounds(edtf) or (None, None)
    if first is None:
        return None
    within = _start(edtf).precision or (last and first.year == last.year)
    return first.year if within else None


def _mean(low: int | None, high: int | None) -> float | None:
    return None if low is None or high is None else (low + high) / 2


def _words(count: Range) -> str:
    """Word a range of counts without marks between the digits: "30", "at least 30", "up to 30", "24-99"."""
    if count.low is not None and count.high is None:
        return f"at least {count.low}"
    return number(count.low, count.high).replace(",", "").replace("–", "-")


def _any(count: Range, told: bool = False) -> int | None:
    """Give 1 where there was at least one, 0 where there was none, None where that is not told."""
    if told or (count.low or 0) > 0:
        return 1
    return 0 if count.high == 0 else None


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, words)))


def _open(telling: Telling) -> bool:
    """Tell whether the words of a report may be handed on: not those of a row whose terms forbid it."""
    return not telling.imported or telling.imported.republish


def _degrees(value: float | None) -> float | None:
    # a person may have given a whole number
    return None if value is None else float(value)


def _first_published(event: Event) -> str:
    days = [telling.published for telling in event.records if telling.published]
    return min(days).isoformat() if days else ""


VALUES: dict[str, Callable[[Event], Cell]] = {
    "id": lambda e: e.id,
    "revision": lambda e: e.revision,
    "form": lambda e: e.form,
    "status": lambda e: e.status,
    "focus": lambda e: e.focus,
    "umbrella": lambda e: e.umbrella,
    "date": lambda e: e.date.edtf,
    "first_day": lambda e: _start(e.date.edtf).day,
    "reference_day": lambda e: _start(e.date.edtf).reference,
    "day_precision": lambda e: _start(e.date.edtf).precision,
    "year": lambda e: _year(e.date.edtf),
    "place": lambda e: e.place.name,
    "place_text": lambda e: e.place.text,
    "country": lambda e: e.place.country,
    "country_name": lambda e: _country(e).name,
    "country_alpha3": lambda e: _country(e).alpha3,
    "country_numeric": lambda e: _country(e).numeric,
    "lat": lambda e: _degrees(e.place.lat),
    "lon": lambda e: _degrees(e.place.lon),
    "precision": lambda e: e.place.precision,
    "size_low": lambda e: e.size.low,
    "size_high": lambda e: e.size.high,
    "size_mean": lambda e: _mean(e.size.low, e.size.high),
    "size_text": lambda e: e.size.text,
    "participants": lambda e: e.participants,
    "organisers": lambda e: e.organisers,
    "actors": lambda e: _once((*e.organisers, *e.participants)),
    "targets": lambda e: e.targets,
    "claims": lambda e: e.claims,
    "response": lambda e: e.response.actions,
    "arrests_low": lambda e: e.response.arrests.low,
    "arrests_high": lambda e: e.response.arrests.high,
    "arrests": lambda e: _words(e.response.arrests),
    "arrests_any": lambda e: _any(e.response.arrests, "arrests" in e.response.actions),
    "injured_low": lambda e: e.harm.injured.low,
    "injured_high": lambda e: e.harm.injured.high,
    "killed_low": lambda e: e.harm.killed.low,
    "killed_high": lambda e: e.harm.killed.high,
    "harmed": lambda e: any(count.known and count.high != 0 for count in (e.harm.injured, e.harm.killed)),
    "articles": lambda e: _once(t.article for t in e.records),
    "sources": lambda e: _once(t.source for t in e.records),
    "links": lambda e: _once(t.url or t.source for t in e.records),
    "first_published": _first_published,
    "quote": lambda e: next((t.quote for t in e.records if t.quote and _open(t)), ""),
    "tables": lambda e: _once(t.imported.table for t in e.records if t.imported),
    "confidence": lambda e: e.confidence.get("record"),
}
