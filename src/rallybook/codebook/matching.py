"""Patterns of the lexicon, matched word by word against a text in lower case.

They could be regular expressions, but to compile one takes longer than to read a short article, there are two
thousand of them, and nearly every article has words that call for some that none before it called for.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

_GAP = re.compile(r"\s{1,3}")
# bounded, so that a line of 50 million letters costs no more than its length; "1,200" is one word
_GAP_WORD = re.compile(r"\s{1,3}[\w$£€%'’.-]{1,30}(?:,\d{3}){0,3}")
# no word of the lexicon is as long
_RUN = re.compile(r"\w{1,40}(?!\w)")
_WORD = re.compile(r"\w+")
_INSIDE = re.compile(r"\w")
# what the signs of a spelling stand for
_SIGNS = {
    "+": re.compile(r"\s{1,3}"),
    "_": re.compile(r"[-‐‑–\s]{0,3}"),
    "-": re.compile(r"\s?[-‐‑–]\s?"),
    "'": re.compile("['’]"),
}
_PARTS = re.compile(r"([+_'-])")
_REACH = 60  # characters before a match that may hold its context
# what may part a match from its context
_BEHIND_CONTEXT = re.compile(r"[\s\-“\"'‘]{0,4}\Z")
_BEFORE_CONTEXT = re.compile(r"[\s\-’'\"”]{0,3}")


class Token:
    """One token of a pattern: the words and the longer spellings that it stands for, or an expression."""

    def __init__(self, spelled: Iterable[str], expression: str = "") -> None:
        """Take all spellings ("march", "sit_in", "take+part"), or an expression for what no list can hold."""
        self.expression = re.compile(rf"(?:{expression})(?!\w)") if expression else None
        words: set[str] = set()
        longer: set[str] = set()
        for spelling in spelled:
            (words if spelling.isalnum() else longer).add(spelling)
        self._words = frozenset(words)
        self._longer: dict[str, list[list[str]]] = defaultdict(list)
        for spelling in sorted(longer, key=lambda one: (-len(one), one)):
            self._longer[spelling[0]].append(_PARTS.split(spelling))

    def ends(self, low: str, start: int) -> Iterator[int]:
        """Give where the token may end if it starts at `start`: the longest spelling first."""
        if self.expression is not None:
            if match := self.expression.match(low, start):
                yield match.end()
            return
        for parts in self._longer.get(low[start : start + 1], ()):
            end = _spelled(parts, low, start)
            if end > 0:
                yield end
        run = _RUN.match(low, start)
        if run is not None and run[0] in self._words:
            yield run.end()


def _spelled(parts: Sequence[str], low: str, start: int) -> int:
    """Give where a spelling that starts at `start` ends, -1 where it does not; every other part is a sign."""
    at = start
    for number, part in enumerate(parts):
        if number % 2:
            sign = _SIGNS[part].match(low, at)
            if sign is None:
                return -1
            at = sign.end()
        elif low.startswith(part, at):
            at += len(part)
        else:
            return -1
    return -1 if _INSIDE.match(low, at) else at


class Step(NamedTuple):
    """A token of a row, which may be left out if `optional`; without a token up to `gap` words of any kind."""

    token: Token | None
    optional: bool = False
    gap: int = 0


class Row:
    """A pattern: tokens in their order, with white space between them."""

    def __init__(self, steps: Sequence[Step]) -> None:
        """Take the steps, of which the first is a token that may not be left out."""
        self._steps = tuple(steps)
        first = self._steps[0].token
        self._opens = first.expression if first else None

    def starts(self, low: str, start: int) -> bool:
        """Tell whether the first token stands at `start`, if it is an expression; True for any other."""
        return self._opens is None or self._opens.match(low, start) is not None

    def end(self, low: str, start: int) -> int:
        """Give where the match ends that starts at `start` of a text in lower case; -1 where there is none."""
        return next(self.ends(low, start), -1)

    def ends(self, low: str, start: int) -> Iterator[int]:
        """Give where a match may end, gaps being as short and spellings as long as they can be."""
        return self._ends(0, low, start)

    def _ends(self, number: int, low: str, at: int) -> Iterator[int]:
        if number == len(self._steps):
            yield at
            return
        token, optional, gap = self._steps[number]
        if token is None:
            yield from self._behind_gap(number, gap, low, at)
            return
        space = _GAP.match(low, at) if number else None
        if space is not None or not number:
            for end in token.ends(low, space.end() if space else at):
                yield from self._ends(number + 1, low, end)
        if optional:
            yield from self._ends(number + 1, low, at)

    def _behind_gap(self, number: int, most: int, low: str, at: int) -> Iterator[int]:
        yield from self._ends(number + 1, low, at)
        for _ in range(most):
            word = _GAP_WORD.match(low, at)
            if word is None:
                return
            at = word.end()
            yield from self._ends(number + 1, low, at)


class Contexts:
    """Some rows of which one may stand beside a match."""

    def __init__(self, rows: Mapping[str, Sequence[Row]], others: Sequence[Row]) -> None:
        """Take the rows by the word that they start with, and those of which that cannot be told."""
        self._rows = rows
        self._others = tuple(others)

    def before(self, low: str, start: int) -> bool:
        """Tell whether one stands right before `start`, with no more than a few signs between."""
        words = low[max(0, start - _REACH) : start]
        return any(
            _BEHIND_CONTEXT.match(words, end) is not None
            for word in _WORD.finditer(words)
            for row in self._starting(words, word)
            for end in row.ends(words, word.start())
        )

    def after(self, low: str, end: int) -> bool:
        """Tell whether one stands right behind `end`."""
        signs = _BEFORE_CONTEXT.match(low, end)
        word = _RUN.match(low, signs.end() if signs else end)
        return word is not None and any(row.end(low, word.start()) > 0 for row in self._starting(low, word))

    def _starting(self, low: str, word: re.Match[str]) -> Sequence[Row]:
        rows = self._rows.get(word[0], ())
        if not self._others:
            return rows
        start = word.start()
        return [*rows, *(row for row in self._others if row.starts(low, start))]
