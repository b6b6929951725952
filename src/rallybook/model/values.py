"""Grounded values: places, dates, counts."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec

from rallybook.model.edtf import bounds

Precision = Literal["site", "city", "region", "country", "unknown"]
# what is told to the city, and what is wider
FINE: tuple[Precision, ...] = ("site", "city")
WIDE: tuple[Precision, ...] = ("region", "country")


# gc=False: what holds nothing but text and numbers is in no cycle, and the collector need not look at it each time
class Place(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A place of the gazetteer, or one that inherits its position from a place of the gazetteer.

    `country` is ISO 3166-1 alpha-2 (empty for what lies in several), `lat` and `lon` are WGS 84 degrees.
    `precision` says what the name stands for: a named spot in a city (then name and position are the
    city's), a populated place, a region, a country. `admin1` is the GeoNames code of the first-level
    division, `population` the GeoNames figure (0 where it has none). `feature` is the kind of thing, in GeoNames
    codes as far as they go: PCLI country, ADM1, ADM2, PPL populated place, PPLC capital, PPLX quarter of a city,
    RGN macro-region, CONT continent, LMK landmark in a city.
    """

    name: str
    country: str
    lat: float
    lon: float
    precision: Precision
    geonameid: int | None = None
    admin1: str = ""
    population: int = 0
    feature: str = ""


class DateRange(msgspec.Struct, frozen=True):
    """A day, a stretch of days, or a part of a date, in EDTF level 1 (ISO 8601-2)."""

    edtf: str
    granularity: Literal["day", "week", "month", "season", "year", "interval", "partial"] = "day"

    @property
    def first(self) -> dt.date | None:
        """The first day, None where it is open or unknown."""
        span = bounds(self.edtf)
        return span[0] if span else None

    @property
    def last(self) -> dt.date | None:
        """The last day, None where it is open or unknown."""
        span = bounds(self.edtf)
        return span[1] if span else None


class Range(msgspec.Struct, frozen=True):
    """A count by its lowest and highest value; None where that side is open or the text is silent."""

    low: int | None = None
    high: int | None = None

    @property
    def known(self) -> bool:
        """Whether either side is told."""
        return self.low is not None or self.high is not None
