"""Which articles of an event are one report: keys of their texts are kept, so that few texts are read again.

Only articles that tell one event are compared, as only there a copy could be counted twice. So what a book finds
does not depend on what else is in it, nor on the order in which it came; and a text gets its keys once, when its
event is first told by another article, too: loading does not wait for it, and adding some articles reads few others.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, select

from rallybook.book.dialect import among, spoken
from rallybook.book.identity import Cluster
from rallybook.book.rows import article_of
from rallybook.book.schema import articles, copy_keys, records
from rallybook.model.article import Article
from rallybook.model.copies import CopyGroup
from rallybook.ports import Linker

# unsigned, of 32 bits on every machine that Python knows
_KEY = "I"


class Copies(NamedTuple):
    """Which articles of clusters of records are one report, and the keys, packed, of those that had none yet."""

    groups: dict[Cluster, Sequence[CopyGroup]]
    keys: dict[int, bytes]


def copied(db: Connection, linker: Linker, clusters: Iterable[Cluster]) -> Copies:
    """Give the groups of articles that are one report, for each cluster of records that has any; nothing is written."""
    shared = [cluster for cluster in clusters if len(cluster) > 1]
    article = _articles(db, {record for cluster in shared for record in cluster})
    of = {cluster: {article[record] for record in cluster} for cluster in shared}
    several = {cluster: numbers for cluster, numbers in of.items() if len(numbers) > 1}
    known, fresh = _keys(db, linker, {number for numbers in several.values() for number in numbers})
    keys = known | fresh
    met = {cluster: found for cluster, numbers in several.items() if (found := _met(numbers, keys))}
    told = _texts(db, {number for numbers in met.values() for number in numbers})
    groups = {cluster: linker.copies([told[n] for n in sorted(numbers)]) for cluster, numbers in met.items()}
    return Copies(
        {cluster: found for cluster, found in groups.items() if found},
        {number: packed.tobytes() for number, packed in fresh.items()},
    )


def keep_keys(db: Connection, keys: Mapping[int, bytes]) -> None:
    """Keep the keys of articles, packed, but those that are there."""
    rows = [{"article": number, "packed": packed} for number, packed in keys.items()]
    spoken(db).append_missing(db, copy_keys, rows)


def _articles(db: Connection, numbers: Collection[int]) -> dict[int, int]:
    query = select(records.c.number, records.c.article).where(records.c.number.in_(among(numbers)))
    return {row.number: row.article for row in db.execute(query)}


def _met(numbers: Iterable[int], keys: Mapping[int, array[int]]) -> set[int]:
    """Give the articles that share a key with another one."""
    buckets: dict[int, list[int]] = defaultdict(list)
    for number in numbers:
        for key in set(keys[number]):
            buckets[key].append(number)
    return {number for bucket in buckets.values() if len(bucket) > 1 for number in bucket}


def _keys(
    db: Connection, linker: Linker, numbers: Collection[int]
) -> tuple[dict[int, array[int]], dict[int, array[int]]]:
    """Give the keys of articles: those that are kept, and of the others."""
    query = select(copy_keys.c.article, copy_keys.c.packed).where(copy_keys.c.article.in_(among(numbers)))
    found = {row.article: array(_KEY, row.packed) for row in db.execute(query)}
    texts = select(articles.c.number, articles.c.text).where(
        articles.c.number.in_(among(number for number in numbers if number not in found))
    )
    fresh = {row.number: array(_KEY, linker.copy_keys(row.text)) for row in db.execute(texts)}
    return found, fresh


def _texts(db: Connection, numbers: Collection[int]) -> dict[int, Article]:
    query = select(articles).where(articles.c.number.in_(among(numbers)))
    return {row["number"]: article_of(row) for row in db.execute(query).mappings()}
