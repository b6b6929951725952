"""One encoder from several that were trained from one beginning: the mean of their weights."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch import Tensor

State = dict[str, "Tensor"]


def mean_of(states: Sequence[State]) -> State:
    """Give the mean of some weights that were trained from one beginning.

    Such a mean reads at least as well as each of them (Wortsman et al. 2022, "Model soups").
    """
    first, *others = states
    return {name: sum((state[name] for state in others), first[name]) / len(states) for name in first}
