"""Which records are one event once some have changed: clustered with those near them until no other event changes.

Events are what the linker makes of all records together. Records in events which no likeness ties to the changed ones
are clustered as they were, whatever these do. Of the others, the *near* ones, each event is clustered again beside the
changed ones, record by record as it once grew: where it comes out as it was, it would do so among all records, too, for
the first step that took it elsewhere would be one with a changed record, and these are there. Where it does not, its
records have changed, and what is near them is looked at as well. So what is found is what clustering all at once would
give, in whatever order things came (decision 27).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set

import numpy as np
from sqlalchemy import Connection, select

from rallybook.book.dialect import among
from rallybook.book.identity import Cluster
from rallybook.book.likenesses import Known, crowd_of, known_of
from rallybook.book.neighbourhood import decisions_around, homes, judged_together, of_one_event
from rallybook.book.schema import TOUCHED, articles, members, pending, records
from rallybook.model.decision import Decision
from rallybook.model.event import Comparison
from rallybook.ports import Linker


class Regrouping:
    """Records that have changed, with all whose event that may change, and what is known of them.

    `changed` are these records, `former` the event that each was in, `clusters` those of them that are one event now
    and `decided` the decisions that speak of any. All this follows from the book's state about the records of `seen`.
    Where some are still to be compared (a person judged before their turn came, or the book is of an older version)
    these are `uncompared`, and there is nothing else.
    """

    def __init__(self, db: Connection, linker: Linker, numbers: Iterable[int]) -> None:
        """Cluster some records that have changed, and whatever else that changes."""
        self._db, self._linker = db, linker
        self.changed: set[int] = set()
        self.seen: set[int] = set()
        self.uncompared: Set[int] = frozenset()
        self.former: dict[int, int] = {}
        self.clusters: list[Cluster] = []
        self.decided: Sequence[Decision] = ()
        self._near: dict[int, set[int]] = {}
        self._known: dict[int, Known] = {}
        self._crowd: dict[int, int] = {}
        # the id of each record that tells something, and its article's
        self._ids: dict[int, tuple[str, str]] = {}
        self._asked: tuple[dict[str, int], int] | None = None
        self._answer: list[Cluster] = []
        more = set(numbers)
        while more:
            self._take(more)
            if self.uncompared:
                return
            found = self._clusters()
            whole = set(found)
            more = {n for event in self._near.values() if frozenset(event) not in whole for n in event}
            self.clusters = [cluster for cluster in found if cluster & self.changed]

    def _take(self, numbers: set[int]) -> None:
        """Count records among the changed ones, with their events and what people judged together with them."""
        found = numbers
        while found:
            self.changed |= found
            judged = {other for _, other in judged_together(self._db, found)}
            found = (of_one_event(self._db, found) | judged) - self.changed
        self.former = homes(self._db, self.changed)
        self._learn(self.changed)
        self.uncompared = self._ids.keys() & self.changed - self._known.keys()
        if self.uncompared:
            return
        self._near = {event: near for event, near in self._near.items() if not near & self.changed}
        self._look_around()

    def _look_around(self) -> None:
        """Find the events that likenesses tie to the changed records, but those of which a record waits to be linked.

        Those with records that were only touched are among them: left out, an event would lose its id to a larger
        number of new records, which would be an event of their own until its turn came.
        """
        far = {other for n in self.changed & self._known.keys() for other, _ in self._known[n].likenesses()}
        self._crowd |= crowd_of(self._db, far - self._crowd.keys())
        tied = {other for n in self.changed & self._known.keys() for other in self._joined(n)} - self.changed
        self.seen |= self.changed | tied
        events = set(homes(self._db, tied).values()) - self._near.keys()
        waiting = select(members.c.event).join(pending, pending.c.record == members.c.record)
        waiting = waiting.where(members.c.event.in_(among(events)), pending.c.stage != TOUCHED)
        events -= set(self._db.execute(waiting).scalars())
        query = select(members.c.event, members.c.record).where(members.c.event.in_(among(events)))
        for event, record in self._db.execute(query).all():
            self._near.setdefault(event, set()).add(record)
            self.seen.add(record)
        self._learn({n for event in events for n in self._near[event]})

    def _learn(self, numbers: Iterable[int]) -> None:
        unknown = {n for n in numbers if n not in self._known}
        self._known |= known_of(self._db, unknown)
        self._crowd |= {n: self._known[n].crowd for n in unknown & self._known.keys()}
        query = (
            select(records.c.number, records.c.id, articles.c.id)
            .join(articles, articles.c.number == records.c.article)
            .where(records.c.number.in_(among(unknown)), records.c.current == 1)
        )
        self._ids |= {number: (record, article) for number, record, article in self._db.execute(query).all()}

    def _joined(self, number: int) -> Iterator[int]:
        """Give the records that a likeness joins with one, the crowd about the two taken off."""
        known, joins = self._known[number], self._linker.joins
        for other, weight in known.likenesses():
            crowd = self._crowd.get(other)
            if crowd is not None and joins(weight, min(known.crowd, crowd)):
                yield other

    def _clusters(self) -> list[Cluster]:
        """Give the clusters of the changed records and of those near them."""
        told = {n for n in self.changed.union(*self._near.values()) if n in self._ids}
        ids = {self._ids[n][0]: n for n in told}
        self.decided = decisions_around(self._db, ids)
        found = list(self._compared(told))
        if not found and not self.decided:
            return [frozenset((n,)) for n in told]
        # where what has changed was all looked at already, nothing else comes out
        if (asked := (ids, len(found))) != self._asked:
            clusters = self._linker.clustered(
                {name: self._ids[n][1] for name, n in ids.items()},
                found,
                self.decided,
                {name: self._crowd.get(n, 0) for name, n in ids.items()},
            )
            self._asked = asked
            self._answer = [frozenset(ids[name] for name in cluster) for cluster in clusters]
        return self._answer

    def _compared(self, told: set[int]) -> Iterator[Comparison]:
        """Give the comparisons within these records; events near the changed ones are not compared with each other."""
        names = {n: self._ids[n][0] for n in told}
        home = {n: event for event, near in self._near.items() for n in near}
        numbers = np.array(sorted(told & self._known.keys()), np.int64)
        if not len(numbers):
            return
        pairs = [self._known[n].pairs for n in numbers.tolist()]
        every = np.concatenate(pairs)
        ours = np.repeat(np.arange(len(numbers)), [len(one) for one in pairs])
        theirs = np.searchsorted(numbers, every["other"]).clip(max=len(numbers) - 1)
        events = np.array([home.get(n, -n) for n in numbers.tolist()], np.int64)
        both = (numbers[theirs] == every["other"]) & (ours < theirs)
        both &= (events[ours] == events[theirs]) | (events[ours] <= 0) | (events[theirs] <= 0)
        weights = every["weight"][both].tolist()
        named = [names[n] for n in numbers.tolist()]
        for one, other, weight in zip(ours[both].tolist(), theirs[both].tolist(), weights, strict=True):
            yield Comparison(named[one], named[other], weight, False)
