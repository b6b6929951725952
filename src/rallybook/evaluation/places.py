"""How near two places are, and when one is right."""

from __future__ import annotations

from rallybook.evaluation.labelled import Labelled, LabelledPlace
from rallybook.model.distance import distance_km
from rallybook.model.values import FINE

# a city and its suburbs
_SAME_KM = 25
# 100 miles, the usual measure of geoparsing ("accuracy at 161 km")
_NEAR_KM = 161


def likeness(gold: Labelled, predicted: Labelled) -> float:
    """Give 0 to 1: how near the predicted place is to the gold one, on the same level of exactness."""
    one, other = gold.site, predicted.site
    exact, other_exact = _precision(one), _precision(other)
    if "unknown" in (exact, other_exact):
        return 1.0 if exact == other_exact else 0.2
    if exact in FINE and other_exact in FINE:
        return _by_distance(distance_km(one, other), near=0.7, far=0.0)
    country = _country(one)
    if not country or country != _country(other):
        return 0.0
    if exact != other_exact:
        return 0.3
    return 1.0 if exact == "country" else _region(distance_km(one, other))


def right(gold: Labelled, predicted: Labelled) -> bool:
    """Tell whether the predicted place is the gold one, a site as good as its city."""
    exact, other_exact = _precision(gold.site), _precision(predicted.site)
    same_level = exact == other_exact or (exact in FINE and other_exact in FINE)
    return same_level and likeness(gold, predicted) >= 1.0


def _by_distance(km: float | None, *, near: float, far: float) -> float:
    if km is None:
        return far
    if km <= _SAME_KM:
        return 1.0
    return near if km <= _NEAR_KM else far


def _region(km: float | None) -> float:
    return 1.0 if km is not None and km <= _NEAR_KM else 0.3


def _precision(place: LabelledPlace) -> str:
    return place.precision or "unknown"


def _country(place: LabelledPlace) -> str:
    return (place.country or "").upper()
