"""Writing events: their ids stay, their revision counts the changes, older versions and vanished ids are kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec
from sqlalchemy import Connection, delete, func, insert, select

from rallybook.book.copies import copied
from rallybook.book.dialect import among, append, spoken
from rallybook.book.identity import Cluster, event_id, heirs
from rallybook.book.rows import box_row, encoded, event_of, event_row, now, source_rows
from rallybook.book.schema import (
    event_boxes,
    event_sources,
    events,
    members,
    redirects,
    versions,
)
from rallybook.model.decision import Decision
from rallybook.model.event import Event, Report
from rallybook.ports import Linker


def rewrite(
    db: Connection,
    linker: Linker,
    clusters: Sequence[Cluster],
    *,
    told: Mapping[int, Report],
    decided: Sequence[Decision],
    former: Mapping[int, Cluster],
) -> None:
    """Make events of clusters of records in place of the former ones, of which nothing is lost.

    `told` has the report of each record, `former` the records of each event that any of them was in.
    """
    found = db.execute(select(events.c.number, events.c.data).where(events.c.number.in_(among(former))))
    old = {number: event_of(data) for number, data in found}
    number_of = heirs(clusters, former)
    fresh = [cluster for cluster in clusters if cluster not in number_of]
    ids = _new_ids(db, {cluster: [told[n].record.id for n in cluster] for cluster in fresh})
    first = (db.execute(select(func.max(events.c.number))).scalar() or 0) + 1
    number_of |= {cluster: first + place for place, cluster in enumerate(fresh)}
    groups = copied(db, linker, number_of)
    made: dict[int, Event] = {}
    for cluster, number in number_of.items():
        reports = sorted((told[n] for n in cluster), key=lambda report: report.record.id)
        event = linker.consolidated(reports, _naming(reports, decided), groups.get(cluster, ()))
        identity = old[number].id if number in old else ids[cluster]
        made[number] = msgspec.structs.replace(event, id=identity)
    _rehouse(db, number_of, former)
    _write(db, made, old)
    _redirect(db, {n: event for n, event in old.items() if n not in made}, former, _landed(number_of, made))


def _naming(reports: Iterable[Report], decided: Sequence[Decision]) -> list[Decision]:
    ids = {report.record.id for report in reports}
    return [decision for decision in decided if not ids.isdisjoint(decision.records)]


def _new_ids(db: Connection, records: Mapping[Cluster, Sequence[str]]) -> dict[Cluster, str]:
    """Give an id for each new event that no other event has."""
    given: dict[Cluster, str] = {}
    turn, without = 0, list(records)
    while without:
        wanted = {cluster: event_id(records[cluster], turn) for cluster in without}
        query = select(events.c.id).where(events.c.id.in_(among(wanted.values())))
        taken = {*db.execute(query).scalars(), *given.values()}
        given |= {cluster: identity for cluster, identity in wanted.items() if identity not in taken}
        without = [cluster for cluster in without if cluster not in given]
        turn += 1
    return given


def _rehouse(db: Connection, number_of: Mapping[Cluster, int], former: Mapping[int, Cluster]) -> None:
    home = [
        {"record": record, "event": number} for cluster, number in number_of.items() for record in cluster
    ]
    db.execute(delete(members).where(members.c.event.in_(among(former))))
    append(db, members, home)


def _write(db: Connection, made: Mapping[int, Event], old: Mapping[int, Event]) -> None:
    """Write the events that are new or have changed; the old version of those that changed is kept."""
    changed = {n: event for n, event in made.items() if n not in old or not _alike(event, old[n])}
    if not changed:
        return
    _keep_versions(db, [old[n] for n in changed if n in old])
    new_ids = [event.id for n, event in changed.items() if n not in old]
    before = _last_revisions(db, new_ids)
    db.execute(delete(redirects).where(redirects.c.old.in_(among(new_ids))))
    _erase(db, changed)
    rows = []
    boxes = []
    outlets = []
    for number, event in changed.items():
        last = old[number].revision if number in old else before.get(event.id, 0)
        revised = msgspec.structs.replace(event, revision=last + 1)
        rows.append({"number": number, **event_row(revised)})
        boxes.append(box_row(revised, number))
        outlets += source_rows(revised, number)
    append(db, events, rows)
    spoken(db).index_boxes(db, [box for box in boxes if box])
    append(db, event_sources, outlets)
    spoken(db).index_claims(db, changed)


def _alike(event: Event, before: Event) -> bool:
    # as JSON: a decision may give a whole number where a coder gives a fraction
    return encoded(msgspec.structs.replace(event, revision=before.revision)) == encoded(before)


def _last_revisions(db: Connection, ids: Sequence[str]) -> dict[str, int]:
    """Give the last revision of ids that were retired and come back."""
    query = select(versions.c.event, func.max(versions.c.revision)).group_by(versions.c.event)
    found = db.execute(query.where(versions.c.event.in_(among(ids))))
    return {event: int(revision) for event, revision in found}


def _keep_versions(db: Connection, replaced: Sequence[Event]) -> None:
    at = now()
    rows = [
        {"event": event.id, "revision": event.revision, "data": encoded(event), "until": at}
        for event in replaced
    ]
    append(db, versions, rows)


def _erase(db: Connection, numbers: Iterable[int]) -> None:
    listed = list(numbers)
    spoken(db).forget_claims(db, listed)
    db.execute(delete(event_sources).where(event_sources.c.event.in_(among(listed))))
    db.execute(delete(events).where(events.c.number.in_(among(listed))))
    db.execute(delete(event_boxes).where(event_boxes.c.number.in_(among(listed))))


def _landed(number_of: Mapping[Cluster, int], made: Mapping[int, Event]) -> dict[int, str]:
    return {record: made[number].id for cluster, number in number_of.items() for record in cluster}


def _redirect(
    db: Connection, gone: Mapping[int, Event], former: Mapping[int, Cluster], landed: Mapping[int, str]
) -> None:
    """Leave for each vanished id where most of its records went, for none where they tell no event any more."""
    if not gone:
        return
    _keep_versions(db, list(gone.values()))
    _erase(db, gone)
    at = now()
    rows = []
    for number, event in gone.items():
        went = Counter(landed[record] for record in sorted(former[number]) if record in landed)
        rows.append({"old": event.id, "new": went.most_common(1)[0][0] if went else None, "at": at})
    db.execute(insert(redirects), rows)
