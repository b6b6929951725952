"""One encoder from several that were trained from one beginning: the mean of their weights."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch import Tensor

State = dict[str, "Tensor"]


def between(before: State, after: State, share: float) -> State:
    """Give the weights that lie this share of the way from those before a course to those after it.

    They read at least as well as either (Wortsman et al. 2022, "Robust fine-tuning").
    """
    return {name: before[name] + share * (after[name] - before[name]) for name in before}


def mean_of(states: Sequence[State]) -> State:
    """Give the mean of some weights that were trained from one beginning.

    Such a mean reads at least as well as each of them (Wortsman et al. 2022, "Model soups").
    """
    first, *others = states
    return {name: sum((state[name] for state in others), first[name]) / len(states) for name in first}
