"""Tokens: the words of a text as the search for names sees them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import msgspec

from rallybook.grounding.letters import letters

_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|[A-Z]\.[A-Z][a-z]{1,2}\b|[^\W\d_]+(?:['’ʼ`][^\W\d_]+)*")
_POSSESSIVES = frozenset(f"{mark}{s}" for mark in "'’`" for s in "sS")
_OWNER = re.compile(r"['’`]s ")
_JOIN = re.compile(r"[ \t]?[-‑–]?[ \t]?|[ \t]*\n[ \t]*")
_BEFORE_DOT = frozenset(("st", "ste", "mt", "ft", "n", "s", "e", "w", "pt"))
_SENTENCE_END = re.compile(r"[.!?…:;\n\"“”‘)(\]\[»«*•|–—]|'\s|\s-\s")
# shares of capitals that tell a text without small letters, or without capitals
_UPPER_FROM, _LOWER_TO = 0.6, 0.008
# a gap between two words of one name is shorter; a longer one is not read, so that it costs nothing
_LONGEST_GAP = 80


class Word(msgspec.Struct, frozen=True, gc=False):
    """One token: `text[start:end]`, without a possessive ending; `opens` a sentence or a quotation."""

    start: int
    end: int
    text: str
    capital: bool
    opens: bool


class Tokens:
    """The words of one text in order; `flat` where it is written in one case only."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.flat = is_flat(text)
        self.words = tuple(_words(text))

    def __len__(self) -> int:
        return len(self.words)

    def joined(self, left: Word, right: Word) -> bool:
        """Tell whether two neighbours may belong to one name."""
        if right.start - left.end > _LONGEST_GAP:
            return False
        gap = self.text[left.end : right.start]
        return _JOIN.fullmatch(gap) is not None or (gap == ". " and left.text.lower() in _BEFORE_DOT)

    def owned(self, left: Word, right: Word) -> bool:
        """Tell whether a name may go on after an apostrophe and an s ("People's Republic of China")."""
        return (
            right.start - left.end == len("'s ")
            and _OWNER.fullmatch(self.text, left.end, right.start) is not None
        )

    def before(self, first: int) -> Word | None:
        """Give the word before the one at `first`, None where more than a space or a line end parts them."""
        if not first:
            return None
        left, right = self.words[first - 1], self.words[first]
        if right.start - left.end > _LONGEST_GAP or self.text[left.end : right.start].strip(" \n"):
            return None
        return left

    def after(self, last: int) -> Word | None:
        """Give the word that may go on with the name that ends before `last`."""
        if last >= len(self.words) or not self.joined(self.words[last - 1], self.words[last]):
            return None
        return self.words[last]


@lru_cache(maxsize=8)
def is_flat(text: str) -> bool:
    """Tell whether a text is written without capitals or all in capitals."""
    sample = text[:20_000]
    told = letters(sample)
    return told.all > 30 and not _LOWER_TO * told.all <= told.capital <= _UPPER_FROM * told.all


def shouts(name: str) -> bool:
    """Tell whether a name is all in capitals."""
    return name.replace(".", "").isupper()


def _words(text: str) -> Iterator[Word]:
    last = 0
    for match in _TOKEN.finditer(text):
        start, end, word = match.start(), match.end(), match[0]
        if word[-2:] in _POSSESSIVES:
            end, word = end - 2, word[:-2]
        # nearly all words have one space between them
        spaced = start - last == 1 and text[last] == " "
        opens = not last or (not spaced and _SENTENCE_END.search(text, last, start) is not None)
        last = match.end()
        yield Word(start, end, word, word[0].isupper(), opens)
