"""The same text twice: wire copies, and newer versions of one article."""

from __future__ import annotations

import datetime as dt
import re
import struct
import zlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations

from rensa import RMinHash

from rallybook.model.article import Article
from rallybook.model.copies import CopyGroup

_WORD = re.compile(r"\w+")
# four words in a row are seldom the same in two reports that were written apart
_SHINGLE = 4
# 42 bands of 3: a pair that shares half of its shingles meets with a probability of .996, a tenth with .04
_BANDS, _ROWS, _SEED = 42, 3, 1
_BAND_BYTES = 4 * _ROWS
# of the shorter text's shingles; of the 96,580 pairs in labelled/articles.jsonl, all written apart, none
# shares more than .05; the copies of labelled/linked.jsonl share .88 to .99
_COPY, _VERSION = 0.6, 0.4


def copy_keys(text: str) -> tuple[int, ...]:
    """Give the keys of a text, 42 numbers of 32 bits: of two that may be copies at least one is the same.

    Each is a hash of a band of the text's MinHash signature and of the band's place; those of a text never change.
    """
    return _keys(_shingles(text))


def copies(articles: Iterable[Article]) -> tuple[CopyGroup, ...]:
    """Give the groups of two or more articles that are one report, in the order of their first ids.

    Two articles are copies where the longer has three fifths of the shorter one's runs of four words; from one
    source or URL two fifths will do, and the one published later supersedes the other.
    """
    ordered = sorted({article.id: article for article in articles}.values(), key=_age)
    groups: dict[int, list[Article]] = defaultdict(list)
    for article, home in zip(ordered, _homes(ordered), strict=True):
        groups[home].append(article)
    found = (_group(members) for members in groups.values() if len(members) > 1)
    return tuple(sorted(found, key=lambda group: group.original))


def _homes(articles: Sequence[Article]) -> list[int]:
    """Give for each article the least position in its group."""
    shingles = [_shingles(article.text) for article in articles]
    parent = list(range(len(articles)))
    apart: set[tuple[int, int]] = set()
    for bucket in _buckets(shingles):
        # of a hundred copies each is compared with one or two, not with all
        if len({_root(parent, n) for n in bucket}) == 1:
            continue
        for pair in combinations(bucket, 2):
            first, second = sorted(_root(parent, n) for n in pair)
            if first == second or pair in apart:
                continue
            one, other = pair
            enough = _VERSION if _one_origin(articles[one], articles[other]) else _COPY
            if _share(shingles[one], shingles[other]) >= enough:
                parent[second] = first
            else:
                apart.add(pair)
    return [_root(parent, n) for n in range(len(articles))]


def _age(article: Article) -> tuple[dt.date, str]:
    return (article.published or dt.date.max, article.id)


def _shingles(text: str) -> frozenset[str]:
    words = _WORD.findall(text.lower())
    return frozenset(" ".join(words[n : n + _SHINGLE]) for n in range(max(len(words) - _SHINGLE + 1, 1)))


def _buckets(shingles: Sequence[frozenset[str]]) -> list[list[int]]:
    """Give the positions of the texts that have a key in common, for each such key."""
    buckets: dict[int, list[int]] = defaultdict(list)
    for n, one in enumerate(shingles):
        for key in _keys(one):
            buckets[key].append(n)
    return [bucket for bucket in buckets.values() if len(bucket) > 1]


def _keys(shingles: frozenset[str]) -> tuple[int, ...]:
    signature = RMinHash(_BANDS * _ROWS, _SEED)
    signature.update(list(shingles))
    digest = struct.pack(f"<{_BANDS * _ROWS}I", *signature.digest())
    return tuple(
        zlib.crc32(digest[band * _BAND_BYTES : (band + 1) * _BAND_BYTES], band) for band in range(_BANDS)
    )


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
