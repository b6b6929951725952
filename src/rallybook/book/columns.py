"""What facets count by, kept in memory: read once, then brought up to date with what has changed.

Counting half a million events by seven things takes SQLite as many walks through an index; in columns it takes some
milliseconds. Which events fulfil a question the book itself says, so that there is one meaning of each filter.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from threading import Lock
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from sqlalchemy import ColumnElement, Connection, Select, Text, cast, func, select

from rallybook.book import counting
from rallybook.book.asking import conditions
from rallybook.book.dialect import among
from rallybook.book.schema import UNDATED, event_sources, events
from rallybook.book.state import Ends, changed_since, ends
from rallybook.model.question import Question
from rallybook.model.record import RESPONSE_ACTIONS

_KINDS = ("country", "form", "month", "status", "focus")
Numbers = npt.NDArray[np.int64]


class Counters:
    """Counts the facets of a book for all who ask in this process: those who ask once do not pay for columns."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._columns: _Columns | None = None
        self._asked = False

    def facets(self, db: Connection, asked: Question) -> dict[str, dict[str, int]]:
        """Give how many of the events that fulfil a question each country, form, month and so on has."""
        with self._lock:
            columns = self._current(db) if self._asked else None
            self._asked = True
        return columns.facets(db, asked) if columns else counting.facets(db, asked)

    def _current(self, db: Connection) -> _Columns | None:
        """Give the columns of the state that a reader sees, None where they are of a newer one already."""
        now, known = ends(db), self._columns
        if known and now == known.ends:
            return known
        if known and any(seen < there for seen, there in zip(now, known.ends, strict=True)):
            # a reader of an older state, or a take-down, which erases what told of changes
            if now.tombstones == known.ends.tombstones:
                return None
            known = None
        if known and now.tombstones != known.ends.tombstones:
            known = None
        self._columns = _read(db, now, known)
        return self._columns


class _Names:
    """Numbers for words, in the order in which they were first seen."""

    def __init__(self) -> None:
        self.all: list[str] = []
        self._codes: dict[str, int] = {}

    def coded(self, words: Iterable[str]) -> Numbers:
        codes = self._codes
        found = np.array([codes.setdefault(word, len(codes)) for word in words], np.int64)
        self.all = list(codes)
        return found


class _Columns(NamedTuple):
    """Events by number, each with its id as a number, and a code for each kind of facet; the outlets of each."""

    ends: Ends
    names: dict[str, _Names]
    numbers: Numbers
    ids: npt.NDArray[np.uint64]
    codes: dict[str, Numbers]
    responses: Numbers
    # one for each outlet of an event
    told: Numbers
    sources: Numbers

    def facets(self, db: Connection, asked: Question) -> dict[str, dict[str, int]]:
        held = conditions(asked)
        chosen = np.ones(len(self.numbers), bool)
        if held:
            chosen[:] = False
            chosen[np.searchsorted(self.numbers, _fulfilling(db, held))] = True
        found = {kind: dict(sorted(self._counted(kind, self.codes[kind][chosen]))) for kind in _KINDS}
        found["month"].pop(UNDATED[:7], None)
        outlets = chosen[np.searchsorted(self.numbers, self.told)]
        most = sorted(self._counted("source", self.sources[outlets]), key=lambda pair: (-pair[1], pair[0]))
        found["source"] = dict(most[: counting.MOST_SOURCES])
        bits = self.responses[chosen]
        acts = [int(np.count_nonzero(bits >> place & 1)) for place in range(len(RESPONSE_ACTIONS))]
        found["response"] = {act: count for act, count in zip(RESPONSE_ACTIONS, acts, strict=True) if count}
        return found

    def _counted(self, kind: str, codes: Numbers) -> list[tuple[str, int]]:
        names = self.names[kind].all
        counts = np.bincount(codes, minlength=len(names)).tolist()
        return [(name, count) for name, count in zip(names, counts, strict=False) if count]


def _fulfilling(db: Connection, held: Sequence[ColumnElement[bool]]) -> Numbers:
    """Give the numbers of the events that fulfil conditions; they come as one text: rows take four times as long."""
    listed = func.aggregate_strings(cast(events.c.number, Text), ",")
    text = db.execute(select(listed).where(*held)).scalar()
    return np.fromstring(text, np.int64, sep=",") if text else np.empty(0, np.int64)


def _read(db: Connection, now: Ends, known: _Columns | None) -> _Columns:
    """Read all, or what is not as it was known."""
    month = func.substr(events.c.first_day, 1, 7)
    e = events.c
    query = select(e.number, e.id, e.country, e.form, month, e.status, e.focus, e.responses).order_by(
        e.number
    )
    outlets = select(event_sources.c.event, event_sources.c.source)
    if known is None:
        names = {kind: _Names() for kind in (*_KINDS, "source")}
        return _columns(now, names, db.execute(query).all(), db.execute(outlets).all())
    ids = changed_since(db, known.ends)
    kept = ~np.isin(known.ids, np.array([int(name, 16) for name in ids], np.uint64))
    # what is new is numbered on from what was there
    last = int(known.numbers[kept].max(initial=0))
    rows = [*_of(db, query, (e.id.in_(among(ids)), e.number <= last)), *_of(db, query, (e.number > last,))]
    fresh = [row[0] for row in rows]
    told = db.execute(outlets.where(event_sources.c.event.in_(among(fresh)))).all()
    return _joined(known, kept, _columns(now, known.names, rows, told))


def _of(db: Connection, query: Select[Any], held: tuple[Any, ...]) -> Sequence[Any]:
    return db.execute(query.where(*held)).all()


def _columns(now: Ends, names: dict[str, _Names], rows: Sequence[Any], outlets: Sequence[Any]) -> _Columns:
    numbers, ids, *values, responses = zip(*rows, strict=True) if rows else [()] * (len(_KINDS) + 3)
    told, sources = zip(*outlets, strict=True) if outlets else ((), ())
    return _Columns(
        ends=now,
        names=names,
        numbers=np.array(numbers, np.int64),
        ids=np.array([int(name, 16) for name in ids], np.uint64),
        codes={kind: names[kind].coded(words) for kind, words in zip(_KINDS, values, strict=True)},
        responses=np.array(responses, np.int64),
        told=np.array(told, np.int64),
        sources=names["source"].coded(sources),
    )


def _joined(known: _Columns, kept: npt.NDArray[np.bool_], fresh: _Columns) -> _Columns:
    """Give what was kept of the known ones and the fresh ones, in the order of their numbers."""
    order = np.argsort(np.concatenate((known.numbers[kept], fresh.numbers)), kind="stable")
    still = np.isin(known.told, known.numbers[kept])

    def both(before: npt.NDArray[Any], after: npt.NDArray[Any]) -> npt.NDArray[Any]:
        return np.concatenate((before[kept], after))[order]

    return fresh._replace(
        numbers=both(known.numbers, fresh.numbers),
        ids=both(known.ids, fresh.ids),
        codes={kind: both(known.codes[kind], fresh.codes[kind]) for kind in _KINDS},
        responses=both(known.responses, fresh.responses),
        told=np.concatenate((known.told[still], fresh.told)),
        sources=np.concatenate((known.sources[still], fresh.sources)),
    )
