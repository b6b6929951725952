"""What is known of pairs of records: each that may tell one event is compared once, when the later of the two comes.

Kept is for each record what it was compared with and how alike they are, and its crowd: how many of these tell other
events. So what an addition changes is found, and clustered anew, without comparing anything again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, delete, func, select, update

from rallybook.book.dialect import among, append
from rallybook.book.facts import await_linking
from rallybook.book.neighbourhood import met, reports
from rallybook.book.rows import block
from rallybook.book.schema import COMPARED, TOUCHED, blocks, comparisons, pending, records
from rallybook.model.event import Comparison, Report
from rallybook.ports import Linker

# how a record's comparisons are packed: the other record's number, the weight, whether it may join the two
_PAIR = np.dtype([("other", "<u4"), ("weight", "<f8"), ("kind", "u1")])
# how the pairs of a meeting are packed
_BOTH = np.dtype([("one", "<i8"), ("other", "<i8"), ("weight", "<f8"), ("kind", "u1")])
_MAY_JOIN, _APART = 1, 2
Pairs = npt.NDArray[np.void]


class Known(NamedTuple):
    """What is known of a record: how many that it was compared with tell other events, and each comparison."""

    crowd: int
    pairs: Pairs

    def all(self) -> Iterator[tuple[int, float]]:
        """Give the number of each other record and the weight."""
        return zip(self.pairs["other"].tolist(), self.pairs["weight"].tolist(), strict=True)

    def likenesses(self) -> Iterator[tuple[int, float]]:
        """Give those that may be one event with this one, if no crowd is near."""
        likely = self.pairs[self.pairs["kind"] & _MAY_JOIN != 0]
        return zip(likely["other"].tolist(), likely["weight"].tolist(), strict=True)


class Meeting(NamedTuple):
    """What comparing new records found, before it is kept: the `fresh` ones, those that they `met`, and each pair.

    `keys` are those of the fresh ones, as rows of `blocks`. A pair has the numbers of two records, the weight and what
    it says of the two.
    """

    fresh: frozenset[int]
    keys: list[tuple[int, int, int]]
    met: frozenset[int]
    pairs: npt.NDArray[np.void]


def compare(db: Connection, linker: Linker, numbers: Set[int], meeting: Meeting | None = None) -> set[int]:
    """Compare the new ones of some records with what is there, and forget those that tell nothing any more.

    They wait to be linked after that, and so do others whose likenesses or crowd it changes and that may be joined to
    something; gives all of these. A `meeting` that was found before is kept where it still holds.
    """
    fresh, retired = _new_and_gone(db, numbers)
    touched = _forget(db, retired)
    if fresh:
        touched |= _keep(db, _up_to_date(db, linker, meeting, fresh))
    db.execute(update(pending).where(pending.c.record.in_(among(numbers))).values(stage=COMPARED))
    await_linking(db, among(touched - numbers), TOUCHED)
    return {*numbers, *touched}


def meeting_of(db: Connection, linker: Linker, numbers: Set[int]) -> Meeting:
    """Compare the new ones of some records with what is there; nothing is written: `compare` keeps it."""
    fresh, _ = _new_and_gone(db, numbers)
    return _met_by(db, linker, fresh)


def _new_and_gone(db: Connection, numbers: Set[int]) -> tuple[Set[int], Set[int]]:
    """Give those of some records that are to be compared, and those whose comparisons are to be forgotten."""
    query = select(records.c.number).where(records.c.number.in_(among(numbers)), records.c.current == 1)
    current = set(db.execute(query).scalars())
    done = crowd_of(db, numbers).keys()
    return current - done, (numbers - current) & done


def crowd_of(db: Connection, numbers: Iterable[int]) -> dict[int, int]:
    """Give the crowd of each of some records that was compared."""
    query = select(comparisons.c.record, comparisons.c.crowd).where(comparisons.c.record.in_(among(numbers)))
    return {record: crowd for record, crowd in db.execute(query).all()}  # noqa: C416 - a row is no pair to mypy


def known_of(db: Connection, numbers: Iterable[int]) -> dict[int, Known]:
    """Give what is known of each of some records that was compared."""
    query = select(comparisons).where(comparisons.c.record.in_(among(numbers)))
    return {
        record: Known(crowd, np.frombuffer(packed, _PAIR))
        for record, crowd, packed in db.execute(query).all()
    }


def heard(db: Connection, numbers: Iterable[int]) -> int:
    """Give a sum of what some records were compared with, which is another one once they were compared with more."""
    query = select(comparisons.c.record, comparisons.c.crowd, func.length(comparisons.c.packed))
    query = query.where(comparisons.c.record.in_(among(numbers))).order_by(comparisons.c.record)
    return hash(tuple(map(tuple, db.execute(query))))


def _met_by(db: Connection, linker: Linker, fresh: Set[int]) -> Meeting:
    told = reports(db, fresh)
    # two keys of one record may be one number by chance
    keys = {
        (block(key), 2 * by_place + by_time, number)
        for number, report in told.items()
        for key, (by_place, by_time) in linker.block_keys(report).items()
    }
    others = reports(db, crowd_of(db, met(db, keys)).keys() - fresh)
    pairs = _compared(linker, told | others, fresh)
    return Meeting(frozenset(fresh), sorted(keys), frozenset(others), pairs)


def _up_to_date(db: Connection, linker: Linker, found: Meeting | None, fresh: Set[int]) -> Meeting:
    """Give what new records meet now: those that came after it was found are compared with them here."""
    if found is None or found.fresh != fresh:
        return _met_by(db, linker, fresh)
    now = crowd_of(db, met(db, found.keys)).keys() - fresh
    if not found.met <= now:
        return _met_by(db, linker, fresh)
    late = reports(db, now - found.met)
    if not late:
        return found
    more = _compared(linker, reports(db, fresh) | late, late.keys())
    # those that are late were compared with each other when they came
    more = more[np.isin(more["one"], list(fresh)) | np.isin(more["other"], list(fresh))]
    return found._replace(met=found.met.union(late), pairs=np.concatenate((found.pairs, more)))


def _compared(linker: Linker, told: Mapping[int, Report], fresh: Set[int]) -> npt.NDArray[np.void]:
    """Compare each pair of reports of which one is fresh, or both."""
    numbers = {report.record.id: number for number, report in told.items()}
    ordered = [told[numbers[name]] for name in sorted(numbers)]
    found = linker.compared(ordered, {told[number].record.id for number in fresh})
    rows = [(numbers[pair.one], numbers[pair.other], pair.weight, _kind(linker, pair)) for pair in found]
    return np.array(rows, _BOTH)


def _keep(db: Connection, meeting: Meeting) -> set[int]:
    """Keep what comparing new records found; give those that it tells something of."""
    append(db, blocks, [{"key": key, "fit": fit, "record": number} for key, fit, number in meeting.keys])
    gained = _by_record(meeting)
    before = known_of(db, gained.keys() - meeting.fresh)
    made = {n: _joined(before[n].pairs, more) if n in before else more for n, more in gained.items()}
    return _write(db, dict.fromkeys(meeting.fresh, np.empty(0, _PAIR)) | made)


def _by_record(meeting: Meeting) -> dict[int, Pairs]:
    """Give for each record what it was compared with."""
    if not len(meeting.pairs):
        return {}
    ones, others = meeting.pairs["one"], meeting.pairs["other"]
    records = np.concatenate((ones, others))
    told = np.empty(len(records), _PAIR)
    told["other"] = np.concatenate((others, ones))
    for what in ("weight", "kind"):
        told[what] = np.tile(meeting.pairs[what], 2)
    order = np.argsort(records, kind="stable")
    records, told = records[order], told[order]
    starts = np.flatnonzero(np.diff(records, prepend=-1))
    return dict(zip(records[starts].tolist(), np.split(told, starts[1:]), strict=True))


def _joined(pairs: Pairs, more: Pairs) -> Pairs:
    # as bytes: numpy finds out for each two arrays anew that their fields are the same
    return np.frombuffer(pairs.tobytes() + more.tobytes(), _PAIR)


def _kind(linker: Linker, pair: Comparison) -> int:
    return _MAY_JOIN * linker.joins(pair.weight, 0) | _APART * pair.apart


def _forget(db: Connection, retired: Set[int]) -> set[int]:
    """Take back what was told of others by records that tell nothing any more; give these others."""
    if not retired:
        return set()
    gone = known_of(db, retired)
    others = {other for known in gone.values() for other in known.pairs["other"].tolist()} - retired
    left = known_of(db, others)
    for table in (comparisons, blocks):
        db.execute(delete(table).where(table.c.record.in_(among(retired))))
    lost = np.fromiter(retired, np.uint32)
    _write(db, {n: known.pairs[~np.isin(known.pairs["other"], lost)] for n, known in left.items()})
    return {n for n, known in left.items() if next(known.likenesses(), None)}


def _write(db: Connection, found: Mapping[int, Pairs]) -> set[int]:
    """Keep the comparisons of some records; give those of them that may be joined to something."""
    db.execute(delete(comparisons).where(comparisons.c.record.in_(among(found))))
    rows = [
        {
            "record": number,
            "crowd": int(np.count_nonzero(found[number]["kind"] & _APART)),
            "packed": found[number].tobytes(),
        }
        for number in sorted(found)
    ]
    append(db, comparisons, rows)
    return {number for number, pairs in found.items() if (pairs["kind"] & _MAY_JOIN).any()}
