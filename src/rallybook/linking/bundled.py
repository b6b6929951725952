"""The linker that comes with rallybook: the functions of this room as one `Linker`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from functools import cache
from typing import NamedTuple

from rallybook.model.article import Article
from rallybook.model.copies import CopyGroup
from rallybook.model.decision import Decision
from rallybook.model.event import Comparison, Event, Report
from rallybook.ports import Linker


class Linking(NamedTuple):
    """A `Linker` made of functions."""

    block_keys: Callable[[Report], Mapping[str, tuple[bool, bool]]]
    compared: Callable[[Sequence[Report], Set[str]], Iterable[Comparison]]
    joins: Callable[[float, int], bool]
    clusters: Callable[[Sequence[Report], Sequence[Decision]], tuple[tuple[str, ...], ...]]
    clustered: Callable[
        [Mapping[str, str], Iterable[Comparison], Sequence[Decision], Mapping[str, int]],
        tuple[tuple[str, ...], ...],
    ]
    copy_keys: Callable[[str], Sequence[int]]
    copies: Callable[[Sequence[Article]], Sequence[CopyGroup]]
    consolidated: Callable[[Sequence[Report], Sequence[Decision], Sequence[CopyGroup]], Event]


@cache
def linker() -> Linker:
    """Give what links the records of a book."""
    from rallybook.linking import blocking, clustering, consolidation, duplicates  # noqa: PLC0415 - start-up time

    return Linking(
        block_keys=blocking.block_keys,
        compared=clustering.compared,
        joins=clustering.joins,
        clusters=clustering.clusters,
        clustered=clustering.clustered,
        copy_keys=duplicates.copy_keys,
        copies=duplicates.copies,
        consolidated=consolidation.consolidated,
    )
