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


def known_weights(model: str, marks: Iterable[str]) -> list[float]:
    """Give the weights of the marks that a model knows."""
    return list(filter(None, map(models()[model].get, marks)))


def weights_by_label(model: str, labels: tuple[str, ...], marks: Sequence[str]) -> tuple[list[float], ...]:
    """Give the weights of the known ones of some marks for each label, where a model names them "label: mark"."""
    known = _by_label(model, labels)
    return tuple(list(filter(None, map(known[label].get, marks))) for label in labels)


@cache
def _by_label(model: str, labels: tuple[str, ...]) -> dict[str, Weights]:
    """Give the weights for each label apart: to spell out "label: mark" takes longer than to look it up."""
    found: dict[str, Weights] = {label: {} for label in labels}
    for name, weight in models()[model].items():
        label, _, mark = name.partition(": ")
        if label in found:
            found[label][mark] = weight
    return found


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
