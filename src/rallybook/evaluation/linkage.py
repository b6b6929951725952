"""Clusters of records against the true events: pairs, B³, and how many events are counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import NamedTuple


class Linkage(NamedTuple):
    """Precision, recall and F1 over pairs of records and by B³ (Bagga and Baldwin 1998), and the counts of events."""

    precision: float
    recall: float
    f1: float
    b3_precision: float
    b3_recall: float
    b3_f1: float
    counted: int
    true: int


def measured(found: Iterable[Iterable[str]], truth: Mapping[str, str]) -> Linkage:
    """Compare clusters of record ids with the true event of each; a record that no cluster holds stands alone.

    Pairs: of all pairs of records in one cluster, the share that is one event, and the other way round. B³: the
    same for the records around each record, then the mean. Records without a true event are left out.
    """
    of = {record: n for n, cluster in enumerate(found) for record in cluster}
    cluster_of = {record: str(of.get(record, record)) for record in truth}
    said, real = _groups(cluster_of), _groups(truth)
    said_pairs, real_pairs = _pairs(said.values()), _pairs(real.values())
    right = len(said_pairs & real_pairs)
    precision = right / len(said_pairs) if said_pairs else 1.0
    recall = right / len(real_pairs) if real_pairs else 1.0
    shared = {record: len(said[cluster_of[record]] & real[truth[record]]) for record in truth}
    count = max(len(truth), 1)
    b3_precision = sum(shared[record] / len(said[cluster_of[record]]) for record in truth) / count
    b3_recall = sum(shared[record] / len(real[truth[record]]) for record in truth) / count
    return Linkage(
        precision, recall, harmonic(precision, recall),
        b3_precision, b3_recall, harmonic(b3_precision, b3_recall),
        len(said), len(real),
    )  # fmt: skip


def harmonic(precision: float, recall: float) -> float:
    """Give F1."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _groups(key_of: Mapping[str, str]) -> dict[str, set[str]]:
    groups: dict[str, set[str]] = defaultdict(set)
    for record, key in key_of.items():
        groups[key].add(record)
    return groups


def _pairs(groups: Iterable[set[str]]) -> set[tuple[str, str]]:
    return {pair for group in groups for pair in combinations(sorted(group), 2)}
