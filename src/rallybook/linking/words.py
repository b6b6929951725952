"""The telling words of a record: those by which two accounts of one event know each other."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files

from rallybook.sheets import read_sheet

_NAME = re.compile(r"(?<=[\w,;] )[^\W\d_a-z][^\W\d_]{2,}")
_WORD = re.compile(r"[^\W\d_]{3,}")
_ANY = re.compile(r"\w+")
# English endings differ after the sixth letter: "teachers", "teaching"; shorter words only lose their plural
_STEM = 6


def words(text: str) -> frozenset[str]:
    """Give all words of a text in lower case."""
    return frozenset(_ANY.findall(text.lower()))


def telling_words(texts: Iterable[str]) -> frozenset[str]:
    """Give the stems of the words in some texts, without those that any account of any protest has."""
    return frozenset[str]().union(*map(_telling, texts))


def names(texts: Iterable[str]) -> frozenset[str]:
    """Give the stems of the words that a capital marks as a name: those that do not begin a text or a sentence."""
    return telling_words(_NAME.findall(" ".join(texts)))


# a record is compared again with each that comes: its words are looked up while its neighbours are
@lru_cache(maxsize=16_384)
def _telling(text: str) -> frozenset[str]:
    found = (word for word in _WORD.findall(text.lower()) if word not in _common())
    return frozenset(map(_stem, found)) - _common()


def _stem(word: str) -> str:
    if len(word) > _STEM:
        return word[:_STEM]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


@cache
def _common() -> frozenset[str]:
    lists = read_sheet(files("rallybook.linking").joinpath("data/common_words.yaml").read_text("utf-8"))
    return frozenset(word for text in lists.values() for word in text.split())
