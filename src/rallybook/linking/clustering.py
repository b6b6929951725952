"""Clusters of records that tell one event.

Clusters grow from single records, always the two next that agree best on average. So neighbouring days are not chained
through a record that fits both: of it, one side has the better average, and the two sides disagree.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from math import fsum
from typing import TypeVar

import msgspec

from rallybook.linking.blocking import candidates
from rallybook.linking.comparison import Scorer, Weights, bundled_scorer
from rallybook.linking.crowd import apart, others_near, taken_off
from rallybook.linking.judgements import Judgements, judgements
from rallybook.linking.profiles import profile
from rallybook.model.decision import Decision
from rallybook.model.event import Comparison, Report

# even odds: the average pair of a cluster is rather one event than two
_JOINED = 0.0

Cluster = tuple[str, ...]
Key = TypeVar("Key", int, str)


def compared(
    reports: Iterable[Report], fresh: Set[str] | None = None, scorer: Scorer | None = None
) -> Iterator[Comparison]:
    """Compare each pair of reports that shares a block and that no rule bars; with `fresh` those of which one is."""
    profiles = [profile(one) for one in reports]
    new = None if fresh is None else {n for n, one in enumerate(profiles) if one.id in fresh}
    compare = (scorer or bundled_scorer()).compare
    for first, second in candidates(profiles, new):
        one, other = profiles[first], profiles[second]
        weight = compare(one, other)
        if weight is not None:
            yield Comparison(one.id, other.id, weight, apart(weight))


def joins(weight: float, crowd: int) -> bool:
    """Tell whether a pair of that weight is rather one event than two, so many records of other events being near."""
    return weight - taken_off(crowd) > _JOINED


def clusters(
    reports: Iterable[Report], decisions: Iterable[Decision] = (), weights: Weights | None = None
) -> tuple[Cluster, ...]:
    """Give the record ids of each event, in the order of their least id; the order of what comes in is of no account.

    Every record is in one cluster, but those that a person rejected, which are in none. Decisions outrank rules and
    weights (see `judgements`): what a person judged the same is one from the start, and a rule that speaks against one
    of its records does not keep out what agrees with another; two records of one article stay apart all the same.
    """
    told = _once(reports)
    found = list(compared(told, None, Scorer(weights) if weights else None))
    return clustered({one.record.id: one.article for one in told}, found, decisions, others_near(found))


def clustered(
    articles: Mapping[str, str],
    compared: Iterable[Comparison],
    decisions: Iterable[Decision],
    crowd: Mapping[str, int],
) -> tuple[Cluster, ...]:
    """Give the record ids of each event, as `clusters` does, from comparisons that were made before.

    `articles` has the article of each record; `crowd` for each how many that it was compared with tell other events.
    """
    held = judgements(decisions)
    forest = _Forest({name: articles[name] for name in sorted(articles) if name not in held.rejected}, held)
    forest.weigh(compared, crowd)
    forest.grow()
    return tuple(sorted(tuple(sorted(members)) for members in forest.named()))


def _once(reports: Iterable[Report]) -> list[Report]:
    """Give each record once, in the order of the ids; of several with one id, always the same."""
    ordered = sorted(reports, key=lambda report: (report.record.id, msgspec.json.encode(report)))
    return [one for n, one in enumerate(ordered) if not n or one.record.id != ordered[n - 1].record.id]


class _Forest:
    """Clusters by their least position, and between any two that may be one event the summed weight of their pairs.

    Two clusters without a sum were not compared, or a rule keeps a pair of them apart: they are never joined.
    """

    def __init__(self, articles: Mapping[str, str], held: Judgements) -> None:
        self._ids = list(articles)
        self._held = held
        self.members: dict[int, list[int]] = {}
        self._sums: dict[int, dict[int, float]] = defaultdict(dict)
        least: dict[str, int] = {}
        self._home = {
            name: least.setdefault(held.group.get(name, name), n) for n, name in enumerate(self._ids)
        }
        for n, home in enumerate(self._home.values()):
            self.members.setdefault(home, []).append(n)
        self._articles = {
            home: {articles[self._ids[n]] for n in members} for home, members in self.members.items()
        }
        # of each cluster the groups of records that people judged
        self._judged = {
            home: {held.group[name] for n in members if (name := self._ids[n]) in held.group}
            for home, members in self.members.items()
        }

    def named(self) -> Iterator[list[str]]:
        """Give the ids of the records of each cluster."""
        return ([self._ids[n] for n in members] for members in self.members.values())

    def weigh(self, compared: Iterable[Comparison], crowd: Mapping[str, int]) -> None:
        """Take in the pairs that were compared; of clusters that a person made, those speak for all.

        Of each pair's weight the crowd is taken off, by the one of the two that has the fewer others near: where many
        other events are, chance likeness is likelier.
        """
        home, off = self._home, {name: taken_off(crowd.get(name, 0)) for name in self._ids}
        alone = {n for n, members in self.members.items() if len(members) == 1 and not self._judged[n]}
        told: dict[tuple[int, int], list[float]] = defaultdict(list)
        for one, other, weight, _ in compared:
            first, second = home.get(one), home.get(other)
            if first is None or second is None or first == second:
                continue
            left = weight - min(off[one], off[other])
            if first in alone and second in alone:
                # no rule bars what was compared
                self._sums[first][second] = self._sums[second][first] = left
            else:
                told[_pair(first, second)].append(left)
        for (first, second), found in told.items():
            if not self._barred(first, second):
                count = len(self.members[first]) * len(self.members[second])
                # fsum: the order in which the pairs came is of no account to the last digit
                self._sums[first][second] = self._sums[second][first] = fsum(found) / len(found) * count

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
