"""Boosted decision trees (Friedman 2001), for what hangs on several numbers at once; fitted by the training room."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import msgspec

LEAF = -1


class Node(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """A question of a tree, is the number at `asks` at most `value`, or a leaf (`asks` below 0), which adds `value`.

    `yes` and `no` are the nodes that follow.
    """

    asks: int
    value: float
    yes: int = LEAF
    no: int = LEAF


class Trees(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Some trees, the names of the numbers that they ask about in order, and the log odds before any is asked."""

    names: tuple[str, ...]
    base: float
    trees: tuple[tuple[Node, ...], ...]

    def log_odds(self, numbers: Sequence[float]) -> float:
        """Give the log odds that the trees find for some numbers."""
        return self.base + sum(_leaf(tree, numbers) for tree in self.trees)


@cache
def shipped(name: str) -> Trees:
    """Give the trees of this name that rallybook ships."""
    data = files("rallybook.coding").joinpath(f"data/{name}.json").read_bytes()
    return msgspec.json.decode(data, type=Trees)


def _leaf(tree: tuple[Node, ...], numbers: Sequence[float]) -> float:
    node = tree[0]
    while node.asks != LEAF:
        node = tree[node.yes if numbers[node.asks] <= node.value else node.no]
    return node.value
