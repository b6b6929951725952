"""Capital and small letters of a text, counted."""

from __future__ import annotations

import re
from typing import NamedTuple

_CAPITALS, _SMALL = (bytes(range(ord(first), ord(first) + 26)) for first in "Aa")
_FOREIGN = re.compile("[^\x00-\x7f]+")


class Letters(NamedTuple):
    """How many letters are capital, how many are small, and how many there are."""

    capital: int
    small: int
    all: int


def letters(text: str) -> Letters:
    """Count the letters of a text.

    Letters one by one cost as much as the rest of the reading of an article; those of English are told in bulk.
    """
    plain = text.encode("ascii", "ignore")
    capital = len(plain) - len(plain.translate(None, _CAPITALS))
    small = len(plain) - len(plain.translate(None, _SMALL))
    foreign = "".join(_FOREIGN.findall(text))
    return Letters(
        capital + sum(map(str.isupper, foreign)),
        small + sum(map(str.islower, foreign)),
        capital + small + sum(map(str.isalpha, foreign)),
    )
