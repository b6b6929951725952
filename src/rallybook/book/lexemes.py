"""Words of texts for the index of PostgreSQL, as FTS5 finds them: letters and numbers, without accents.

PostgreSQL's own parser would find addresses, signed numbers and hyphens, and depends on the locale of the server.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence

_WORD = re.compile(r"[^\W_]+")
_PHRASE = re.compile('"([^"]*)"')
_MARKS = re.compile("[\u0300-\u036f]")
# the largest position that a tsvector knows, and how many of one word; words behind it have it all
_LAST, _MOST_PLACES = 16_383, 255
# bytes: the longest word of a tsvector is a little longer, and all of them together have a megabyte
_LONGEST = 1_024
_ROOM = 900_000
# letters of four bytes, of which every second one is a word
_SHORT = 60_000
# of the last word of a column and the first of the next one: no phrase goes from one to the other
_GAP = 2


def vector(texts: Sequence[str]) -> str:
    """Give the words of texts with their places, as a tsvector in PostgreSQL's notation.

    No phrase goes from one text to the next. Of a text that has more than some 900 kB of different words the rest is
    left out.
    """
    if sum(map(len, texts)) < _SHORT:
        # PostgreSQL itself puts the places of a word together, while there is room for each of them
        told: list[str] = []
        at = 1
        for text in texts:
            found = words(text)
            told += [f"{word}:{place}" for place, word in enumerate(found, at)]
            at += len(found) + _GAP
        return " ".join(told)
    return _long_vector(texts)


def _long_vector(texts: Iterable[str]) -> str:
    places: defaultdict[str, list[int]] = defaultdict(list)
    at, room = 1, _ROOM
    for text in texts:
        for word in words(text):
            held = places[word]
            if not held:
                room -= len(word.encode()) + 4
                if room < 0:
                    del places[word]
                    break
            if len(held) < _MOST_PLACES:
                room -= 2
                held.append(min(at, _LAST))
            at += 1
        at += _GAP
    return " ".join([f"{word}:{','.join(map(str, held))}" for word, held in places.items()])


def query(phrases: str) -> str:
    """Give phrases, each in double quotes, as a tsquery that finds them all; without a word it finds nothing."""
    wanted = (words(phrase) for phrase in _PHRASE.findall(phrases))
    return " & ".join("(" + " <-> ".join(f"'{word}'" for word in side) + ")" for side in wanted if side)


def words(text: str) -> list[str]:
    """Give the words of a text in small letters without accents, in their order."""
    if not text.isascii():
        bare = _MARKS.sub("", unicodedata.normalize("NFD", text))
        text = unicodedata.normalize("NFC", bare)
        return [word[: _LONGEST // 4] for word in _WORD.findall(text.lower())]
    return [word[:_LONGEST] for word in _WORD.findall(text.lower())]
