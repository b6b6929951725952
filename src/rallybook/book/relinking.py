"""Linking anew what an addition or a decision may have changed, and nothing else.

A record that waits goes through three stages: it gets block keys, it is compared with what it meets, its event is made.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import NamedTuple

from sqlalchemy import Connection, delete, insert, literal, select, update

from rallybook.book.derived import rewrite
from rallybook.book.dialect import among, spoken
from rallybook.book.facts import await_linking
from rallybook.book.identity import Cluster
from rallybook.book.likenesses import compare, crowd_of, groups
from rallybook.book.neighbourhood import decisions_on, homes, numbered, reports
from rallybook.book.rows import block
from rallybook.book.schema import (
    COMPARED,
    KEYED,
    UNKEYED,
    blocks,
    copy_keys,
    crowds,
    likenesses,
    pending,
    records,
)
from rallybook.model.decision import Decision, rejected
from rallybook.model.event import Report
from rallybook.ports import Linker

# records that get their keys in one transaction: at some ten keys each about 2,000 rows
_KEYED = 200
# records compared, or linked, in one transaction: the more records that stand side by side are in a round, the fewer
# of their neighbours are read twice
_ROUND = 1_000


def add_keys(db: Connection, linker: Linker) -> int:
    """Give block keys to some of the records that wait for them; give the number of these records."""
    waiting = _waiting(db, UNKEYED, _KEYED)
    if waiting:
        told = reports(db, waiting)
        rows = [
            {"key": block(key), "fit": 2 * by_place + by_time, "record": number}
            for number, report in told.items()
            for key, (by_place, by_time) in linker.block_keys(report).items()
        ]
        rows.sort(key=lambda row: row["key"])
        spoken(db).append_missing(db, blocks, rows)
        _promote(db, waiting, KEYED)
    return len(waiting)


def compare_some(db: Connection, linker: Linker) -> int:
    """Compare some of the records that wait for it with what they meet; give the number of these records.

    What that may change elsewhere waits for being linked, too.
    """
    waiting = _waiting(db, KEYED, _ROUND)
    if waiting:
        touched = compare(db, linker, waiting)
        _promote(db, waiting, COMPARED)
        await_linking(db, among(touched - waiting), COMPARED)
    return len(waiting)


def link_some(db: Connection, linker: Linker) -> int:
    """Link some of the records that wait; give the number of those that no longer do."""
    waiting = _waiting(db, COMPARED, _ROUND)
    return link(db, linker, waiting) if waiting else 0


def relink(db: Connection, linker: Linker, numbers: Iterable[int]) -> None:
    """Link at once records that are in events and have changed, with whatever that changes."""
    changed = set(numbers)
    known = changed & crowd_of(db, changed).keys()
    touched = compare(db, linker, known)
    _promote(db, known, COMPARED)
    link(db, linker, changed | touched)


def link(db: Connection, linker: Linker, numbers: Iterable[int]) -> int:
    """Link records that have changed; give how many of those that waited no longer do.

    Events near them that none of them is in may take some of them in, but are not parted.
    """
    changed = set(numbers)
    if not changed:
        return 0
    near = groups(db, linker, changed)
    every = set[int]().union(*near)
    told = reports(db, every)
    decided = decisions_on(db, (report.record.id for report in told.values()))
    former = homes(db, every)
    context = _Context(
        decided=decided,
        crowd={told[n].record.id: others for n, others in crowd_of(db, every).items() if n in told},
        settled=_settled(told, former, changed, decided),
    )
    found = [
        cluster
        for group in near
        for cluster in _clusters(linker, {n: told[n] for n in group if n in told}, context)
    ]
    changed |= _moved(found, former)
    ours = [cluster for cluster in found if cluster & changed]
    rewrite(db, linker, ours, told=told, decided=decided, former=_members(former, changed))
    done = delete(pending).where(pending.c.stage == COMPARED, pending.c.record.in_(among(changed)))
    return db.execute(done).rowcount


def link_judged(db: Connection, linker: Linker, decided: Iterable[Decision]) -> None:
    """Link the records that some decisions name, but those that still wait to be linked at all."""
    ids = {record for decision in decided for record in decision.records}
    if numbers := numbered(db, ids):
        relink(db, linker, numbers & (crowd_of(db, numbers).keys() | homes(db, numbers).keys()))


def await_all(db: Connection) -> None:
    """Have all records wait for their keys, for being compared and linked, as after a change of the linker."""
    for table in (pending, blocks, copy_keys, crowds, likenesses):
        db.execute(delete(table))
    day_place = records.c.first_day + literal(" ") + records.c.country
    every = select(records.c.number, day_place, literal(UNKEYED)).where(records.c.current == 1)
    db.execute(insert(pending).from_select(["record", "day_place", "stage"], every))


def _waiting(db: Connection, stage: int, most: int) -> set[int]:
    # by day and country, so that most neighbours of a record are in its round, and stand side by side in the file
    query = select(pending.c.record).where(pending.c.stage == stage)
    return set(db.execute(query.order_by(pending.c.day_place, pending.c.record).limit(most)).scalars())


def _promote(db: Connection, numbers: Iterable[int], stage: int) -> None:
    db.execute(update(pending).where(pending.c.record.in_(among(numbers))).values(stage=stage))


class _Context(NamedTuple):
    """What is known of the records of a round beside their reports."""

    decided: Sequence[Decision]
    crowd: Mapping[str, int]
    settled: Mapping[str, int]

    def named(self, records: Iterable[str]) -> list[Decision]:
        """Give the decisions that name any of these records."""
        wanted = set(records)
        return [decision for decision in self.decided if not wanted.isdisjoint(decision.records)]


def _settled(
    told: Mapping[int, Report], former: Mapping[int, int], changed: Set[int], decided: Iterable[Decision]
) -> dict[str, int]:
    """Give the event of each record whose event nothing has changed and nobody has judged."""
    judged = {record for decision in decided for record in decision.records}
    open_ones = {former[n] for n in former if n in changed or (n in told and told[n].record.id in judged)}
    return {told[n].record.id: event for n, event in former.items() if event not in open_ones and n in told}


def _clusters(linker: Linker, group: Mapping[int, Report], context: _Context) -> list[Cluster]:
    """Give the clusters of the records of a group."""
    decided = context.named(report.record.id for report in group.values()) if context.decided else []
    out = rejected(decided)
    ordered = sorted((told.record.id, n) for n, told in group.items() if told.record.id not in out)
    numbers = dict(ordered)
    if len(ordered) < 2:
        return [frozenset(numbers.values())] * len(ordered)
    clusters = linker.clusters(
        [group[n] for _, n in ordered], decided, crowd=context.crowd, settled=context.settled
    )
    return [frozenset(numbers[record] for record in cluster) for cluster in clusters if cluster]


def _moved(clusters: Sequence[Cluster], former: Mapping[int, int]) -> set[int]:
    """Give the records whose event is no longer the one that it was; those that were in none have not moved."""
    events = _members(former, former)
    stayed = set(clusters)
    return {record for records in events.values() if records not in stayed for record in records}


def _members(former: Mapping[int, int], of: Iterable[int]) -> dict[int, Cluster]:
    """Give the former records of each event that any of these records was in."""
    touched = {former[record] for record in of if record in former}
    events: dict[int, set[int]] = defaultdict(set)
    for record, event in former.items():
        if event in touched:
            events[event].add(record)
    return {event: frozenset(records) for event, records in events.items()}
