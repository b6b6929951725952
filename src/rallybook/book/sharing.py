"""Linking many records: workers find out what it comes to, and this process writes it.

A round is found out by a worker, from the state of the book that it sees, while this process writes the rounds before
it. Where nothing that it follows from has changed by then it is written as it was found, and where something has it is
found out again here. So events are what one process alone would make of the records (decision 33).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import zip_longest
from typing import Generic, NamedTuple, TypeVar

import msgspec
from sqlalchemy import Connection

from rallybook.book import collecting, relinking, state
from rallybook.book.database import Database
from rallybook.book.likenesses import compare, heard, meeting_of
from rallybook.book.relinking import Relinked
from rallybook.book.schema import ADDED, COMPARED, TOUCHED
from rallybook.ports import Linker, Runner

# of fewer rounds one process makes an end before others have begun
_FEW = 8
# rounds are taken in turn from so many stretches of the order: neighbours change each other's events
_STRETCHES = 4
# rounds that are found out ahead are fewer than this
_REMEMBERED = 256

Numbers = frozenset[int]
Found = TypeVar("Found")
_packed = msgspec.msgpack.Encoder()
_unpacked = msgspec.msgpack.Decoder(Relinked)


class _Told(NamedTuple):
    """What a worker tells of a round, in what state of the book it saw that, and what `heard` says of what it saw."""

    mark: str
    heard: int
    packed: bytes


class Sharing:
    """The rounds of linking many records, shared by the workers of a runner."""

    def __init__(self, database: Database, linker: Linker, runner: Runner) -> None:
        self._database = database
        self._linker = linker
        self._runner = runner

    def compare(self) -> int:
        """Compare the records that wait for it, if there are many; give their number."""
        compared = 0
        ahead: deque[Numbers] = deque()

        def items() -> Iterator[Numbers]:
            for numbers in _apart(self._rounds(ADDED)):
                ahead.append(numbers)
                yield numbers

        for meeting in self._runner.run(_Work(self._database, self._linker, meeting_of), items()):
            numbers = ahead.popleft()
            with collecting.at_rest(), self._database.writing() as db:
                compare(db, self._linker, numbers, meeting)
            compared += len(numbers)
        return compared

    def link(self) -> None:
        """Link the records that were compared, if there are many."""
        self._link(COMPARED)
        self._link(TOUCHED)

    def _link(self, stage: int) -> None:
        ahead: deque[Numbers] = deque()
        done: set[int] = set()
        with self._database.reading() as db:
            past = _Past(state.mark(db))

        def items() -> Iterator[Numbers]:
            for numbers in _apart(self._rounds(stage)):
                left = numbers - done
                if left:
                    ahead.append(left)
                    yield left

        find = partial(_relinked, retold=stage == COMPARED)
        for told in self._runner.run(_Work(self._database, self._linker, find), items()):
            numbers = ahead.popleft()
            retold = numbers if stage == COMPARED else Numbers()
            found = _unpacked.decode(told.packed) if told else None
            with collecting.at_rest(), self._database.writing() as db:
                if not told or not found or not past.leaves(db, told, found.seen):
                    found = relinking.relinked_now(db, self._linker, numbers, retold=retold)
                relinking.keep_linked(db, found)
                past.add(state.mark(db), found.changed)
            done |= found.changed

    def _rounds(self, stage: int) -> Sequence[Numbers]:
        with self._database.reading() as db:
            rounds = relinking.rounds_waiting(db, stage)
        return rounds if len(rounds) >= _FEW else ()


class _Past:
    """The last rounds that were written: the state of the book that each left, and the records that it changed."""

    def __init__(self, mark: str) -> None:
        self._rounds: deque[tuple[str, Numbers]] = deque([(mark, Numbers())], _REMEMBERED)

    def leaves(self, db: Connection, told: _Told, seen: Numbers) -> bool:
        """Tell whether what a worker told of the records that it saw holds still."""
        if state.mark(db) != self._rounds[-1][0]:
            # others have written
            self._rounds.clear()
            return False
        marks = [left for left, _ in self._rounds]
        if told.mark not in marks:
            return False
        since = Numbers().union(*(changed for _, changed in list(self._rounds)[marks.index(told.mark) + 1 :]))
        return seen.isdisjoint(since) and told.heard == heard(db, seen)

    def add(self, mark: str, changed: Numbers) -> None:
        """Remember a round that was written just now."""
        self._rounds.append((mark, changed))


class _Work(Generic[Found]):
    """What a worker does: it finds out a round in the state of the book that it sees."""

    def __init__(
        self, database: Database, linker: Linker, find: Callable[[Connection, Linker, Numbers], Found]
    ) -> None:
        self._opener = database.opener()
        self._linker = linker
        self._find = find
        self._own: Database | None = None

    def __call__(self, numbers: Numbers) -> Found:
        # in the worker: a connection cannot be taken along into another process
        self._own = self._own or self._opener()
        with collecting.at_rest(), self._own.reading() as db:
            return self._find(db, self._linker, numbers)


def _relinked(db: Connection, linker: Linker, numbers: Numbers, *, retold: bool) -> _Told | None:
    mark = state.mark(db)
    found = relinking.relinked(db, linker, numbers, retold=numbers if retold else Numbers())
    if not isinstance(found, Relinked):
        return None
    # as bytes: their way to this process takes an eighth of the time
    return _Told(mark, heard(db, found.seen), _packed.encode(found))


def _apart(rounds: Sequence[Numbers]) -> Iterator[Numbers]:
    """Give rounds so that those which follow each other are far from each other in the order."""
    each = -(-len(rounds) // _STRETCHES)
    stretches = [rounds[start : start + each] for start in range(0, len(rounds), each)] if rounds else ()
    return (numbers for turn in zip_longest(*stretches) for numbers in turn if numbers)
