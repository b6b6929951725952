"""What our own towns lack and the places around them tell: the division they lie in, and how large a seat of one is."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator

from inputs import Entity

from rallybook.grounding.gazetteer import fold

_TOWNS = ("PPL", "PPLX")
# a town further than this from every town of its country has no division told
_NEAR = 60.0  # km
_DEGREE = 111.2  # km
# a seat has a twentieth of the people of its division, and no fewer than this
_SHARE, _LEAST = 20, 5_000


def placed(ours: Iterable[Entity], cities: list[Entity], divisions: list[Entity]) -> Iterator[Entity]:
    """Give our places; towns with the division of the nearest town, a seat of one with some of its people."""
    cells: dict[tuple[str, int, int], list[Entity]] = defaultdict(list)
    for city in cities:
        cells[city.country, math.floor(city.lat), math.floor(city.lon)].append(city)
    named: dict[tuple[str, str], list[Entity]] = defaultdict(list)
    for division in divisions:
        named[division.country, fold(division.name)].append(division)
    for one in ours:
        yield _placed(one, cells, named) if one.feature in _TOWNS else one


def _placed(
    town: Entity, cells: dict[tuple[str, int, int], list[Entity]], named: dict[tuple[str, str], list[Entity]]
) -> Entity:
    row, column = math.floor(town.lat), math.floor(town.lon)
    around = (
        city
        for at in (row - 1, row, row + 1)
        for side in (column - 1, column, column + 1)
        for city in cells.get((town.country, at, side), ())
    )
    nearest = min(((_km(town, city), city.admin1) for city in around), default=(_NEAR, ""))
    admin1 = town.admin1 or (nearest[1] if nearest[0] < _NEAR else "")
    seat_of = (d for d in named.get((town.country, fold(town.name)), ()) if _km(town, d) < _NEAR)
    people = max((max(d.population // _SHARE, _LEAST) for d in seat_of), default=0)
    return town._replace(admin1=admin1, population=town.population or people)


def _km(one: Entity, other: Entity) -> float:
    """Give how far apart two places are, near enough for some dozen kilometres."""
    east = (one.lon - other.lon) * math.cos(math.radians(one.lat))
    return _DEGREE * math.hypot(one.lat - other.lat, east)
