"""How a network is taught: of what columns, how often, how fast, and what counts how much."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from rallybook.coding.columns import Columns


class Stakes(NamedTuple):
    """How much forms, focus and roles count beside acts, statuses and reach; `rare`: some roles count more often."""

    form: float = 2.0
    focus: float = 0.5
    role: float = 0.3
    rare: Mapping[str, float] = {}


class Course(NamedTuple):
    """How to teach: what the columns are, how often all pages are read, with which seed, how fast it learns at most.

    `dropout` is the share of what is hidden from it inside, where that is not to be the encoder's own.
    """

    columns: Columns
    epochs: int
    seed: int
    stakes: Stakes = Stakes()
    rate: float = 2e-4
    dropout: float | None = None
