"""The same text twice: wire copies, and newer versions of one article."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

import msgspec
from rensa import RMinHash

from rallybook.model.article import Article

_WORD = re.compile(r"\w+")
# four words in a row are seldom the same in two reports that were written apart
_SHINGLE = 4
# 42 bands of 3: a pair that shares half of its shingles meets with a probability of .996, a tenth with .04
_BANDS, _ROWS, _SEED = 42, 3, 1
# of the shorter text's shingles; of the 96,580 pairs in labelled/articles.jsonl, all written apart, none
# shares more than .05; the copies of labelled/linked.jsonl share .88 to .99
_COPY, _VERSION = 0.6, 0.4


class CopyGroup(msgspec.Struct, frozen=True):
    """Articles with one text, or nearly: one report, as far as sizes and support are counted.

    `articles` begins with the first published; `superseded` gives for the older versions of an article the
    version that took its place. Both stay articles of the book.
    """

    articles: tuple[str, ...]
    superseded: dict[str, str] = {}

    @property
    def original(self) -> str:
        """The id of the first published."""
        return self.articles[0]


def copies(articles: Iterable[Article]) -> tuple[CopyGroup, ...]:
    """Give the groups of two or more articles that are one report, in the order of their first ids.

    Two articles are copies where the longer has three fifths of the shorter one's runs of four words; from one
    source or URL two fifths will do, and the one published later supersedes the other.
    """
    ordered = sorted({article.id: article for article in articles}.values(), key=_age)
    shingles = [_shingles(article.text) for article in ordered]
    parent = list(range(len(ordered)))
    for one, other in sorted(_met(shingles)):
        share = _share(shingles[one], shingles[other])
        if share >= (_VERSION if _one_origin(ordered[one], ordered[other]) else _COPY):
            first, second = sorted((_root(parent, one), _root(parent, other)))
            parent[second] = first
    groups: dict[int, list[Article]] = defaultdict(list)
    for n, article in enumerate(ordered):
        groups[_root(parent, n)].append(article)
    found = (_group(members) for members in groups.values() if len(members) > 1)
    return tuple(sorted(found, key=lambda group: group.original))


def _age(article: Article) -> tuple[dt.date, str]:
    return (article.published or dt.date.max, article.id)


def _shingles(text: str) -> frozenset[str]:
    words = _WORD.findall(text.lower())
    return frozenset(" ".join(words[n : n + _SHINGLE]) for n in range(max(len(words) - _SHINGLE + 1, 1)))


def _met(shingles: Sequence[frozenset[str]]) -> Iterator[tuple[int, int]]:
    """Give the pairs of which a band of the signatures is the same, each once."""
    buckets: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for n, one in enumerate(shingles):
        signature = RMinHash(_BANDS * _ROWS, _SEED)
        signature.update(sorted(one))
        digest = signature.digest()
        for band in range(_BANDS):
            buckets[band, *digest[band * _ROWS : (band + 1) * _ROWS]].append(n)
    yield from {pair for bucket in buckets.values() for pair in combinations(bucket, 2)}


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / min(len(one), len(other))


def _one_origin(one: Article, other: Article) -> bool:
    return bool(one.url and one.url == other.url) or bool(one.source and one.source == other.source)


def _group(members: Sequence[Article]) -> CopyGroup:
    """Give a group of articles in the order of their age."""
    superseded = {}
    for n, older in enumerate(members):
        newer = (
            one
            for one in members[n + 1 :]
            if _one_origin(older, one)
            and older.published
            and one.published
            and older.published < one.published
        )
        if latest := max(newer, key=_age, default=None):
            superseded[older.id] = latest.id
    return CopyGroup(tuple(article.id for article in members), superseded)


def _root(parent: list[int], n: int) -> int:
    while parent[n] != n:
        parent[n] = parent[parent[n]]
        n = parent[n]
    return n
