"""Keeping what people decide, and refusing what cannot hold together."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, insert, select

from rallybook.book.dialect import among
from rallybook.book.facts import await_linking
from rallybook.book.found import check, key_of
from rallybook.book.judgements import contradicted
from rallybook.book.neighbourhood import decisions_on
from rallybook.book.rows import decision_of, encoded
from rallybook.book.schema import decisions, judged, records
from rallybook.errors import InputError
from rallybook.model.decision import WHOLE, Decision, in_order

# what ties and parts records may reach far by way of others; who ties that many has made an error
_MOST_TIED = 10_000


def append(db: Connection, given: Sequence[Decision]) -> list[Decision]:
    """Keep decisions that are not there yet, and give these; their records wait for being linked.

    Raises `InputError` for one that contradicts others by way of still others.
    """
    known = set(
        db.execute(select(decisions.c.id).where(decisions.c.id.in_(among(d.id for d in given)))).scalars()
    )
    new = [d for d in {decision.id: decision for decision in given}.values() if d.id not in known]
    if not new:
        return []
    first = (
        db.execute(select(decisions.c.number).order_by(decisions.c.number.desc()).limit(1)).scalar() or 0
    ) + 1
    rows = [
        {"number": first + place, "id": d.id, "data": encoded(d), "at": d.at.isoformat()}
        for place, d in enumerate(new)
    ]
    named = [
        {"record": record, "decision": row["number"]}
        for row, d in zip(rows, new, strict=True)
        for record in _named(d)
    ]
    db.execute(insert(decisions), rows)
    db.execute(insert(judged), named)
    for decision in in_order(new):
        _check(db, decision)
    ids = {record for decision in new for record in decision.records}
    await_linking(db, select(records.c.number).where(records.c.id.in_(among(ids)), records.c.current == 1))
    return new


def _named(decision: Decision) -> list[str]:
    """Give what a decision is found again by."""
    if decision.kind == "found":
        return [*decision.records, key_of(decision.article)]
    return sorted(set(decision.records)) or [WHOLE]


def kept(db: Connection, ids: Sequence[str] | None) -> tuple[Decision, ...]:
    """Give the decisions on these records, or all, the oldest first."""
    if ids is not None:
        return decisions_on(db, ids)
    query = select(decisions.c.data).order_by(decisions.c.at, decisions.c.id)
    return in_order(map(decision_of, db.execute(query).scalars()))


def _check(db: Connection, decision: Decision) -> None:
    """Raise `InputError` for one that contradicts others by way of still others, or what its article says."""
    if decision.kind == "found":
        check(db, decision)
    if decision.kind not in ("same", "different"):
        return
    others = [d for d in _tied(db, decision.records) if d.id != decision.id]
    against = contradicted(decision, others)
    if not against:
        return
    told = "; ".join(f"{d.id}: {d.kind} {' '.join(d.records)} ({d.by}, {d.at.date()})" for d in against)
    raise InputError(
        f"decision {decision.kind}",
        " ".join(decision.records),
        f"what goes with those before it. It contradicts, taken together: {told}. "
        "Judge one of these anew first",
    )


def _tied(db: Connection, ids: Sequence[str]) -> tuple[Decision, ...]:
    """Give the decisions on these records, and on those that these tie them to, as far as it goes."""
    near = set(ids)
    while True:
        found = decisions_on(db, near)
        reached = near.union(*(d.records for d in found if d.kind in ("same", "different")))
        if reached == near:
            return found
        if len(reached) > _MOST_TIED:
            raise InputError("decision", f"records tied to {len(reached):,} others", f"up to {_MOST_TIED:,}")
        near = reached
