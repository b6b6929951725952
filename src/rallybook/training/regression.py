"""Logistic regression over named marks, for one yes-or-no question or one choice among several.

Fitted by L-BFGS with an L2 pull (scipy); convex, so that the same rows give the same weights.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from rallybook.coding.linear import Weights

Marks = Sequence[str]
Floats = NDArray[np.float64]


def fit_choice(
    groups: Sequence[Sequence[tuple[Marks, bool]]], *, pull: float = 1.0, rarest: int = 3
) -> Weights:
    """Give weights by which one of a group's members is chosen (conditional logit).

    A group lists its members' marks and whether each is right; where several are, any may be chosen.
    Groups without a right member, or with nothing else, teach nothing.
    """
    kept = [group for group in groups if any(y for _, y in group) and not all(y for _, y in group)]
    names, matrix = _matrix([marks for group in kept for marks, _ in group], rarest)
    right = np.array([y for group in kept for _, y in group], dtype=bool)
    ends = np.cumsum([len(group) for group in kept])
    starts = np.concatenate([[0], ends[:-1]])
    owner = np.repeat(np.arange(len(kept)), [len(group) for group in kept])

    def loss(w: Floats) -> tuple[float, Floats]:
        z = matrix @ w
        z = z - np.maximum.reduceat(z, starts)[owner]
        grown = np.exp(z)
        total = np.add.reduceat(grown, starts)
        good = np.add.reduceat(np.where(right, grown, 0.0), starts)
        value = float(np.sum(np.log(total) - np.log(np.maximum(good, 1e-300))) + 0.5 * pull * (w @ w))
        slope = grown / total[owner] - np.where(right, grown / np.maximum(good, 1e-300)[owner], 0.0)
        return value, matrix.T @ slope + pull * w

    return _fitted(names, loss, matrix.shape[1])


def fit_answer(
    rows: Sequence[tuple[Marks, bool]],
    *,
    pull: float = 1.0,
    rarest: int = 3,
    weigh: Sequence[float] | None = None,
) -> Weights:
    """Give weights whose sum is the log odds that the answer is yes."""
    names, matrix = _matrix([marks for marks, _ in rows], rarest)
    sign = np.array([1.0 if y else -1.0 for _, y in rows])
    importance = np.ones(len(rows)) if weigh is None else np.asarray(weigh, dtype=float)

    def loss(w: Floats) -> tuple[float, Floats]:
        margin = sign * (matrix @ w)
        value = float(np.sum(importance * np.logaddexp(0.0, -margin)) + 0.5 * pull * (w @ w))
        slope = -importance * sign / (1.0 + np.exp(np.clip(margin, -30, 30)))
        return value, matrix.T @ slope + pull * w

    return _fitted(names, loss, matrix.shape[1])


def _matrix(rows: Sequence[Marks], rarest: int) -> tuple[list[str], csr_matrix]:
    """Give the names of the marks that at least `rarest` rows bear, and the rows as a sparse matrix."""
    counts = Counter(mark for marks in rows for mark in set(marks))
    names = sorted(mark for mark, count in counts.items() if count >= rarest)
    number = {mark: n for n, mark in enumerate(names)}
    columns = [[number[mark] for mark in marks if mark in number] for marks in rows]
    ends = np.concatenate([[0], np.cumsum([len(row) for row in columns])])
    flat = np.array([n for row in columns for n in row], dtype=np.int32)
    return names, csr_matrix((np.ones(len(flat)), flat, ends), shape=(len(rows), len(names)))


def _fitted(names: list[str], loss: object, size: int) -> Weights:
    found = minimize(loss, np.zeros(size), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return {name: round(float(w), 3) for name, w in zip(names, found.x, strict=True) if abs(w) >= 0.005}
