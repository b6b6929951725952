"""Words cut into the pieces of the encoder's vocabulary (WordPiece, Wu et al. 2016, as BERT uses it), with offsets.

Written here, as the library for it brings a client of a model hub with it. Pieces know neither capitals nor accents.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

UNKNOWN, OPENS, CLOSES = 100, 101, 102
# a run of letters and digits, or one sign; a sign of Chinese or Japanese writing is a word by itself
_EASTERN = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_EASTERN}]|[^\W_{_EASTERN}]+|[^\w\s]|_")
_LONGEST = 100  # a longer word is read as unknown


class Piece(NamedTuple):
    """A piece of a text: its number in the vocabulary, and its place in what was cut."""

    number: int
    start: int
    end: int


@cache
def _vocabulary() -> dict[str, int]:
    lines = files("rallybook.models").joinpath("vocabulary.txt").read_text("utf-8").splitlines()
    return {piece: number for number, piece in enumerate(lines)}


def pieces(text: str, start: int = 0, end: int | None = None) -> list[Piece]:
    """Give the pieces of `text[start:end]`; offsets count in the whole text."""
    found: list[Piece] = []
    for word in _WORD.finditer(text, start, len(text) if end is None else end):
        at = word.start()
        found += [Piece(number, at + first, at + last) for number, first, last in _cut(word[0])]
    return found


@lru_cache(maxsize=50_000)
def _cut(word: str) -> tuple[Piece, ...]:
    """Cut a word into the longest pieces that the vocabulary has, from its beginning on."""
    plain, origin = _plain(word)
    found: list[Piece] = []
    at = 0
    while at < len(plain) <= _LONGEST:
        stop, number = _longest(plain, at)
        if number is None:
            return (Piece(UNKNOWN, 0, len(word)),)
        found.append(Piece(number, origin[at], origin[stop]))
        at = stop
    return tuple(found) if found or not plain else (Piece(UNKNOWN, 0, len(word)),)


def _longest(plain: str, at: int) -> tuple[int, int | None]:
    known = _vocabulary()
    mark = "##" if at else ""
    for stop in range(len(plain), at, -1):
        number = known.get(mark + plain[at:stop])
        if number is not None:
            return stop, number
    return at, None


def _plain(word: str) -> tuple[str, list[int]]:
    """Give a word without capitals and accents, and where in the word each of its letters stands."""
    if word.isascii():
        return word.lower(), list(range(len(word) + 1))
    letters: list[str] = []
    origin: list[int] = []
    for at, letter in enumerate(word):
        for plain in unicodedata.normalize("NFD", letter.lower()):
            if unicodedata.category(plain) != "Mn":
                letters.append(plain)
                origin.append(at)
    return "".join(letters), [*origin, len(word)]
