"""The plug points: whoever has read `model` and this file knows the system."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

from rallybook.model.article import Article
from rallybook.model.outcome import Coded, Failure
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
