"""Texts compared as sets of words."""

from __future__ import annotations

import re
from collections.abc import Iterable

_WORD = re.compile(r"\w+")


def words(text: str | None) -> set[str]:
    """Give the words of a text in lower case."""
    return set(_WORD.findall((text or "").lower()))


def jaccard(one: set[str], other: set[str]) -> float:
    """Give the share of common words in all words; 1 where there are none at all."""
    return len(one & other) / len(one | other) if one or other else 1.0


def overlap(one: Iterable[str] | None, other: Iterable[str] | None) -> float:
    """Give the F1 of the words in two lists of phrases; 1 where both are empty."""
    first, second = words(" ".join(one or ())), words(" ".join(other or ()))
    if not first and not second:
        return 1.0
    return 2 * len(first & second) / (len(first) + len(second))
