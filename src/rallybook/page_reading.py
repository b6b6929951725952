"""How the pages of archives are read: where they are coded, and only those whose words may tell a protest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from rallybook.model.article import Article
from rallybook.model.outcome import Failure, SetAside
from rallybook.model.waiting import Found, Item, Waiting, opened

if TYPE_CHECKING:
    from rallybook.sources.warc import ArchivedPage, PageReader

Other = TypeVar("Other")
SetAsideHeard = Callable[[SetAside], None] | None


def page_reader(*, likely: bool = False, waiting: bool = False) -> PageReader:
    """Give what reads the pages of archives: all or the `likely` ones, at once or where they are coded (`waiting`)."""
    read: Callable[[ArchivedPage], Found] = _read_likely if likely else _read
    return partial(Waiting, read) if waiting else read


def told(items: Iterable[Item], on_set_aside: SetAsideHeard = None) -> Iterator[Article | Failure]:
    """Give items as they are read here and now, without the pages that were set aside."""
    found: Iterator[Found] = map(opened, items)
    return apart(found, on_set_aside)


def apart(outcomes: Iterable[Other | SetAside], on_set_aside: SetAsideHeard = None) -> Iterator[Other]:
    """Give outcomes without the pages that were set aside, which go to `on_set_aside`."""
    for outcome in outcomes:
        if not isinstance(outcome, SetAside):
            yield outcome
        elif on_set_aside:
            on_set_aside(outcome)


# functions of a module, so that a page that waits can be sent to another process with what reads it
def _read(page: ArchivedPage) -> Found:
    from rallybook.sources.warc import read_page  # noqa: PLC0415 - start-up time

    return read_page(page)


def _read_likely(page: ArchivedPage) -> Found:
    from rallybook.coding.page_screen import PageScreen  # noqa: PLC0415 - start-up time
    from rallybook.sources.warc import read_page  # noqa: PLC0415

    return read_page(page, PageScreen())
