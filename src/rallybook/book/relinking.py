"""Linking anew what an addition or a decision may have changed, and nothing else.

A record that waits is compared with what it meets; then its event is made, and those that this changes are made anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, delete, insert, literal, select

from rallybook.book.derived import Rewriting, rewrite, rewriting
from rallybook.book.dialect import among
from rallybook.book.identity import Cluster
from rallybook.book.likenesses import compare, crowd_of
from rallybook.book.neighbourhood import homes, numbered, reports
from rallybook.book.regrouping import Regrouping
from rallybook.book.schema import ADDED, COMPARED, TOUCHED, blocks, comparisons, copy_keys, pending, records
from rallybook.model.decision import Decision
from rallybook.ports import Linker

# records compared, or linked, in one transaction, which takes some 1.3 s: the more records that stand side by side are
# in a round, the fewer of their neighbours are read twice (1,000: a sixth slower)
_ROUND = 3_000


def compare_some(db: Connection, linker: Linker) -> int:
    """Compare some of the records that wait for it with what they meet; give the number of these records."""
    waiting = _waiting(db, ADDED)
    if waiting:
        compare(db, linker, waiting)
    return len(waiting)


def link_some(db: Connection, linker: Linker) -> int:
    """Link some of the records that wait; give the number of those that no longer do."""
    waiting = _waiting(db, COMPARED)
    return _link(db, linker, waiting or _waiting(db, TOUCHED), retold=waiting)


def relink(db: Connection, linker: Linker, numbers: Iterable[int], fresh: Set[int] = frozenset()) -> None:
    """Link at once records that have changed, with whatever that changes: those in events, and `fresh` ones."""
    changed = {*numbers, *fresh}
    touched = compare(db, linker, changed & crowd_of(db, changed).keys() | fresh)
    _link(db, linker, changed | touched, retold=changed)


class Relinked(msgspec.Struct, frozen=True, kw_only=True):
    """What linking some records anew comes to, before it is written.

    `changed` are all records that were looked at anew. It holds as long as the records of `seen` are in the events that
    they were in, and compared with what they were compared with.
    """

    changed: frozenset[int]
    events: Rewriting
    seen: frozenset[int]


def relinked(db: Connection, linker: Linker, numbers: Set[int], *, retold: Set[int]) -> Relinked | Set[int]:
    """Give what linking records that have changed comes to, or those that must be compared before; nothing is written.

    An event of the same records as before is made anew where any of these is `retold`: new, or spoken of by a decision.
    """
    found = Regrouping(db, linker, numbers)
    if found.uncompared:
        return found.uncompared
    former = _members(found.former)
    whole = set(former.values())
    clusters = [cluster for cluster in found.clusters if cluster & retold or cluster not in whole]
    left = whole.intersection(found.clusters).difference(clusters)
    told = reports(db, set[int]().union(*clusters))
    former = {event: members for event, members in former.items() if members not in left}
    events = rewriting(db, linker, clusters, told=told, decided=found.decided, former=former)
    return Relinked(changed=frozenset(found.changed), events=events, seen=frozenset(found.seen))


def relinked_now(db: Connection, linker: Linker, numbers: Set[int], *, retold: Set[int]) -> Relinked:
    """Give what linking records that have changed comes to; what must be compared before is compared, and kept."""
    found = relinked(db, linker, numbers, retold=retold)
    while not isinstance(found, Relinked):
        compare(db, linker, found)
        found = relinked(db, linker, numbers, retold=retold)
    return found


def keep_linked(db: Connection, found: Relinked) -> int:
    """Write what linking some records came to; give how many of those that waited no longer do."""
    rewrite(db, found.events)
    done = delete(pending).where(pending.c.stage != ADDED, pending.c.record.in_(among(found.changed)))
    return db.execute(done).rowcount


def _link(db: Connection, linker: Linker, numbers: Set[int], *, retold: Set[int]) -> int:
    return keep_linked(db, relinked_now(db, linker, numbers, retold=retold)) if numbers else 0


def link_judged(
    db: Connection, linker: Linker, decided: Iterable[Decision], changed: Set[int] = frozenset()
) -> None:
    """Link the records that some decisions name, but those that still wait to be linked at all.

    `changed` are records that have come or gone with these decisions.
    """
    ids = {record for decision in decided for record in decision.records}
    numbers = numbered(db, ids)
    if numbers or changed:
        linked = crowd_of(db, numbers).keys() | homes(db, numbers).keys()
        relink(db, linker, numbers & linked, changed)


def await_all(db: Connection) -> None:
    """Have all records wait for their keys, for being compared and linked, as after a change of the linker."""
    for table in (pending, blocks, copy_keys, comparisons):
        db.execute(delete(table))
    day_place = records.c.first_day + literal(" ") + records.c.country
    every = select(records.c.number, day_place, literal(ADDED)).where(records.c.current == 1)
    db.execute(insert(pending).from_select(["record", "day_place", "stage"], every))


def rounds_waiting(db: Connection, stage: int) -> Sequence[frozenset[int]]:
    """Give the records that wait at a stage, round by round."""
    return [frozenset(numbers) for numbers in db.execute(_in_order(stage)).scalars().partitions(_ROUND)]


def _waiting(db: Connection, stage: int) -> set[int]:
    return set(db.execute(_in_order(stage).limit(_ROUND)).scalars())


def _in_order(stage: int) -> Select[Any]:
    # by day and country, so that most neighbours of a record are in its round, and stand side by side in the file
    query = select(pending.c.record).where(pending.c.stage == stage)
    return query.order_by(pending.c.day_place, pending.c.record)


def _members(former: dict[int, int]) -> dict[int, Cluster]:
    """Give the former records of each event."""
    events: dict[int, set[int]] = defaultdict(set)
    for record, event in former.items():
        events[event].add(record)
    return {event: frozenset(records) for event, records in events.items()}
