"""Support: how much the names of an article speak for countries, divisions and surroundings of a place."""

from __future__ import annotations

from collections import defaultdict

from rallybook.model.values import Place

_COUNTRY_WEIGHT, _DIVISION_WEIGHT, _NEAR_WEIGHT = 2.5, 2.5, 1.5
_HALF = 1.5
# a vote below this changes nothing
_LEAST_VOTE = 0.02
# a macro-region is as wide as this on each side of its centre
_REGION_DEGREES = 3
# votes that speak for one country, of three towns or so, and the share of them with which another one is named, too
_OTHER_COUNTRY, _HARDLY = 3.0, 0.25
# a landmark whose city is named is two powers of ten surer; the city counts as named with this vote
_LANDMARK_OF_CITY, _LANDMARK_BESIDE, _CITY_NAMED = 2.0, 1.5, 0.3


class Support:
    """How much the names of an article speak for countries, divisions, one-degree cells and cities."""

    def __init__(self) -> None:
        self.countries: dict[str, float] = defaultdict(float)
        self.divisions: dict[tuple[str, str], float] = defaultdict(float)
        self.cells: dict[tuple[int, int], float] = defaultdict(float)
        self.cities: dict[tuple[str, float, float], float] = defaultdict(float)
        self.spots: dict[tuple[str, float, float], float] = defaultdict(float)

    def add(self, place: Place, vote: float) -> None:
        """Count a vote for a place, and with it for what it lies in."""
        if vote < _LEAST_VOTE:
            return
        self.countries[place.country] += vote
        if place.precision == "country" or place.feature in ("RGN", "CONT"):
            return
        self.divisions[place.country, place.admin1] += vote
        if place.feature != "ADM1":
            self.cells[round(place.lat), round(place.lon)] += vote
        if place.feature == "LMK":
            self.spots[place.country, place.lat, place.lon] += vote
        elif place.feature not in ("ADM1", "ADM2"):
            self.cities[place.country, place.lat, place.lon] += vote

    def others(self, own: float) -> float:
        """Give the votes for countries of all names but one, whose own vote is `own`."""
        return max(0.0, sum(self.countries.values()) - own)

    def holds_city(self, place: Place) -> bool:
        """Tell whether the article names the city of this landmark."""
        return self.cities.get((place.country, place.lat, place.lon), 0.0) > _CITY_NAMED

    def holds_spot(self, place: Place, own: float) -> bool:
        """Tell whether the article names another landmark in the city of this one."""
        return self.spots.get((place.country, place.lat, place.lon), 0.0) - own > _CITY_NAMED

    def backing(self, place: Place, own: float) -> tuple[float, float]:
        """Give how far all but the place's own vote speak for its country and its division, from 0 to 1."""
        return (
            _saturate(self.countries.get(place.country, 0.0) - own),
            _saturate(self.divisions.get((place.country, place.admin1), 0.0) - own),
        )

    def foreign(self, place: Place, own: float) -> bool:
        """Tell whether all but the place's own vote speak for another country and hardly for its own."""
        own_country = self.countries.get(place.country, 0.0) - own
        most = max((v for code, v in self.countries.items() if code and code != place.country), default=0.0)
        return most >= _OTHER_COUNTRY and own_country < _HARDLY * most

    def context(self, place: Place, own: float) -> float:
        """Give the points that the other names of the article add to a place; `own` is the place's own vote."""
        country, division = self.backing(place, own)
        score = _COUNTRY_WEIGHT * country
        if place.precision == "country":
            return score
        if place.feature == "LMK" and self.holds_city(place):
            score += _LANDMARK_OF_CITY
        elif place.feature == "LMK" and self.holds_spot(place, own):
            score += _LANDMARK_BESIDE
        if place.feature == "RGN" and place.country:
            return score + _DIVISION_WEIGHT * _saturate(self._around(place, _REGION_DEGREES) - own)
        if place.feature in ("RGN", "CONT"):
            return score
        score += _DIVISION_WEIGHT * division
        if place.feature != "ADM1":
            score += _NEAR_WEIGHT * _saturate(self._around(place) - own)
        return score

    def _around(self, place: Place, degrees: int = 1) -> float:
        lat, lon = round(place.lat), round(place.lon)
        told, rows = self.cells.get, range(lat - degrees, lat + degrees + 1)
        columns = range(lon - degrees, lon + degrees + 1)
        # a generator takes half as long again, and this is asked of every candidate of every name
        return sum([told((row, column), 0.0) for row in rows for column in columns])


def within(place: Place, around: Place) -> bool:
    """Tell whether a place lies in a country or region, as far as codes and distances tell."""
    if around.precision not in ("country", "region") or place.precision == "country":
        return False
    if place.country != around.country or place == around:
        return False
    if around.feature == "PCLI":
        return True
    if around.feature == "ADM1" and around.admin1:
        return place.admin1 == around.admin1 and place.feature != "ADM1"
    if around.feature == "ADM2":
        near = abs(place.lat - around.lat) < 1.0 and abs(place.lon - around.lon) < 1.5
        return near and place.admin1 == around.admin1 and place.feature != "ADM2"
    return abs(place.lat - around.lat) + abs(place.lon - around.lon) < 12


def _saturate(votes: float) -> float:
    return votes / (votes + _HALF) if votes > 0 else 0.0
