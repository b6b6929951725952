"""How far apart two places are."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt
from typing import Protocol

# of latitude; of longitude at the equator
KM_A_DEGREE = 111.2
_EARTH_RADIUS_KM = 6371.0


class Point(Protocol):
    """What has a position in WGS 84 degrees, as far as it is known."""

    @property
    def lat(self) -> float | None:
        """The latitude."""
        ...

    @property
    def lon(self) -> float | None:
        """The longitude."""
        ...


def distance_km(one: Point, other: Point) -> float | None:
    """Give the great-circle distance, None where a coordinate is missing."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    return km_between(one.lat, one.lon, other.lat, other.lon)


def km_between(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Give the great-circle distance in kilometres of two points in WGS 84 degrees."""
    lat, lon, other_lat, other_lon = map(radians, (lat, lon, other_lat, other_lon))
    half = sin((other_lat - lat) / 2) ** 2 + cos(lat) * cos(other_lat) * sin((other_lon - lon) / 2) ** 2
    return _EARTH_RADIUS_KM * 2 * asin(min(1.0, sqrt(half)))
