"""Priors: how probable a place is before any context, in powers of ten of people."""

from __future__ import annotations

import math

from rallybook.grounding.gazetteer import fold
from rallybook.model.values import Place

_BASE = {"PCLI": 9.0, "CONT": 8.5, "RGN": 6.0, "LMK": 5.0, "ADM1": 6.0, "PPLX": 4.5}
_CAPITAL = 1.0
_US_STATE = 0.8
_OTHER_NAME = 0.7
# "Khenifra" is the town of that name, not the larger Kenitra, which the gazetteer knows under it, too
_NAMESAKE_THERE, _NAMESAKE_SIZE = 2.0, 10
# a second-level division without its kind ("Clark" for Clark County) is rarely meant
_BARE_DIVISION = 3.0
# "Mexico" and "Luxembourg" are the countries, however much the article tells of what lies in them
_SAME_NAME_AS_COUNTRY = 5.0
# Georgia, the state, has three times the people of the country
_LARGER_STATE = 1.0
_SAME_NAME_AS_CITY, _NAMESAKE_FROM = 3.0, 50_000
# their states and provinces are named as often as their cities
_STATES_FIRST = ("US", "CA")


def is_state(division: Place) -> bool:
    """Tell whether a division of the first level is named as often as the city of its name."""
    return division.feature == "ADM1" and division.country in _STATES_FIRST


def prior(place: Place, key: str, wanted: str = "") -> float:
    """Give how probable a place is before any context."""
    size = math.log10(place.population + 100)
    if place.feature == "ADM1":
        return _BASE["ADM1"] + (size - 6.0) * 0.4 + (_US_STATE if place.country == "US" else 0.0)
    if place.feature == "ADM2":
        bare = not wanted and len(fold(place.name)) > len(key)
        return size - 1.0 - (_BARE_DIVISION if bare else 0.0)
    if place.feature in _BASE:
        return _BASE[place.feature]
    score = size + (_CAPITAL if place.feature == "PPLC" else 0.0)
    return score if fold(place.name) == key else score - _OTHER_NAME


def priors(places: list[Place], key: str) -> list[float]:
    """Give the priors of all places of a bare name: the division around a city of its name steps back."""
    scores = [prior(place, key) for place in places]
    countries = {place.country for place in places if place.precision == "country"}
    for at, place in enumerate(places):
        if place.feature in ("ADM1", "ADM2") and _named_after_city(place, places, key):
            scores[at] -= _SAME_NAME_AS_CITY
        if place.precision == "country" and any(
            p.feature == "ADM1" and p.population > place.population for p in places
        ):
            scores[at] -= _LARGER_STATE
        if place.precision != "country" and place.country in countries:
            scores[at] -= _SAME_NAME_AS_COUNTRY
        if place.precision == "city" and _other_bears_it(place, places, key):
            scores[at] -= _NAMESAKE_THERE
    return scores


def _other_bears_it(city: Place, places: list[Place], key: str) -> bool:
    """Tell whether another city of the country, not much smaller, has for its own name what is another one of this."""
    return fold(city.name) != key and any(
        place.precision == "city"
        and place.country == city.country
        and fold(place.name) == key
        and place.population * _NAMESAKE_SIZE > city.population
        for place in places
    )


def _named_after_city(division: Place, places: list[Place], key: str) -> bool:
    """Tell whether a bare name means the city rather than the division around it ("Irkutsk")."""
    own = fold(division.name) == key
    for place in places:
        if place.country != division.country or place.precision != "city":
            continue
        if place.feature == "PPLC" and fold(place.name) == key:
            return True
        if is_state(division) or place.admin1 != division.admin1:
            continue
        # a district goes by its old name ("Belgaum") after its city was named anew
        own_city = fold(place.name) == key or division.feature == "ADM2"
        if place.population > _NAMESAKE_FROM and (own_city or not own):
            return True
    return False
