"""One encoder from several that were trained from one beginning: the mean of their weights."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch import Tensor

State = dict[str, "Tensor"]


def mean_of(states: Sequence[State], shares: Sequence[float] = ()) -> State:
    """Give the mean of some weights that were trained from one beginning; `shares` are what each counts, all the same.

    Such a mean reads at least as well as each of them (Wortsman et al. 2022, "Model soups").
    """
    told = shares or [1.0 / len(states)] * len(states)
    first, *others = [
        {name: value * share for name, value in state.items()}
        for state, share in zip(states, told, strict=True)
    ]
    return {name: sum((state[name] for state in others), first[name]) for name in first}


def gone_on(before: State, after: Sequence[State], *, kept: float, sureness: float) -> State:
    """Give a mean of weights before some courses, of which the share `kept` stays, and after each, with a sureness."""
    share = (1.0 - kept) / len(after)
    return with_sureness(mean_of([before, *after], [kept, *[share] * len(after)]), sureness)


def with_sureness(state: State, sureness: float) -> State:
    """Give weights whose log odds are as large as before times `sureness`."""
    return state | {name: state[name] * sureness for name in ("heads.weight", "heads.bias")}
