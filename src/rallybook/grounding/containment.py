"""Names that stand right beside the town or the division which they lie in, or which lies in them.

"Perote, Veracruz" is not the city of Veracruz, and "Kettering's Fairmont" no town elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from rallybook.grounding.gazetteer import CompiledGazetteer
from rallybook.grounding.sites import as_site
from rallybook.model.distance import km_between
from rallybook.model.mention import Toponym
from rallybook.model.values import FINE, Place

# a list goes on behind the second name: "Xalapa, Veracruz and Puebla", "Xalapa, Veracruz, Puebla and Tlaxcala"
_LIST = re.compile(r"\s*(?:,\s*|,?\s*(?:and|&|or)\s+)[^\W\d_a-z]")

_OWNED = re.compile(r"['’]s\s")
# a town's own lies within this many km of it ("Moscow's Domodedovo Airport": 42); in the labelled articles three names
# of smaller towns that lie farther away are told so: they are a yard, a quarter and a school of the town before them
_TOWN_KM = 60.0


def with_owners(text: str, told: Sequence[Toponym]) -> Iterator[Toponym]:
    """Give names in their order; one that a town owns ("Kettering's Fairmont") is a spot in it, wherever it is told."""
    owned = {
        name.text: as_site(town.place)
        for town, name in pairwise(told)
        if town.place
        and name.place
        and _OWNED.fullmatch(text, town.end, name.start)
        and _far(town.place, name.place)
    }
    for name in told:
        spot = owned.get(name.text) if name.place else None
        yield msgspec.structs.replace(name, place=spot) if spot else name


def _far(town: Place, other: Place) -> bool:
    if town.precision != "city" or other.precision != "city" or other.population >= town.population:
        return False
    return km_between(town.lat, town.lon, other.lat, other.lon) > _TOWN_KM


def with_divisions(text: str, told: Sequence[Toponym], gazetteer: CompiledGazetteer) -> Iterator[Toponym]:
    """Give names in their order; one behind a comma that tells where the town before it lies is the division."""
    yield from told[:1]
    for town, name, follower in zip(told, told[1:], (*told[2:], None), strict=False):
        division = _division(town, name, gazetteer) if text[town.end : name.start] == ", " else None
        goes_on = _LIST.match(text, name.end) and not _is_country(text, name, follower)
        yield msgspec.structs.replace(name, place=division) if division and not goes_on else name


def _division(town: Toponym, name: Toponym, gazetteer: CompiledGazetteer) -> Place | None:
    """Give the first-level division of a town that bears the name told behind it; None where that is another place."""
    one, other = town.place, name.place
    if one is None or other is None or one.precision not in FINE or other.precision != "city":
        return None
    if not one.admin1 or (one.country, one.admin1) != (other.country, other.admin1):
        return None
    named = (place for place in gazetteer.named(name.text) if place.feature == "ADM1")
    return next((p for p in named if (p.country, p.admin1) == (one.country, one.admin1)), None)


def _is_country(text: str, name: Toponym, follower: Toponym | None) -> bool:
    """Tell whether a country stands right behind a name ("Perote, Veracruz, Mexico")."""
    if follower is None or follower.place is None or text[name.end : follower.start] != ", ":
        return False
    return follower.place.precision == "country"
