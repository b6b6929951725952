"""Pages that are read where they are coded: what is read from an archive is handed on as it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from rallybook.model.article import Article
from rallybook.model.outcome import Failure, SetAside

Found = Article | Failure | SetAside


class Waiting(NamedTuple):
    """A page and what reads it; both can be sent to another process."""

    read: Callable[[Any], Found]
    page: Any

    def opened(self) -> Found:
        """Give the article of the page, or why there is none."""
        return self.read(self.page)


# what a source gives
Item = Found | Waiting


def opened(item: Item) -> Found:
    """Give what a source gave, read where it still waits for that."""
    return item.opened() if isinstance(item, Waiting) else item
