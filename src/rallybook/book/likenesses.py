"""What is known of pairs of records: each that may tell one event is compared once, when the later of the two comes.

Kept is for each record what it was compared with and how alike they are, and its crowd: how many of these tell other
events. So what an addition changes is found, and clustered anew, without comparing anything again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, delete, select, update

from rallybook.book.dialect import among, append
from rallybook.book.facts import await_linking
from rallybook.book.neighbourhood import met, reports
from rallybook.book.rows import block
from rallybook.book.schema import COMPARED, TOUCHED, blocks, comparisons, pending, records
from rallybook.model.event import Comparison, Report
from rallybook.ports import Linker

# how a record's comparisons are packed: the other record's number, the weight, whether it may join the two
_PAIR = np.dtype([("other", "<u4"), ("weight", "<f8"), ("kind", "u1")])
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


def compare(db: Connection, linker: Linker, numbers: Set[int]) -> set[int]:
    """Compare the new ones of some records with what is there, and forget those that tell nothing any more.

    They wait to be linked after that, and so do others whose likenesses or crowd it changes and that may be joined to
    something; gives all of these.
    """
    current = set(
        db.execute(
            select(records.c.number).where(records.c.number.in_(among(numbers)), records.c.current == 1)
        ).scalars()
    )
    done = crowd_of(db, numbers).keys()
    touched = _forget(db, (numbers - current) & done)
    touched |= _add(db, linker, current - done)
    db.execute(update(pending).where(pending.c.record.in_(among(numbers))).values(stage=COMPARED))
    await_linking(db, among(touched - numbers), TOUCHED)
    return {*numbers, *touched}


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


def _add(db: Connection, linker: Linker, fresh: Set[int]) -> set[int]:
    """Compare new records with what they meet; give those that it tells something of."""
    if not fresh:
        return set()
    told = reports(db, fresh)
    _add_keys(db, linker, told)
    told |= reports(db, crowd_of(db, met(db, fresh)).keys() - fresh)
    numbers = {report.record.id: number for number, report in told.items()}
    ordered = [told[numbers[name]] for name in sorted(numbers)]
    found = linker.compared(ordered, {told[number].record.id for number in fresh})
    pairs = [(numbers[pair.one], numbers[pair.other], pair.weight, _kind(linker, pair)) for pair in found]
    gained = _by_record(pairs)
    before = known_of(db, gained.keys() - fresh)
    made = {n: _joined(before[n].pairs, more) if n in before else more for n, more in gained.items()}
    return _write(db, dict.fromkeys(fresh, np.empty(0, _PAIR)) | made)


def _add_keys(db: Connection, linker: Linker, told: Mapping[int, Report]) -> None:
    # two keys of one record may be one number by chance
    rows = {
        (block(key), 2 * by_place + by_time, number)
        for number, report in told.items()
        for key, (by_place, by_time) in linker.block_keys(report).items()
    }
    append(db, blocks, [{"key": key, "fit": fit, "record": number} for key, fit, number in sorted(rows)])


def _by_record(pairs: list[tuple[int, int, float, int]]) -> dict[int, Pairs]:
    """Give for each record what it was compared with."""
    if not pairs:
        return {}
    ones, others, weights, kinds = map(np.array, zip(*pairs, strict=True))
    records = np.concatenate((ones, others))
    told = np.empty(len(records), _PAIR)
    told["other"] = np.concatenate((others, ones))
    told["weight"] = np.tile(weights, 2)
    told["kind"] = np.tile(kinds, 2)
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
