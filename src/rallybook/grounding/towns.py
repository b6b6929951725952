"""From a point on the earth to the town that it belongs to."""

from __future__ import annotations

import math
from functools import lru_cache

from rallybook.grounding.gazetteer import CompiledGazetteer
from rallybook.model.distance import KM_A_DEGREE, km_between
from rallybook.model.post import Position
from rallybook.model.values import Place

# farther from any town than this, a point says no more than the country
_FAR_KM = 50.0
# a town with a hundred thousand people more or so reaches some kilometres; below that each is as good as the next
_CENTRE_KM, _LEAST_PEOPLE = 3.0, 1_000
# as finely as a town is known
_PLACES_OF_DEGREE = 2


def town_at(gazetteer: CompiledGazetteer, position: Position) -> Place | None:
    """Give the town that a point belongs to, near and large; None where none lies within 50 km."""
    return _town_at(gazetteer, round(position.lat, _PLACES_OF_DEGREE), round(position.lon, _PLACES_OF_DEGREE))


@lru_cache(maxsize=4_096)
def _town_at(gazetteer: CompiledGazetteer, lat: float, lon: float) -> Place | None:
    up = _FAR_KM / KM_A_DEGREE
    across = up / max(math.cos(math.radians(lat)), 0.05)
    towns = [
        place for place in gazetteer.box(lat - up, lat + up, lon - across, lon + across) if _is_town(place)
    ]
    near = [(km_between(lat, lon, town.lat, town.lon), town) for town in towns]
    pulls = [(_pull(town, km), town) for km, town in near if km <= _FAR_KM]
    return max(pulls, key=lambda found: found[0], default=(0.0, None))[1]


def _is_town(place: Place) -> bool:
    return place.precision == "city" and place.feature != "PPLX"


def _pull(town: Place, km: float) -> float:
    """Give how much a town claims a point; with the square of the way New York would have the middle of Newark."""
    return max(town.population, _LEAST_PEOPLE) / (km + _CENTRE_KM) ** 3
