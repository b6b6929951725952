"""Which event a cluster of records is: ids stay where most of the records stay."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

Cluster = frozenset[int]


def heirs(clusters: Sequence[Cluster], former: Mapping[int, Cluster]) -> dict[Cluster, int]:
    """Give for clusters the number of the event that each goes on being.

    A cluster is the event with whose former records it shares most, the oldest (lowest number) of several; an event
    goes on in one cluster, the one with which it shares most, of several the one with the oldest record.
    """
    home = {record: event for event, records in former.items() for record in records}
    shared: dict[tuple[int, int], int] = {}
    for position, cluster in enumerate(clusters):
        for record in cluster:
            if (event := home.get(record)) is not None:
                shared[event, position] = shared.get((event, position), 0) + 1
    claims = sorted(shared, key=lambda claim: (-shared[claim], claim[0], min(clusters[claim[1]])))
    given: dict[Cluster, int] = {}
    taken: set[int] = set()
    for event, position in claims:
        if event not in taken and clusters[position] not in given:
            given[clusters[position]] = event
            taken.add(event)
    return given


def event_id(records: Sequence[str], turn: int = 0) -> str:
    """Give the id of a new event, 16 hexadecimal digits that follow from its least record id.

    So two books of the same articles mostly have the same ids. `turn` is for those whose id another event has.
    """
    facts = f"event\x1f{min(records)}" + (f"\x1f{turn}" if turn else "")
    return hashlib.sha256(facts.encode("utf-8", "surrogatepass")).hexdigest()[:16]
