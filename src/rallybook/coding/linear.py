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
    return [weight for weight in map(models()[model].get, marks) if weight]


def weighed_by_label(model: str, labels: tuple[str, ...], marks: Iterable[str]) -> tuple[list[float], ...]:
    """Give the weights of some marks for each of several labels, where a model knows them as "label: mark"."""
    known = _by_mark(model, labels)
    rows = [row for row in map(known.get, marks) if row is not None]
    return tuple([row[number] for row in rows] for number in range(len(labels)))


@cache
def _by_mark(model: str, labels: tuple[str, ...]) -> dict[str, tuple[float, ...]]:
    """Give the weights of a mark for all labels at once: to spell out "label: mark" takes longer than to look it up."""
    weights = models()[model]
    named = (name.partition(": ") for name in weights)
    marks = dict.fromkeys(mark for label, _, mark in named if label in labels)
    return {mark: tuple(weights.get(f"{label}: {mark}", 0.0) for label in labels) for mark in marks}


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
