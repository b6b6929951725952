"""Blocking: only records that share a key of day × cell × country, and so may tell one event, are compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import combinations, product

from rallybook.linking.keys import Fit
from rallybook.linking.profiles import Profile, profile
from rallybook.model.event import Report


def block_keys(report: Report) -> Mapping[str, Fit]:
    """Give the keys of a report, and for each how exact it is (see `keys_of`).

    Any two that may tell one event share one, that is: at most 25 km and a day apart (three weeks for what lasts), or
    one within the other where a place or a date is wide, or of like kind where one knows no place. A record with
    neither day nor publication meets only its like. There are about a dozen keys for a day in a city, and fewer than
    400 for two years near the corner of four cells.
    """
    return profile(report).keys


def candidates(profiles: Sequence[Profile], fresh: Set[int] | None = None) -> Iterator[tuple[int, int]]:
    """Give the pairs (by position, lower first) that share a key exact enough for one of them, each once.

    With `fresh` those of which one is in there, or both.
    """
    blocks: dict[str, dict[Fit, list[int]]] = defaultdict(lambda: defaultdict(list))
    for position, one in enumerate(profiles):
        for key, fit in one.keys.items():
            blocks[key][fit].append(position)
    seen: set[tuple[int, int]] = set()
    for block in blocks.values():
        for first, second in _met(block) if fresh is None else _met_by(block, fresh):
            pair = (first, second) if first < second else (second, first)
            if pair not in seen:
                seen.add(pair)
                yield pair


def _met(block: dict[Fit, list[int]]) -> Iterator[tuple[int, int]]:
    """Give the pairs of a block: for place and for time, one of the two must know no better than its key."""
    at_home, placed, timed, guests = (block.get((p, t), []) for p in (True, False) for t in (True, False))
    yield from combinations(at_home, 2)
    yield from product(at_home, (*placed, *timed, *guests))
    yield from product(placed, timed)


def _met_by(block: dict[Fit, list[int]], fresh: Set[int]) -> Iterator[tuple[int, int]]:
    """Give the pairs of a block of which one is fresh; where both are, twice."""
    for (by_place, by_time), group in block.items():
        ours = [position for position in group if position in fresh]
        if ours:
            enough = [(p, t) for p, t in block if (p or by_place) and (t or by_time)]
            theirs = [position for fit in enough for position in block[fit]]
            yield from ((one, other) for one, other in product(ours, theirs) if one != other)
