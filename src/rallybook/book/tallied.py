"""What can be counted of the events that fulfil a question, whatever the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from rallybook.book import asking, counting
from rallybook.book.columns import Counters
from rallybook.book.database import Database
from rallybook.model.overview import MOST_POINTS, Bin, BinWidth, Cell, Points, Spots
from rallybook.model.question import EVERYTHING, Question

Answer = TypeVar("Answer")


class Tallied:
    """The part of a `Book` that counts; each answer is of one state of the book. Raises `InputError`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._counters = Counters()

    def facets(self, asked: Question = EVERYTHING) -> dict[str, dict[str, int]]:
        """Give how many of these events each country, form, month, status, focus, source and response has."""
        return self._counted(asked, self._counters.facets)

    def count(self, asked: Question = EVERYTHING) -> int:
        """Give how many events fulfil a question, whatever the page."""
        return self._counted(asked, counting.count)

    def timeline(self, asked: Question = EVERYTHING, *, by: BinWidth = "day") -> tuple[Bin, ...]:
        """Give how many of these events began in each day, week or month, by form; empty ones are left out."""
        return self._counted(asked, counting.timeline, by)

    def points(self, asked: Question = EVERYTHING, *, limit: int = MOST_POINTS) -> Points:
        """Give these events as points of a map, the first `limit` in their order, and how many are none."""
        return self._counted(asked, counting.points, limit)

    def cells(self, asked: Question = EVERYTHING, *, resolution: int) -> tuple[Cell, ...]:
        """Give how many of these events lie in each cell of the map; empty ones are left out."""
        return self._counted(asked, counting.cells, resolution)

    def spots(self, asked: Question = EVERYTHING) -> Spots:
        """Give how many of these events lie on each spot of the map, and how many are on none."""
        return self._counted(asked, counting.spots)

    def responses(self, asked: Question = EVERYTHING) -> dict[str, dict[str, int]]:
        """Give of these events, for each form, how many saw each response of the authorities."""
        return self._counted(asked, counting.responses)

    def sizes(self, asked: Question = EVERYTHING) -> dict[tuple[int | None, int | None], int]:
        """Give how many of these events have each head count, lowest and highest."""
        return self._counted(asked, counting.sizes)

    def _counted(self, asked: Question, work: Callable[..., Answer], *options: object) -> Answer:
        asking.check(asked)
        with self._database.reading() as db:
            return work(db, asked, *options)
