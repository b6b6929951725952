"""The Hungarian method: the one-to-one pairs of rows and columns with the highest sum."""

from __future__ import annotations

import math
from collections.abc import Sequence

Pairs = list[tuple[int, int]]


def assign(gain: Sequence[Sequence[float]]) -> Pairs:
    """Give the pairs (row, column) that make the summed gain the highest, in the order of the columns.

    Pairs without gain are left out. O(n³) by shortest augmenting paths with potentials (Jonker & Volgenant,
    1987): rows enter one by one; each takes the path of least reduced cost to a free column.
    """
    if not gain or not gain[0]:
        return []
    rows, columns = len(gain), len(gain[0])
    problem = _Square(gain)
    for row in range(problem.size):
        problem.enter(row)
    pairs = ((row, column) for column, row in enumerate(problem.row_of) if row is not None)
    return [
        (row, column) for row, column in pairs if row < rows and column < columns and gain[row][column] > 0
    ]


class _Square:
    """The gains as costs in a square, what is padded without gain, and the potentials of its lines."""

    def __init__(self, gain: Sequence[Sequence[float]]) -> None:
        rows, columns = len(gain), len(gain[0])
        self.size = max(rows, columns)
        best = max(max(row) for row in gain)
        self.cost = [
            [
                best - (gain[row][column] if row < rows and column < columns else 0.0)
                for column in range(self.size)
            ]
            for row in range(self.size)
        ]
        self.row_potential = [0.0] * self.size
        self.column_potential = [0.0] * self.size
        self.row_of: list[int | None] = [None] * self.size

    def enter(self, row: int) -> None:
        """Give this row a column, moving earlier rows along the cheapest path that ends at a free column."""
        slack = [math.inf] * self.size
        before: list[int | None] = [None] * self.size
        path: list[int] = []  # the columns reached so far, all taken by a row
        here, at = row, None
        while True:
            for column in self._open(path):
                reduced = self.cost[here][column] - self.row_potential[here] - self.column_potential[column]
                if reduced < slack[column]:
                    slack[column], before[column] = reduced, at
            nearest = min(self._open(path), key=slack.__getitem__)
            self._shift(row, path, slack, by=slack[nearest])
            taken_by = self.row_of[nearest]
            if taken_by is None:
                break
            path.append(nearest)
            here, at = taken_by, nearest
        self._move(row, nearest, before)

    def _open(self, path: list[int]) -> list[int]:
        return [column for column in range(self.size) if column not in path]

    def _shift(self, row: int, path: list[int], slack: list[float], *, by: float) -> None:
        self.row_potential[row] += by
        for column in path:
            holder = self.row_of[column]
            assert holder is not None
            self.row_potential[holder] += by
            self.column_potential[column] -= by
        for column in self._open(path):
            slack[column] -= by

    def _move(self, row: int, free: int, before: list[int | None]) -> None:
        column = free
        while (previous := before[column]) is not None:
            self.row_of[column] = self.row_of[previous]
            column = previous
        self.row_of[column] = row
