"""Writing events: their ids stay, their revision counts the changes, older versions and vanished ids are kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import count

import msgspec
from sqlalchemy import Connection, delete, func, insert, select

from rallybook.book.copies import copied, keep_keys
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


class Rewriting(msgspec.Struct, frozen=True, kw_only=True):
    """Events that take the place of former ones: what is to be written.

    `former` has the records of each event that goes or changes, `old` what it was. `made` are the events that are to
    be there, each with its records and the number of the one that it goes on being, None for a new one; `keys` those
    of articles that had none.
    """

    former: dict[int, Cluster]
    old: dict[int, Event]
    made: list[tuple[Cluster, int | None, Event]]
    keys: dict[int, bytes]


def rewriting(
    db: Connection,
    linker: Linker,
    clusters: Sequence[Cluster],
    *,
    told: Mapping[int, Report],
    decided: Sequence[Decision],
    former: Mapping[int, Cluster],
) -> Rewriting:
    """Give what is to be written where clusters of records take the place of former events; nothing is written.

    `told` has the report of each record, `former` the records of each event that any of them was in.
    """
    found = db.execute(select(events.c.number, events.c.data).where(events.c.number.in_(among(former))))
    old = {number: event_of(data) for number, data in found}
    number_of = heirs(clusters, former)
    copies = copied(db, linker, clusters)
    made = []
    for cluster in (*number_of, *(cluster for cluster in clusters if cluster not in number_of)):
        reports = sorted((told[n] for n in cluster), key=lambda report: report.record.id)
        event = linker.consolidated(reports, _naming(reports, decided), copies.groups.get(cluster, ()))
        made.append((cluster, number_of.get(cluster), event))
    return Rewriting(former=dict(former), old=old, made=made, keys=copies.keys)


def rewrite(db: Connection, what: Rewriting) -> None:
    """Write events in place of the former ones, of which nothing is lost."""
    keep_keys(db, what.keys)
    fresh = [event for _, number, event in what.made if number is None]
    ids = iter(_new_ids(db, [[one.record for one in event.records] for event in fresh]))
    numbers = count((db.execute(select(func.max(events.c.number))).scalar() or 0) + 1)
    number_of: dict[Cluster, int] = {}
    made: dict[int, Event] = {}
    for cluster, heir, event in what.made:
        number = next(numbers) if heir is None else heir
        number_of[cluster] = number
        made[number] = msgspec.structs.replace(event, id=next(ids) if heir is None else what.old[heir].id)
    _rehouse(db, number_of, what.former)
    _write(db, made, what.old)
    gone = {n: event for n, event in what.old.items() if n not in made}
    _redirect(db, gone, what.former, _landed(number_of, made))


def _naming(reports: Iterable[Report], decided: Sequence[Decision]) -> list[Decision]:
    ids = {report.record.id for report in reports}
    return [decision for decision in decided if not ids.isdisjoint(decision.records)]


def _new_ids(db: Connection, records: Sequence[Sequence[str]]) -> list[str]:
    """Give for the records of each new event an id that no other event has."""
    given: dict[int, str] = {}
    turn, without = 0, list(range(len(records)))
    while without:
        wanted = {place: event_id(records[place], turn) for place in without}
        query = select(events.c.id).where(events.c.id.in_(among(wanted.values())))
        taken = {*db.execute(query).scalars(), *given.values()}
        given |= {place: identity for place, identity in wanted.items() if identity not in taken}
        without = [place for place in without if place not in given]
        turn += 1
    return [given[place] for place in range(len(records))]


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
