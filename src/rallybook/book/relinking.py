"""Linking anew what an addition or a decision may have changed, and nothing else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, delete, insert, literal, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from rallybook.book.derived import rewrite
from rallybook.book.identity import Cluster
from rallybook.book.neighbourhood import among, decisions_on, homes, neighbours, numbered, reports
from rallybook.book.rows import block
from rallybook.book.schema import blocks, copy_keys, pending, records
from rallybook.model.decision import Decision, rejected
from rallybook.model.event import Report
from rallybook.ports import Linker

# records that get their keys in one transaction: at some ten keys each about 2,000 rows
_KEYED = 200
# records linked in one transaction. Each round looks at the neighbours of its records, too: the more records that
# stand side by side are in a round, the fewer are looked at twice
_LINKED = 1_000


def add_keys(db: Connection, linker: Linker) -> int:
    """Give block keys to some of the records that wait for them; give the number of these records."""
    query = select(pending.c.record).where(pending.c.keyed == 0).order_by(pending.c.record).limit(_KEYED)
    waiting = list(db.execute(query).scalars())
    if waiting:
        told = reports(db, waiting)
        rows = [
            {"key": block(key), "fit": 2 * by_place + by_time, "record": number}
            for number, report in told.items()
            for key, (by_place, by_time) in sorted(linker.block_keys(report).items())
        ]
        if rows:
            db.execute(upsert(blocks).on_conflict_do_nothing(), rows)
        db.execute(update(pending).where(pending.c.record.in_(among(waiting))).values(keyed=1))
    return len(waiting)


def link_some(db: Connection, linker: Linker) -> int:
    """Link some of the records that wait; give the number of those that no longer do."""
    # by country and day, so that most neighbours of a record are in its round
    query = (
        select(pending.c.record)
        .where(pending.c.keyed == 1)
        .order_by(pending.c.place_day, pending.c.record)
        .limit(_LINKED)
    )
    waiting = set(db.execute(query).scalars())
    return link(db, linker, waiting) if waiting else 0


def link(db: Connection, linker: Linker, numbers: Iterable[int]) -> int:
    """Link records that have changed, and whatever that changes; give how many of those that waited no longer do."""
    changed = set(numbers)
    if not changed:
        return 0
    told: dict[int, Report] = {}
    near: set[int] = set()
    # what moves may pull its own neighbours along
    while (wider := neighbours(db, changed)) != near:
        near = wider
        told |= reports(db, near - told.keys())
        decided = decisions_on(db, (report.record.id for report in told.values()))
        clusters = _clusters(linker, {n: told[n] for n in near if n in told}, decided)
        former = homes(db, near)
        moved = _moved(clusters, former) - changed
        if not moved:
            break
        changed |= moved
    ours = [cluster for cluster in clusters if cluster & changed]
    rewrite(db, linker, ours, told=told, decided=decided, former=_members(former, changed))
    done = delete(pending).where(pending.c.keyed == 1, pending.c.record.in_(among(changed)))
    return db.execute(done).rowcount


def link_judged(db: Connection, linker: Linker, decided: Iterable[Decision]) -> None:
    """Link the records that some decisions name."""
    ids = {record for decision in decided for record in decision.records}
    if numbers := numbered(db, ids):
        link(db, linker, numbers)


def await_all(db: Connection) -> None:
    """Have all records wait for their keys and for being linked, as after a change of the linker."""
    for table in (pending, blocks, copy_keys):
        db.execute(delete(table))
    place_day = records.c.country + literal(" ") + records.c.first_day
    every = select(records.c.number, place_day, literal(0)).where(records.c.current == 1)
    db.execute(insert(pending).from_select(["record", "place_day", "keyed"], every))


def _clusters(linker: Linker, told: Mapping[int, Report], decided: Sequence[Decision]) -> list[Cluster]:
    out = rejected(decided)
    ordered = sorted(
        (report.record.id, number) for number, report in told.items() if report.record.id not in out
    )
    numbers = dict(ordered)
    clusters = linker.clusters([told[number] for _, number in ordered], decided)
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
