"""Logistic regression over named marks, for one yes-or-no question or one choice among several.

Fitted by L-BFGS with an L2 pull (scipy); convex, so that the same rows give the same weights.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from rallybook.coding.linear import Weights

Marks = Sequence[str]
Floats = NDArray[np.float64]
UNTAUGHT: Weights = {}  # weights before any were fitted
_RIDGE, _SHOWN = 0.1, 0.1  # of the sparse fit: a small pull to the middle, and the least weight that is kept


def fit_choice(
    groups: Sequence[Sequence[tuple[Marks, bool]]],
    *,
    pull: float = 1.0,
    rarest: int = 3,
    before: Weights = UNTAUGHT,
    held: float = 1.0,
) -> Weights:
    """Give weights by which one of a group's members is chosen (conditional logit).

    A group lists its members' marks and whether each is right; where several are, any may be chosen.
    Groups without a right member, or with nothing else, teach nothing. `before` are weights fitted on other groups, to
    which the pull of these marks goes, `held` times as strong as that of new ones.
    """
    kept = [group for group in groups if any(y for _, y in group) and not all(y for _, y in group)]
    names, matrix = _matrix([marks for group in kept for marks, _ in group], rarest, before)
    middle = np.array([before.get(name, 0.0) for name in names])
    pulls = np.array([pull * held if name in before else pull for name in names])
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
        moved = w - middle
        value = float(np.sum(np.log(total) - np.log(np.maximum(good, 1e-300))) + 0.5 * pulls @ moved**2)
        slope = grown / total[owner] - np.where(right, grown / np.maximum(good, 1e-300)[owner], 0.0)
        return value, matrix.T @ slope + pulls * moved

    return _fitted(names, loss, middle)


def fit_answer(
    rows: Sequence[tuple[Marks, bool]],
    *,
    pull: float = 1.0,
    rarest: int = 3,
    weigh: Sequence[float] | None = None,
    before: Weights = UNTAUGHT,
) -> Weights:
    """Give weights whose sum is the log odds that the answer is yes.

    `weigh` tells how much each row counts; `before` are weights fitted on other rows, to which the pull goes.
    """
    names, matrix = _matrix([marks for marks, _ in rows], rarest, before)
    middle = np.array([before.get(name, 0.0) for name in names])
    sign = np.array([1.0 if y else -1.0 for _, y in rows])
    importance = np.ones(len(rows)) if weigh is None else np.asarray(weigh, dtype=float)

    def loss(w: Floats) -> tuple[float, Floats]:
        margin, moved = sign * (matrix @ w), w - middle
        value = float(np.sum(importance * np.logaddexp(0.0, -margin)) + 0.5 * pull * (moved @ moved))
        slope = -importance * sign / (1.0 + np.exp(np.clip(margin, -30, 30)))
        return value, matrix.T @ slope + pull * moved

    return _fitted(names, loss, middle)


def fit_scale(odds: Floats, right: Sequence[bool]) -> tuple[float, float]:
    """Give the scale and the shift of log odds with which they are the probabilities of being right (Platt 1999)."""
    sign = np.where(right, 1.0, -1.0)

    def loss(w: Floats) -> float:
        return float(np.logaddexp(0.0, -sign * (w[0] * odds + w[1])).sum())

    slope, middle = minimize(loss, np.array([1.0, 0.0])).x
    return float(slope), float(middle)


def _matrix(rows: Sequence[Marks], rarest: int, before: Weights = UNTAUGHT) -> tuple[list[str], csr_matrix]:
    """Give the names of the marks that at least `rarest` rows bear or that have a weight, and the rows as a matrix."""
    counts = Counter(mark for marks in rows for mark in set(marks))
    names = sorted({mark for mark, count in counts.items() if count >= rarest} | set(before))
    number = {mark: n for n, mark in enumerate(names)}
    columns = [[number[mark] for mark in marks if mark in number] for marks in rows]
    ends = np.concatenate([[0], np.cumsum([len(row) for row in columns])])
    flat = np.array([n for row in columns for n in row], dtype=np.int32)
    return names, csr_matrix((np.ones(len(flat)), flat, ends), shape=(len(rows), len(names)))


def _fitted(names: list[str], loss: object, start: Floats) -> Weights:
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return {name: round(float(w), 3) for name, w in zip(names, found.x, strict=True) if abs(w) >= 0.005}


class Table:
    """Rows of marks, each with its answer and its article, made ready to be fitted in parts."""

    def __init__(self, rows: Iterable[tuple[Marks, bool, str]]) -> None:
        """Take the rows."""
        numbers: dict[str, int] = {}
        articles: dict[str, int] = {}
        flat, ends, answers, owners = array("i"), array("q", [0]), bytearray(), array("i")
        for marks, answer, article in rows:
            flat.extend(numbers.setdefault(mark, len(numbers)) for mark in set(marks))
            ends.append(len(flat))
            answers.append(answer)
            owners.append(articles.setdefault(article, len(articles)))
        self._names = list(numbers)
        self._sign = np.where(np.frombuffer(answers, np.uint8), 1.0, -1.0)
        self._owners = np.asarray(owners)
        shape = (len(answers), len(numbers))
        self._matrix = csr_matrix((np.ones(len(flat)), np.asarray(flat), np.asarray(ends)), shape=shape)

    def fit(
        self,
        kept: Sequence[bool] | None = None,
        *,
        pull: float,
        free: Collection[str] = ("bias",),
        rarest: int = 4,
    ) -> Weights:
        """Give weights for a yes-or-no answer, most of them none, from the rows that are `kept` (all, where not said).

        The pull is on the sum of the weights' sizes, the `free` ones aside. Each weight is the difference of two that
        are not negative, so that the pull has a slope everywhere. Marks that fewer than `rarest` articles hold are
        left out.
        """
        rows = np.ones(len(self._sign), bool) if kept is None else np.asarray(kept, bool)
        matrix, sign, owners = self._matrix[rows], self._sign[rows], self._owners[rows]
        places = (np.ones(len(owners)), (owners, np.arange(len(owners))))
        spread = np.asarray((csr_matrix(places) @ matrix > 0).sum(axis=0)).ravel()
        columns = np.flatnonzero(spread >= rarest)
        names = [self._names[n] for n in columns]
        pulls = np.array([0.0 if name in free else pull for name in names])
        weight = _sparse(matrix[:, columns], sign, pulls)
        found = {n: round(float(w), 2) for n, w in zip(names, weight, strict=True) if abs(w) >= _SHOWN}
        return dict(sorted(found.items()))

    def odds(self, weights: Weights) -> Floats:
        """Give the log odds of each row."""
        found: Floats = self._matrix @ np.array([weights.get(name, 0.0) for name in self._names])
        return found


def _sparse(matrix: csr_matrix, sign: Floats, pulls: Floats) -> Floats:
    count = len(pulls)
    if not count:
        return pulls

    def loss(halves: Floats) -> tuple[float, Floats]:
        weight = halves[:count] - halves[count:]
        margin = sign * (matrix @ weight)
        value = np.sum(np.logaddexp(0, -margin)) + 0.5 * _RIDGE * (weight @ weight)
        slope = matrix.T @ (-sign / (1 + np.exp(np.clip(margin, -30, 30)))) + _RIDGE * weight
        pulled = pulls @ (halves[:count] + halves[count:])
        return float(value + pulled), np.concatenate([slope + pulls, pulls - slope])

    start, bounds = np.zeros(2 * count), [(0, None)] * (2 * count)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 150}).x
    weight: Floats = found[:count] - found[count:]
    return weight
