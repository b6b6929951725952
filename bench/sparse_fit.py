"""Logistic regression over named marks that gives most of them no weight; needs numpy and scipy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

# of participants a pull of 1 keeps twice the marks for the same F1, one of 4 costs 0.01
PULL, RIDGE = 2.0, 0.1
SHOWN, FEWEST = 0.1, 4  # smaller weights, and marks that fewer articles hold, are left out
Row = tuple[Sequence[str], bool, str]


def fitted(rows: Sequence[Row], *, free: Collection[str] = ("bias",), pull: float = PULL) -> dict[str, float]:
    """Give the weights for rows of marks, the answer, and the article they are from.

    L-BFGS with a pull on the sum of the weights' sizes, the `free` ones aside. Each weight is the difference
    of two that are not negative, so that the pull has a slope everywhere.
    """
    names, matrix = _table(rows)
    sign = np.array([1.0 if y else -1.0 for _, y, _ in rows])
    pulls = np.array([0.0 if name in free else pull for name in names])
    count = len(names)

    def loss(halves: np.ndarray) -> tuple[float, np.ndarray]:
        weight = halves[:count] - halves[count:]
        margin = sign * (matrix @ weight)
        value = np.sum(np.logaddexp(0, -margin)) + 0.5 * RIDGE * (weight @ weight)
        slope = matrix.T @ (-sign / (1 + np.exp(np.clip(margin, -30, 30)))) + RIDGE * weight
        pulled = pulls @ (halves[:count] + halves[count:])
        return float(value + pulled), np.concatenate([slope + pulls, pulls - slope])

    start, bounds = np.zeros(2 * count), [(0, None)] * (2 * count)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 150}).x
    weight = found[:count] - found[count:]
    return {name: round(float(w), 2) for name, w in zip(names, weight, strict=True) if abs(w) >= SHOWN}


def quoted(mark: str) -> str:
    """Give a mark as a key of a YAML file."""
    return "'" + mark.replace("'", "''") + "'"


def _table(rows: Sequence[Row]) -> tuple[list[str], csr_matrix]:
    """Give the marks that enough articles hold, and which of them each row bears."""
    spread = Counter(mark for _, mark in {(article, mark) for marks, _, article in rows for mark in marks})
    names = sorted(mark for mark, articles in spread.items() if articles >= FEWEST)
    number = {mark: n for n, mark in enumerate(names)}
    borne = [sorted({number[m] for m in marks if m in number}) for marks, _, _ in rows]
    ends = np.cumsum([0, *map(len, borne)])
    flat = np.array([n for row in borne for n in row], dtype=np.int32)
    return names, csr_matrix((np.ones(len(flat)), flat, ends), shape=(len(borne), len(names)))
