"""The plug points: whoever has read `model` and this file knows the system."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Protocol, TypeVar

from rallybook.model.account import Account, ApiKey, Role
from rallybook.model.article import Article
from rallybook.model.decision import Decision
from rallybook.model.event import Event, Report
from rallybook.model.keeping import Added, Change, Standing, Tombstone, Version
from rallybook.model.outcome import Coded, Failure
from rallybook.model.overview import MOST_POINTS, Bin, BinWidth, Cell, Points
from rallybook.model.question import Question
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


class Layout(Protocol):
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

    def clusters(
        self, reports: Sequence[Report], decisions: Sequence[Decision], /
    ) -> tuple[tuple[str, ...], ...]:
        """Give the ids of the records of each event."""
        ...

    def consolidated(self, reports: Sequence[Report], decisions: Sequence[Decision], /) -> Event:
        """Give the event that some reports tell; its id is "" and its revision 0."""
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

    def link(self, *, everything: bool = False, step: Callable[[int], None] | None = None) -> int:
        """Link the records that wait for it, or all; give their number. `step` hears how many a round linked."""
        ...

    def events(self, asked: Question = Question()) -> Iterator[Event]:  # noqa: B008 - frozen
        """Give the events that fulfil a question, from one state of the book."""
        ...

    def facets(self, asked: Question = Question()) -> dict[str, dict[str, int]]:  # noqa: B008 - frozen
        """Give how many of these events each country, form, month, status, focus, source and response has.

        Whatever the page; of sources only the most frequent ones.
        """
        ...

    def count(self, asked: Question = Question()) -> int:  # noqa: B008 - frozen
        """Give how many events fulfil a question, whatever the page."""
        ...

    def timeline(
        self,
        asked: Question = Question(),  # noqa: B008 - frozen
        *,
        by: BinWidth = "day",
    ) -> tuple[Bin, ...]:
        """Give how many of these events began in each day, week or month, by form; empty ones are left out.

        Each event counts once, on its first day; those without one do not count.
        """
        ...

    def points(self, asked: Question = Question(), *, limit: int = MOST_POINTS) -> Points:  # noqa: B008 - frozen
        """Give these events as points of a map, the first `limit` in their order, and how many are none."""
        ...

    def cells(self, asked: Question = Question(), *, resolution: int) -> tuple[Cell, ...]:  # noqa: B008 - frozen
        """Give how many of these events lie in each cell of the map; empty ones are left out."""
        ...

    def state(self) -> str:
        """Give a mark of what the book holds, which is another after each change and the same for all who ask."""
        ...

    def event(self, name: str) -> Event:
        """Give the event of an id, or of a record's id; an id that is no more leads to where its records went."""
        ...

    def versions(self, event: str) -> tuple[Version, ...]:
        """Give what an event was before, the oldest first."""
        ...

    def records_of(self, name: str, *, last: bool = False) -> tuple[str, ...]:
        """Give the ids of the records of an event, or the id of a record itself.

        With `last` an event that is no more gives those that it had at the end.
        """
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
        """Give the decisions on these records, or all, the oldest first."""
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

    def close(self) -> None:
        """Let go of the store."""
        ...


class Accounts(Protocol):
    """Who may log in to a served book. It knows passwords, sessions and keys by their hashes only.

    Raises `InputError` for a name, role or label that cannot be, and `BookError` where the store cannot be used.
    """

    def all(self) -> tuple[Account, ...]:
        """Give all accounts, by name."""
        ...

    def add(self, name: str, role: str, password: str) -> Account:
        """Make an account with the hash of its password."""
        ...

    def remove(self, name: str) -> None:
        """Take an account away with its sessions and keys."""
        ...

    def change(self, name: str, *, role: Role | None = None, password: str | None = None) -> None:
        """Give an account another role or password, and end its sessions."""
        ...

    def named(self, name: str) -> Account | None:
        """Give the account of a name."""
        ...

    def password_of(self, name: str) -> str | None:
        """Give the hash of an account's password."""
        ...

    def begin(self, token: bytes, name: str, until: dt.datetime) -> None:
        """Keep a session by the hash of its token; sessions that are over go."""
        ...

    def in_session(self, token: bytes) -> Account | None:
        """Give the account of a session that is not over."""
        ...

    def end(self, token: bytes) -> None:
        """End a session."""
        ...

    def add_key(self, token: bytes, name: str, label: str) -> ApiKey:
        """Keep a key by its hash."""
        ...

    def keys_of(self, name: str) -> tuple[ApiKey, ...]:
        """Give what is known of an account's keys."""
        ...

    def with_key(self, token: bytes) -> Account | None:
        """Give the account of a key by its hash."""
        ...

    def remove_key(self, name: str, label: str) -> None:
        """Take a key away."""
        ...

    def secret(self) -> bytes:
        """Give what cookies are signed with."""
        ...

    def close(self) -> None:
        """Let go of the store."""
        ...
