"""What is known of pairs of records: each that may tell one event is compared once, when the later of the two comes.

Kept are the likenesses that may join two records, and for each record its crowd: how many records that it was compared
with tell other events. So what an addition changes is found without comparing anything again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Set

from sqlalchemy import Connection, bindparam, case, delete, select, update

from rallybook.book.dialect import among, append
from rallybook.book.neighbourhood import homes, judged_together, met, of_one_event, reports
from rallybook.book.schema import blocks, crowds, likenesses, members, records
from rallybook.model.event import Comparison, Report
from rallybook.ports import Linker

_others = crowds.c.others + bindparam("more")
_MORE = (
    update(crowds)
    .where(crowds.c.record == bindparam("of"))
    .values(others=case((_others < 0, 0), else_=_others))
)


def compare(db: Connection, linker: Linker, numbers: Set[int]) -> set[int]:
    """Compare the new ones of some records with what is there, and forget those that tell nothing any more.

    Gives them with all others whose likenesses or crowd that changes and that may be joined to something.
    """
    current = set(
        db.execute(
            select(records.c.number).where(records.c.number.in_(among(numbers)), records.c.current == 1)
        ).scalars()
    )
    known = crowd_of(db, numbers).keys()
    touched = _forget(db, linker, (numbers - current) & known)
    touched |= _add(db, linker, current - known)
    joinable = select(likenesses.c.record).where(likenesses.c.record.in_(among(touched))).distinct()
    return {*numbers, *db.execute(joinable).scalars()}


def crowd_of(db: Connection, numbers: Iterable[int]) -> dict[int, int]:
    """Give the crowd of each of some records that was compared."""
    query = select(crowds.c.record, crowds.c.others).where(crowds.c.record.in_(among(numbers)))
    return {record: others for record, others in db.execute(query)}  # noqa: C416 - a row is no pair to mypy


def groups(db: Connection, linker: Linker, changed: Set[int]) -> list[set[int]]:
    """Give the records that may be one event with some that have changed, in groups that hang together.

    They are those in events that a likeness joins with these, and the records of all events that any is in. What lies
    beyond them is left as it is: in a capital each day hangs together with the next. What waits to be compared
    hangs together by its event.
    """
    joined = {other for _, other in _joined(db, linker, changed)}
    near = changed | homes(db, joined).keys()
    found, ties = near, set[tuple[int, int]]()
    while found:
        reached = of_one_event(db, found)
        judged = judged_together(db, found)
        ties.update(judged, _uncompared(db, reached | found))
        found = (reached | {other for _, other in judged}) - near
        near |= found
    forest = _Forest()
    for one, other in (*ties, *_joined(db, linker, near)):
        if other in near:
            forest.tie(one, other)
    return forest.groups(near)


def _add(db: Connection, linker: Linker, fresh: Set[int]) -> set[int]:
    if not fresh:
        return set()
    append(db, crowds, [{"record": number, "others": 0} for number in sorted(fresh)])
    told = reports(db, fresh | crowd_of(db, met(db, fresh)).keys())
    numbers = {report.record.id: number for number, report in told.items()}
    found = list(_compared(linker, told, fresh))
    _crowd(db, numbers, found, 1)
    alike = [
        (numbers[one.one], numbers[one.other], one.weight) for one in found if linker.joins(one.weight, 0)
    ]
    rows = [
        {"record": record, "other": other, "weight": weight}
        for first, second, weight in alike
        for record, other in ((first, second), (second, first))
    ]
    append(db, likenesses, sorted(rows, key=lambda row: (row["record"], row["other"])))
    return {numbers[name] for one in found for name in (one.one, one.other)}


def _forget(db: Connection, linker: Linker, retired: Set[int]) -> set[int]:
    if not retired:
        return set()
    gone = reports(db, retired, current=False)
    names = {report.record.id for report in gone.values()}
    near = reports(db, crowd_of(db, met(db, retired)).keys() - retired)
    # a newer version of an article may have records of the same ids
    told = gone | {number: report for number, report in near.items() if report.record.id not in names}
    numbers = {report.record.id: number for number, report in told.items()}
    found = list(_compared(linker, told, retired))
    _crowd(db, numbers, found, -1)
    lost = select(likenesses.c.other).where(likenesses.c.record.in_(among(retired)))
    touched = {
        *db.execute(lost).scalars(),
        *(numbers[name] for one in found for name in (one.one, one.other)),
    }
    db.execute(
        delete(likenesses).where(
            likenesses.c.other.in_(among(retired)), likenesses.c.record.in_(among(touched))
        )
    )
    for table in (likenesses, crowds, blocks):
        db.execute(delete(table).where(table.c.record.in_(among(retired))))
    return touched


def _compared(linker: Linker, told: dict[int, Report], fresh: Set[int]) -> Iterator[Comparison]:
    ordered = sorted(told.values(), key=lambda report: report.record.id)
    return iter(linker.compared(ordered, {told[number].record.id for number in fresh}))


def _crowd(db: Connection, numbers: dict[str, int], found: Iterable[Comparison], more: int) -> None:
    count = Counter(numbers[name] for one in found if one.apart for name in (one.one, one.other))
    if count:
        db.execute(_MORE, [{"of": record, "more": more * others} for record, others in sorted(count.items())])


def _joined(db: Connection, linker: Linker, numbers: Set[int]) -> Iterator[tuple[int, int]]:
    ours, theirs = crowds.alias(), crowds.alias()
    query = (
        select(likenesses, ours.c.others, theirs.c.others)
        .join(ours, ours.c.record == likenesses.c.record)
        .join(theirs, theirs.c.record == likenesses.c.other)
        .where(likenesses.c.record.in_(among(numbers)))
    )
    for record, other, weight, crowd, crowd_there in db.execute(query):
        if linker.joins(weight, min(crowd, crowd_there)):
            yield record, other


def _uncompared(db: Connection, numbers: Set[int]) -> Iterator[tuple[int, int]]:
    """Give pairs of records of one event of which one was not compared yet, as in a book of an older version."""
    at_home = homes(db, numbers - crowd_of(db, numbers).keys())
    for event in set(at_home.values()):
        first, *others = db.execute(select(members.c.record).where(members.c.event == event)).scalars()
        yield from ((first, other) for other in others)


class _Forest:
    """Records that hang together, each tied to the root of its group."""

    def __init__(self) -> None:
        self._above: dict[int, int] = {}

    def tie(self, one: int, other: int) -> None:
        self._above[self._root(other)] = self._root(one)

    def groups(self, numbers: Iterable[int]) -> list[set[int]]:
        found: dict[int, set[int]] = {}
        for number in sorted(numbers):
            found.setdefault(self._root(number), set()).add(number)
        return list(found.values())

    def _root(self, number: int) -> int:
        while (above := self._above.setdefault(number, number)) != number:
            self._above[number] = number = self._above.setdefault(above, above)
        return number
