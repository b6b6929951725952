"""Adding many articles to a book: those that are there are not read again, and what is read is soon kept."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from rallybook.book.rows import sha, storable
from rallybook.model.article import Article
from rallybook.model.keeping import Added
from rallybook.model.outcome import Coded, Failure, SetAside
from rallybook.model.waiting import Found, Item, Waiting
from rallybook.ports import Book

Read = tuple[Found, Coded]
# articles are looked up so many at a time: a tenth of a millisecond each
_LOOKED_UP = 64
# a transaction has at most so many rows, so that whoever else writes waits some tens of milliseconds
MOST_ROWS = 2_000
# and lasts at most so long: a process that is killed loses what it read in this time
_LONGEST_S = 2.0


def add(
    book: Book,
    items: Iterable[Item],
    read: Callable[[Iterable[Item]], Iterable[Read]],
    *,
    step: Callable[[], None] = lambda: None,
    clock: Callable[[], float] = time.monotonic,
) -> Added:
    """Keep articles with the records that `read` gives of them; a run that was cut off goes on where it was.

    `read` gives each item with what was coded of it, and reads those that wait for that. `step` is called once an item.
    The records are not linked yet.
    """
    adding = _Adding(book, step)
    return _kept(adding, read(adding.new_ones(items)), clock)


def append(book: Book, read: Iterable[Read], *, step: Callable[[], None] = lambda: None) -> Added:
    """Keep articles with what was coded of them elsewhere; those that are there add nothing.

    `step` is called once an item. The records are not linked yet.
    """
    return _kept(_Adding(book, step), read, time.monotonic)


def _kept(adding: _Adding, read: Iterable[Read], clock: Callable[[], float]) -> Added:
    batch: list[Read] = []
    rows, began = 0, clock()
    for pair in read:
        size = _rows(pair[1])
        if batch and rows + size > MOST_ROWS:
            adding.keep(batch)
            batch, rows, began = [], 0, clock()
        batch.append(pair)
        rows += size
        if clock() - began > _LONGEST_S:
            adding.keep(batch)
            batch, rows, began = [], 0, clock()
    adding.keep(batch)
    return adding.added


class _Adding:
    """One run: what has become of its articles so far."""

    def __init__(self, book: Book, step: Callable[[], None]) -> None:
        self._book = book
        self._step = step
        # given to be read and not kept yet
        self._flying: set[tuple[str, bytes]] = set()
        self.added = Added()

    def new_ones(self, items: Iterable[Item]) -> Iterator[Item]:
        """Give the articles that are not in the book, and whatever is no article (yet)."""
        for group in _groups(items):
            given = [storable(item) if isinstance(item, Article) else item for item in group]
            articles = [item for item in given if isinstance(item, Article)]
            stands = iter(self._book.standings(articles))
            for item in given:
                if not isinstance(item, Article):
                    yield item
                    continue
                standing = next(stands)
                key = (item.id, sha(item))
                if standing == "new" and key not in self._flying:
                    self._flying.add(key)
                    yield item
                    continue
                gone = standing == "taken down"
                self._count(Added(taken_down=1) if gone else Added(there=1))
                self._step()

    def keep(self, batch: Sequence[Read]) -> None:
        """Keep what was read; after that nothing takes it away."""
        if not batch:
            return
        read = [(item, coded) for item, coded in batch if isinstance(item, Article)]
        failed = [item for item, _ in batch if isinstance(item, Failure)]
        if read or failed:
            self._count(self._book.keep(read, failed))
        why = Counter(item.why for item, _ in batch if isinstance(item, SetAside))
        self._count(Added(set_aside=why["words"], other_language=why["language"]))
        self._flying.difference_update((article.id, sha(article)) for article, _ in read)
        for _ in batch:
            self._step()

    def _count(self, more: Added) -> None:
        self.added = Added(
            **{name: getattr(self.added, name) + getattr(more, name) for name in Added.__struct_fields__}
        )


def _groups(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Give items in groups that are looked up together; a page that waits ends one, as pages in numbers fill memory."""
    group: list[Item] = []
    for item in items:
        group.append(item)
        if len(group) == _LOOKED_UP or isinstance(item, Waiting):
            yield group
            group = []
    if group:
        yield group


def _rows(coded: Coded) -> int:
    """Give about how many rows an outcome becomes: an article and its words, and for each record three."""
    return 2 + 3 * len(coded.events) + len(coded.failures)
