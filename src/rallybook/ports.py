"""The plug points: whoever has read `model` and this file knows the system."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol, TypeVar

from rallybook.model.article import Article
from rallybook.model.copies import CopyGroup
from rallybook.model.decision import Decision
from rallybook.model.event import Comparison, Event, Report
from rallybook.model.keeping import Added, Change, Figures, Holdings, Standing, Tombstone, Version
from rallybook.model.outcome import Coded, Failure
from rallybook.model.overview import MOST_POINTS, Bin, BinWidth, Cell, Points, Spots
from rallybook.model.question import EVERYTHING, Question
from rallybook.model.shard import Shard, ShardOutcome
from rallybook.model.values import Place

Item = TypeVar("Item")
Result = TypeVar("Result")


class Source(Protocol):
    """Something that gives articles; what cannot be read comes as a `Failure`, and the rest goes on."""

    def articles(self) -> Iterator[Article | Failure]:
        """Give the articles in their order, lazily."""
        ...


class Gazetteer(Protocol):
    """A lexicon of places."""

    def named(self, name: str) -> Sequence[Place]:
        """Give all places that bear this name in any language, the most populous first."""
        ...


class Coder(Protocol):
    """Reads one article and gives its records."""

    @property
    def version(self) -> str:
        """The coder and codebook with their versions."""
        ...

    def code(self, article: Article) -> Coded:
        """Give the records of one article, each value with its spans."""
        ...


class Runner(Protocol):
    """Applies a stage to many items; results come in the order of the items."""

    def run(self, work: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        """Give `work(item)` for each item."""
        ...


class ShardRunner(Protocol):
    """Applies work to shards, each in a worker process; a shard whose worker dies is done by another."""

    def run(self, work: Callable[[Shard], ShardOutcome], shards: Iterable[Shard]) -> Iterator[ShardOutcome]:
        """Give `work(shard)` for each shard as it is done, whatever their order; may be asked more than once."""
        ...

    def close(self) -> None:
        """Let go of the workers."""
        ...


class TextFormat(Protocol):
    """A way to write coded articles as text."""

    def lines(self, coded: Iterable[Coded]) -> Iterator[str]:
        """Give the text piece by piece, so that a long run can be piped."""
        ...


class Linker(Protocol):
    """Tells which records are of one event, and what they tell of it together.

    What it gives does not depend on the order of what it is given, nor on records that share no block key.
    """

    def block_keys(self, report: Report, /) -> Mapping[str, tuple[bool, bool]]:
        """Give the keys of a report, and whether each is as exact as the report in place and in time.

        Two reports that may tell one event share a key that is exact in place for one of them, and in time for one of
        them. Where a report waits under a wider key for those that know no better, it meets none that know as well.
        """
        ...

    def compared(self, reports: Sequence[Report], fresh: Set[str], /) -> Iterable[Comparison]:
        """Compare each pair of reports that may tell one event and of which one is fresh, by its record's id."""
        ...

    def joins(self, weight: float, crowd: int, /) -> bool:
        """Tell whether a pair of that weight may be one event where so many records near both tell other events."""
        ...

    def clusters(
        self, reports: Sequence[Report], decisions: Sequence[Decision], /
    ) -> tuple[tuple[str, ...], ...]:
        """Give the ids of the records of each event, of reports that are all that there are."""
        ...

    def clustered(
        self,
        articles: Mapping[str, str],
        compared: Iterable[Comparison],
        decisions: Sequence[Decision],
        crowd: Mapping[str, int],
        /,
    ) -> tuple[tuple[str, ...], ...]:
        """Give the ids of the records of each event from comparisons that were made before.

        `articles` has the article of each record, `crowd` how many that it was compared with tell other events. What
        no likeness ties to a record has no part in its event.
        """
        ...

    def copy_keys(self, text: str, /) -> Sequence[int]:
        """Give the keys of an article's text, 0 to 2^32 - 1: two articles that may be one report share one."""
        ...

    def copies(self, articles: Sequence[Article], /) -> Sequence[CopyGroup]:
        """Give the groups of these articles that are one report: copies of one text, newer versions of it."""
        ...

    def consolidated(
        self, reports: Sequence[Report], decisions: Sequence[Decision], copies: Sequence[CopyGroup], /
    ) -> Event:
        """Give the event that some reports tell, in which copies count once; its id is "" and its revision 0."""
        ...


class Book(Protocol):
    """The store of record: keeps what it is given and answers with the events derived from it.

    Articles, records and decisions are appended; events follow from them. Every method that writes does all or
    nothing, and what it kept outlives the death of the process. Raises `BookError` where the store cannot be read or
    written, and `InputError` for what it is given and cannot take.
    """

    def standings(self, articles: Sequence[Article]) -> list[Standing]:
        """Tell of each article whether it is new, there with this very text, or taken down."""
        ...

    def keep(self, read: Sequence[tuple[Article, Coded]], failed: Sequence[Failure] = ()) -> Added:
        """Keep new articles with their records, and what failed; an article that is there adds nothing.

        An article of an id that is there with another text is its newer version: the records of the older one no
        longer tell events. What could not be coded is kept as a failure only, and is new again next time. The records
        tell events after the next `link`.
        """
        ...

    def link(self, *, everything: bool = False, runner: Runner | None = None) -> int:
        """Link the records that wait for it, or all; give their number. The workers of a `runner` share the work."""
        ...

    def events(self, asked: Question = EVERYTHING) -> Iterator[Event]:
        """Give the events that fulfil a question, from one state of the book."""
        ...

    def facets(self, asked: Question = EVERYTHING) -> dict[str, dict[str, int]]:
        """Give how many of these events each country, form, month, status, focus, frequent source and response has."""
        ...

    def count(self, asked: Question = EVERYTHING) -> int:
        """Give how many events fulfil a question, whatever the page."""
        ...

    def timeline(self, asked: Question = EVERYTHING, *, by: BinWidth = "day") -> tuple[Bin, ...]:
        """Give how many of these events began in each day, week or month, by form; empty ones are left out.

        Each event counts once, on its first day; those without one do not count.
        """
        ...

    def points(self, asked: Question = EVERYTHING, *, limit: int = MOST_POINTS) -> Points:
        """Give these events as points of a map, the first `limit` in their order, and how many are none."""
        ...

    def cells(self, asked: Question = EVERYTHING, *, resolution: int) -> tuple[Cell, ...]:
        """Give how many of these events lie in each cell of the map; empty ones are left out."""
        ...

    def spots(self, asked: Question = EVERYTHING) -> Spots:
        """Give how many of these events lie on each spot of the map, and how many are on none."""
        ...

    def responses(self, asked: Question = EVERYTHING) -> dict[str, dict[str, int]]:
        """Give of these events, for each form, how many saw each response of the authorities; zeros are left out."""
        ...

    def sizes(self, asked: Question = EVERYTHING) -> dict[tuple[int | None, int | None], int]:
        """Give how many of these events have each head count, lowest and highest."""
        ...

    def snapshot(self) -> AbstractContextManager[Book]:
        """Give the book as it is now, to be asked only: what others write meanwhile is not in its answers."""
        ...

    def state(self) -> str:
        """Give a mark of what the book holds, which is another after each change and the same for all who ask."""
        ...

    def event(self, name: str) -> Event:
        """Give the event of an id, or of a record's id; an id that is no more leads to where its records went."""
        ...

    def told_with(self, event: str) -> tuple[Event, ...]:
        """Give the other events that the articles of an event tell."""
        ...

    def versions(self, event: str) -> tuple[Version, ...]:
        """Give what an event was before, the oldest first."""
        ...

    def records_of(self, name: str, *, last: bool = False) -> tuple[str, ...]:
        """Give the ids of the records of an event, or the id of a record itself.

        With `last` an event that is no more gives those that it had at the end.
        """
        ...

    def compared(self, records: Sequence[str]) -> tuple[Report, ...]:
        """Give these records as reports, with all those that linking looks at for them."""
        ...

    def articles_of(self, records: Sequence[str]) -> dict[str, Article]:
        """Give the article of each of these records that is in the book."""
        ...

    def article(self, name: str) -> Article:
        """Give the newest version of an article; raises `InputError` where it is not in the book."""
        ...

    def read_in(self, article: str) -> tuple[str, ...]:
        """Give the ids of the records that were read in an article, in their order."""
        ...

    def reports_of(self, records: Sequence[str]) -> dict[str, Report]:
        """Give the report of each of these records that is in the book."""
        ...

    def changes(self, limit: int) -> tuple[Change, ...]:
        """Give the events that are new or have changed, the latest first, `limit` at most."""
        ...

    def decide(self, decisions: Sequence[Decision]) -> int:
        """Keep decisions and link their records anew; give how many were new."""
        ...

    def decisions(self, records: Sequence[str] | None = None) -> tuple[Decision, ...]:
        """Give the decisions on these records, or all, the oldest first; `WHOLE` stands for those on whole articles."""
        ...

    def take_down(self, article: str, *, by: str, why: str) -> Tombstone:
        """Erase an article, its records and every version of an event that shows them; give what is left."""
        ...

    def tombstones(self) -> tuple[Tombstone, ...]:
        """Give what is left of the articles that were taken down, the oldest first."""
        ...

    def failures(self) -> tuple[Failure, ...]:
        """Give what could not be read or coded."""
        ...

    def holdings(self) -> Holdings:
        """Give how much of each source and month is there, and who read it."""
        ...

    def figures(self) -> Figures:
        """Give how much is there, what waits to be linked, what failed, and when the last article came."""
        ...

    def check_ready(self) -> None:
        """Raise `BookError` where the store cannot be read now, or is no longer of the version that was opened."""
        ...

    def faults(self, *, derive: bool = True) -> Iterator[str]:
        """Give what is wrong with the store, with the words that prove values and, with `derive`, with the events.

        Those must come out the same when they are derived again, in a copy that is made for it and thrown away.
        """
        ...

    def back_up(self, target: Path) -> None:
        """Copy the whole book as it is at one moment into a new file, which is a book itself; others may write."""
        ...

    def close(self) -> None:
        """Let go of the store."""
        ...
