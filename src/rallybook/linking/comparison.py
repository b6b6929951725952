"""The comparison of two reports: a level in each respect, and for each level its match weight.

A match weight is the logarithm of a Bayes factor (Fellegi and Sunter 1969): by how much the level speaks for
one event (above 0) or for two (below). Their sum with the prior is the log odds that the two reports tell one
event.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.resources import files
from math import fsum

import msgspec

from rallybook.linking import levels
from rallybook.linking.levels import UNTOLD
from rallybook.linking.profiles import Profile, Traits
from rallybook.linking.rules import cannot_link

COMPARISONS: dict[str, Callable[[Profile, Profile], str]] = {
    "place": levels.place_level,
    "date": levels.date_level,
    "form": levels.form_level,
    "status": levels.status_level,
    "size": levels.size_level,
    "actors": lambda one, other: levels.shared_level(one.actors, other.actors),
    "aims": lambda one, other: levels.shared_level(one.aims, other.aims),
    "quote": lambda one, other: levels.shared_level(one.quoted, other.quoted),
    "names": lambda one, other: levels.shared_level(one.names, other.names),
    "theme": levels.theme_level,
    "response": levels.response_level,
    "focus": levels.focus_level,
    "publication": levels.publication_level,
    "umbrella": levels.umbrella_level,
}


# those by which pairs of a report's traits stand to each other
_BY_TRAITS = ("form", "status", "focus", "umbrella")


class Weights(msgspec.Struct, frozen=True):
    """The prior log odds that two compared reports are one event, and the weight of each level."""

    prior: float
    levels: dict[str, dict[str, float]]


@cache
def bundled_weights() -> Weights:
    """Give the weights that come with the package."""
    return msgspec.json.decode(
        files("rallybook.linking").joinpath("data/weights.json").read_bytes(), type=Weights
    )


def compared(one: Profile, other: Profile) -> dict[str, str]:
    """Give the level of each comparison in which both reports say something; the order of the two is of no account."""
    found = {name: level(one, other) for name, level in COMPARISONS.items()}
    return {name: level for name, level in found.items() if level != UNTOLD}


def match_weight(one: Profile, other: Profile, weights: Weights | None = None) -> float:
    """Give the log odds that two reports tell one event, the rules of `cannot_link` aside."""
    scorer = Scorer(weights) if weights else bundled_scorer()
    return scorer.weight(one, other, levels.place_level(one, other))


class Scorer:
    """Gives match weights by the comparisons above, for many pairs."""

    def __init__(self, weights: Weights) -> None:
        self._prior = weights.prior
        self._places = weights.levels.get("place", {})
        self._others = [
            (level_of, weights.levels.get(name, {}))
            for name, level_of in COMPARISONS.items()
            if name != "place" and name not in _BY_TRAITS
        ]
        self._traits = [(COMPARISONS[name], weights.levels.get(name, {})) for name in _BY_TRAITS]
        self._known: dict[tuple[Traits, Traits, bool, bool], float] = {}

    def compare(self, one: Profile, other: Profile) -> float | None:
        """Give the log odds that two reports tell one event, None where a rule bars it."""
        place = levels.place_level(one, other)
        return None if cannot_link(one, other, place) else self.weight(one, other, place)

    def weight(self, one: Profile, other: Profile, place: str) -> float:
        """Give the log odds that two reports tell one event; `place` is the level of their places."""
        total = self._prior + self._places.get(place, 0.0) + self._by_traits(one, other)
        for level_of, weight in self._others:
            total += weight.get(level_of(one, other), 0.0)
        return total

    def _by_traits(self, one: Profile, other: Profile) -> float:
        """Give the weight of what has few values; worked out once for each pair of these."""
        key = (one.traits, other.traits, levels.earlier(one, other), levels.earlier(other, one))
        known = self._known.get(key)
        if known is None:
            known = fsum(weight.get(level_of(one, other), 0.0) for level_of, weight in self._traits)
            self._known[key] = known
        return known


@cache
def bundled_scorer() -> Scorer:
    """Give what compares by the weights that come with the package."""
    return Scorer(bundled_weights())
