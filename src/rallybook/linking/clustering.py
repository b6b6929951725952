"""Clusters of records that tell one event.

Clusters grow from single records, always the two next that agree best on average. So neighbouring days are not chained
through a record that fits both: of it, one side has the better average, and the two sides disagree.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from math import fsum
from typing import TypeVar

import msgspec

from rallybook.linking.blocking import candidates
from rallybook.linking.comparison import Weights, bundled_weights, match_weight
from rallybook.linking.crowd import apart, crowding, others_near, taken_off
from rallybook.linking.judgements import Judgements, judgements
from rallybook.linking.profiles import Profile, profile
from rallybook.linking.rules import cannot_link
from rallybook.model.decision import Decision
from rallybook.model.event import Comparison, Report

# even odds: the average pair of a cluster is rather one event than two
_JOINED = 0.0

Cluster = tuple[str, ...]
Key = TypeVar("Key", int, str)


def compared(reports: Iterable[Report], fresh: Set[str]) -> Iterator[Comparison]:
    """Compare each pair of reports that shares a block and that no rule bars, and of which one is fresh."""
    profiles = [profile(one) for one in reports]
    new = {position for position, one in enumerate(profiles) if one.id in fresh}
    weights = bundled_weights()
    for first, second in candidates(profiles, new):
        one, other = profiles[first], profiles[second]
        if not cannot_link(one, other):
            weight = match_weight(one, other, weights)
            yield Comparison(one.id, other.id, weight, apart(weight))


def joins(weight: float, crowd: int) -> bool:
    """Tell whether a pair of that weight is rather one event than two, so many records of other events being near."""
    return weight - taken_off(crowd) > _JOINED


def clusters(
    reports: Iterable[Report],
    decisions: Iterable[Decision] = (),
    weights: Weights | None = None,
    *,
    crowd: Mapping[str, int] | None = None,
    settled: Mapping[str, int] | None = None,
) -> tuple[Cluster, ...]:
    """Give the record ids of each event, in the order of their least id; the order of what comes in is of no account.

    Every record is in one cluster, but those that a person rejected, which are in none. Decisions outrank rules and
    weights (see `judgements`): what a person judged the same is one from the start, and a rule that speaks against one
    of its records does not keep out what agrees with another; two records of one article stay apart all the same.
    `crowd` and `settled` are those of `Linker.clusters`.
    """
    held = judgements(decisions)
    profiles = [profile(one) for one in _once(reports) if one.record.id not in held.rejected]
    forest = _Forest(profiles, held, settled or {})
    forest.weigh(weights or bundled_weights(), crowd)
    forest.grow()
    found = (tuple(profiles[n].id for n in sorted(members)) for members in forest.members.values())
    return tuple(sorted(found))


def _once(reports: Iterable[Report]) -> list[Report]:
    """Give each record once, in the order of the ids; of several with one id, always the same."""
    ordered = sorted(reports, key=lambda report: (report.record.id, msgspec.json.encode(report)))
    return [one for n, one in enumerate(ordered) if not n or one.record.id != ordered[n - 1].record.id]


class _Forest:
    """Clusters by their least position, and between any two that may be one event the summed weight of their pairs.

    Two clusters without a sum were not compared, or a rule keeps a pair of them apart: they are never joined.
    """

    def __init__(self, profiles: Sequence[Profile], held: Judgements, settled: Mapping[str, int]) -> None:
        self._profiles = profiles
        self._held = held
        self.members: dict[int, list[int]] = {}
        self._sums: dict[int, dict[int, float]] = defaultdict(dict)
        least: dict[str | int, int] = {}
        groups: dict[str, str | int] = {**settled, **held.group}
        self._home = [least.setdefault(groups.get(one.id, one.id), n) for n, one in enumerate(profiles)]
        for n, home in enumerate(self._home):
            self.members.setdefault(home, []).append(n)
        self._articles = {
            home: {profiles[n].report.article for n in members} for home, members in self.members.items()
        }
        self._judged = {
            home: {held.group[profiles[n].id] for n in members if profiles[n].id in held.group}
            for home, members in self.members.items()
        }

    def weigh(self, weights: Weights, known: Mapping[str, int] | None) -> None:
        """Compare what shares a block; of clusters that a person made, the pairs that no rule bars speak for all.

        Of each pair's weight the crowd is taken off: where many other events are near, chance likeness is likelier.
        """
        pairs = self._compared(weights)
        others = (
            others_near(pairs)
            if known is None
            else Counter({n: known.get(one.id, 0) for n, one in enumerate(self._profiles)})
        )
        told: dict[tuple[int, int], list[float]] = defaultdict(list)
        for (first, second), weight in pairs.items():
            home = _pair(self._home[first], self._home[second])
            told[home].append(weight - crowding(others, first, second))
        for (first, second), found in sorted(told.items()):
            if not self._barred(first, second):
                count = len(self.members[first]) * len(self.members[second])
                # fsum: the order in which the pairs came is of no account to the last digit
                self._sums[first][second] = self._sums[second][first] = fsum(found) / len(found) * count

    def _compared(self, weights: Weights) -> dict[tuple[int, int], float]:
        """Give the weight of each pair that shares a block and that no rule bars."""
        found = {}
        for first, second in candidates(self._profiles):
            one, other = self._profiles[first], self._profiles[second]
            if self._home[first] != self._home[second] and not cannot_link(one, other):
                found[first, second] = match_weight(one, other, weights)
        return found

    def grow(self) -> None:
        """Join the two clusters that agree best on average, until none agree; what changed since is passed over."""
        queue = [
            self._bid(one, other) for one, others in self._sums.items() for other in others if one < other
        ]
        queue = [bid for bid in queue if bid[0] < -_JOINED]
        heapq.heapify(queue)
        while queue:
            bid = heapq.heappop(queue)
            one, other = bid[1], bid[2]
            if other in self._sums.get(one, ()) and bid == self._bid(one, other):
                self._join(one, other)
                for near in self._sums[one]:
                    fresh = self._bid(*_pair(one, near))
                    if fresh[0] < -_JOINED:
                        heapq.heappush(queue, fresh)

    def _bid(self, one: int, other: int) -> tuple[float, int, int]:
        average = self._sums[one][other] / (len(self.members[one]) * len(self.members[other]))
        return (-average, one, other)

    def _join(self, kept: int, gone: int) -> None:
        """Put one cluster into another: near both is what was near each."""
        self.members[kept] += self.members.pop(gone)
        self._articles[kept] |= self._articles.pop(gone)
        self._judged[kept] |= self._judged.pop(gone)
        former, gone_sums = self._sums.pop(kept), self._sums.pop(gone)
        for near in former.keys() | gone_sums.keys():
            self._sums[near].pop(gone, None)
            self._sums[near].pop(kept, None)
        for near in former.keys() & gone_sums.keys():
            if not self._barred(kept, near):
                self._sums[kept][near] = self._sums[near][kept] = former[near] + gone_sums[near]

    def _barred(self, one: int, other: int) -> bool:
        if not self._articles[one].isdisjoint(self._articles[other]):
            return True
        different = self._held.different
        return any(_pair(a, b) in different for a in self._judged[one] for b in self._judged[other])


def _pair(one: Key, other: Key) -> tuple[Key, Key]:
    return (one, other) if one < other else (other, one)
