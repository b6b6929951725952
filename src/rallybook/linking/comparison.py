"""The comparison of two reports: a level in each respect, and for each level its match weight.

A match weight is the logarithm of a Bayes factor (Fellegi and Sunter 1969): by how much the level speaks for
one event (above 0) or for two (below). Their sum with the prior is the log odds that the two reports tell one
event.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.resources import files

import msgspec

from rallybook.linking import levels
from rallybook.linking.levels import UNTOLD
from rallybook.linking.profiles import Profile

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
    known = weights or bundled_weights()
    total = 0.0
    for name, level_of in COMPARISONS.items():
        level = level_of(one, other)
        if level != UNTOLD:
            total += known.levels.get(name, {}).get(level, 0.0)
    return known.prior + total
