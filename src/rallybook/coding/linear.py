"""Linear models over named marks; their weights are data, fitted by the training room."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

import msgspec

Weights = dict[str, float]


@cache
def models() -> dict[str, Weights]:
    """Give the weights of all models by their names."""
    data = files("rallybook.coding").joinpath("data/weights.json").read_bytes()
    return msgspec.json.decode(data, type=dict[str, Weights])


def score(model: str, marks: Iterable[str]) -> float:
    """Give the sum of the weights of some marks: log odds for a yes-or-no model."""
    return weighed(models()[model], marks)


def weighed(weights: Weights, marks: Iterable[str]) -> float:
    """Give the sum of the weights of some marks, of which unknown ones weigh nothing."""
    return sum(filter(None, map(weights.get, marks)))


def probability(log_odds: float) -> float:
    """Give the probability for log odds."""
    return 1.0 / (1.0 + math.exp(-max(min(log_odds, 30.0), -30.0)))


def shares(scores: Sequence[float]) -> tuple[float, ...]:
    """Give the probability of each of several choices of which one is right (softmax)."""
    if not scores:
        return ()
    top = max(scores)
    grown = [math.exp(score - top) for score in scores]
    return tuple(value / sum(grown) for value in grown)
