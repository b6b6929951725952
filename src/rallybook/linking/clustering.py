"""Clusters of records that tell one event.

Pairs that may be one event by their weight tie records into components; within each, clusters grow from single
records, always the two next that agree best on average. So neighbouring days are not chained through a record that
fits both: of it, one side has the better average, and the two sides disagree.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations

import msgspec

from rallybook.linking.blocking import candidates
from rallybook.linking.comparison import Weights, bundled_weights, match_weight
from rallybook.linking.judgements import Judgements, judgements
from rallybook.linking.profiles import Profile, profile
from rallybook.linking.rules import cannot_link
from rallybook.model.decision import Decision
from rallybook.model.event import Report

# even odds: the average pair of a cluster is rather one event than two
_JOINED = 0.0
# weaker pairs tie nothing together; a cluster whose average is above even odds has stronger ones
_TIED = 0.0
# what a pair weighs that a rule or a person keeps apart: more than any number of others can outweigh
_NEVER = float("-inf")
# what a pair weighs that a person joined
_ALWAYS = 1e6

Cluster = tuple[str, ...]
Weigh = Callable[[Profile, Profile], float]


def clusters(
    reports: Iterable[Report], decisions: Iterable[Decision] = (), weights: Weights | None = None
) -> tuple[Cluster, ...]:
    """Give the record ids of each event, in the order of their least id; the order of what comes in is of no account.

    Every record is in one cluster, but those that a person rejected, which are in none. Decisions outrank rules and
    weights (see `judgements`).
    """
    held = judgements(decisions)
    profiles = [profile(report) for report in _once(reports) if report.record.id not in held.rejected]
    weigh = _weigher(held, weights or bundled_weights())
    ties = dict(_ties(profiles, held, weigh))
    found = (
        group
        for component in _components(range(len(profiles)), ties)
        for group in _grown(component, profiles, weigh)
    )
    return tuple(sorted(tuple(profiles[n].id for n in group) for group in found))


def _once(reports: Iterable[Report]) -> list[Report]:
    """Give each record once, in the order of the ids; of several with one id, always the same."""
    ordered = sorted(reports, key=lambda report: (report.record.id, msgspec.json.encode(report)))
    return [one for n, one in enumerate(ordered) if not n or one.record.id != ordered[n - 1].record.id]


def _weigher(held: Judgements, weights: Weights) -> Weigh:
    def weigh(one: Profile, other: Profile) -> float:
        if held.same(one.id, other.id):
            return _ALWAYS
        if held.apart(one.id, other.id) or cannot_link(one, other):
            return _NEVER
        return match_weight(one, other, weights)

    return weigh


def _ties(
    profiles: Sequence[Profile], held: Judgements, weigh: Weigh
) -> Iterator[tuple[tuple[int, int], float]]:
    """Give the pairs that may be one event, with their weights."""
    judged: dict[str, list[int]] = defaultdict(list)
    for n, one in enumerate(profiles):
        if one.id in held.group:
            judged[held.group[one.id]].append(n)
    for group in judged.values():
        yield from ((pair, _ALWAYS) for pair in combinations(group, 2))
    for first, second in candidates(profiles):
        weight = weigh(profiles[first], profiles[second])
        if weight > _TIED:
            yield (first, second), weight


def _components(positions: Iterable[int], ties: Mapping[tuple[int, int], float]) -> Iterator[list[int]]:
    neighbours: dict[int, list[int]] = defaultdict(list)
    for one, other in ties:
        neighbours[one].append(other)
        neighbours[other].append(one)
    seen: set[int] = set()
    for start in positions:
        if start in seen:
            continue
        seen.add(start)
        component, waiting = [], [start]
        while waiting:
            here = waiting.pop()
            component.append(here)
            fresh = set(neighbours[here]) - seen
            seen |= fresh
            waiting.extend(fresh)
        yield sorted(component)


def _grown(component: list[int], profiles: Sequence[Profile], weigh: Weigh) -> Iterator[list[int]]:
    """Give the clusters of a component: average link from single records up, none joined that must not be.

    A judgement of a person is so heavy that what is the same is joined first, and nothing joins what is different.
    """
    if len(component) == 1:
        yield component
        return
    members = {n: [n] for n in component}
    sums = {(a, b): weigh(profiles[a], profiles[b]) for a, b in combinations(component, 2)}
    queue = [(-total, a, b, 1, 1) for (a, b), total in sums.items() if total > _JOINED]
    heapq.heapify(queue)
    while queue:
        _, a, b, size_a, size_b = heapq.heappop(queue)
        if a not in members or b not in members or (len(members[a]), len(members[b])) != (size_a, size_b):
            continue
        members[a] = sorted(members[a] + members.pop(b))
        for c in [other for other in members if other != a]:
            near, far = _key(a, c), _key(b, c)
            sums[near] += sums.pop(far)
            average = sums[near] / (len(members[a]) * len(members[c]))
            if average > _JOINED:
                low, high = near
                heapq.heappush(queue, (-average, low, high, len(members[low]), len(members[high])))
    yield from members.values()


def _key(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)
