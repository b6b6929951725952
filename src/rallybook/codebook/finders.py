"""The patterns of the lexicon, shelved by the words that their matches start with."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from typing import Literal

import msgspec

from rallybook.codebook.matching import Row
from rallybook.codebook.notation import Notation
from rallybook.errors import CodebookError

Kind = Literal["noun", "verb", "either", "people"]
_Numbers = tuple[int, ...]
AHEAD = 30  # words after the first of a match among which the last word of its pattern is looked for


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Some patterns with one meaning, as the YAML file tells it.

    `form` is a form of the codebook or "none" for a figure of speech that hides what it covers. `kind` says
    how the match is used: "either" leaves noun or verb to the words around it, "people" names those who act
    ("protesters"). A match counts unless words of `unless_before` or `unless_after` stand beside it, and only
    where words of `only_before` stand before it; words of `faint_after` make it weak ("protest organisers").
    `after_capital` keeps the entry to words with one capital ("in March"). A match of an entry that `gives_way`
    is dropped where any other entry's match overlaps it: it says little by its own words.
    """

    name: str
    form: str
    patterns: tuple[str, ...]
    kind: Kind = "noun"
    strong: bool = True
    unless_before: tuple[str, ...] = ()
    unless_after: tuple[str, ...] = ()
    only_before: tuple[str, ...] = ()
    faint_after: tuple[str, ...] = ()
    after_capital: bool = False
    gives_way: bool = False
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()


class Finder:
    """One pattern of an entry, made ready to be matched at first use."""

    def __init__(self, entry: Entry, pattern: str, notation: Notation) -> None:
        self.entry = entry
        self.pattern = pattern
        self.first, *rest = pattern.split(maxsplit=1)
        self.rest = "".join(rest)
        self._notation = notation

    def next_words(self, word: str) -> frozenset[str] | None:
        """Give the words that may follow right behind this word, a match's first; None where that cannot be told."""
        words, whole = self._notation.goes_on(self.first, word)
        if not whole:
            return words
        rest = self.rest
        while rest.startswith("["):
            token, _, rest = rest.partition(" ")
            starts = self._starts(token[1:-1])
            if starts is None:
                return None
            words |= starts
        starts = self._starts(rest)
        return None if starts is None else words | starts

    @cached_property
    def needed(self) -> tuple[tuple[frozenset[str], int], ...]:
        """The words that may begin each token of a match after its first, and among how many words ahead.

        Tokens of which that cannot be told are left out.
        """
        found: list[tuple[frozenset[str], int]] = []
        ahead = self._notation.longest(self.first)
        for token in self.rest.split():
            starts = None if token.startswith(("[", "..")) else self._starts(token)
            if starts is not None:
                found.append((starts, ahead))
            ahead += self._notation.longest(token)
        return tuple(found)

    def lacks(self, ahead: Sequence[str]) -> bool:
        """Tell whether a word that a match needs is not among those ahead of its first word."""
        for words, reach in self.needed:  # noqa: SIM110  (a generator takes twice the time)
            if words.isdisjoint(ahead[:reach]):
                return True
        return False

    def _starts(self, tokens: str) -> frozenset[str] | None:
        try:
            return None if not tokens or tokens.startswith("..") else self._notation.anchors(tokens)
        except CodebookError:  # it may start with no word ("£5")
            return None

    @cached_property
    def _row(self) -> Row:
        return self._notation.row(self.pattern)

    def end(self, low: str, start: int) -> int:
        """Give where a match that starts at `start` of a lower-cased text ends; -1 where there is none.

        What must stand before it is left to `has_before`.
        """
        end = self._row.end(low, start)
        if end < 0:
            return -1
        entry, contexts = self.entry, self._notation.contexts
        if entry.unless_before and contexts(entry.unless_before).before(low, start):
            return -1
        if entry.unless_after and contexts(entry.unless_after).after(low, end):
            return -1
        return end

    def has_before(self, low: str, start: int) -> bool:
        """Tell whether what the entry asks for stands before a match."""
        return self._notation.contexts(self.entry.only_before).before(low, start)

    def strong(self, low: str, end: int) -> bool:
        """Tell whether a match that ends at `end` says protest by itself."""
        faint = self.entry.faint_after
        return self.entry.strong and not (faint and self._notation.contexts(faint).after(low, end))


def _file(shelved: dict[str, _Numbers], words: Iterable[str], number: int) -> None:
    """Add a number under each of some words; those with one number share it, which keeps the lexicon small."""
    alone = (number,)
    for word in words:
        before = shelved.get(word)
        shelved[word] = alone if before is None else before + alone


class Shelf:
    """The finders whose match can start with one word.

    They are told apart by the words that follow and by what must stand before, and only those left are asked.
    """

    def __init__(self, word: str, finders: list[Finder]) -> None:
        self._word = word
        self._finders = finders

    @cached_property
    def _sorted(self) -> tuple[_Numbers, dict[str, _Numbers], dict[str, _Numbers], int]:
        """The finders by number: those always asked, those by the word that follows and by a word further on.

        The last tells how many words on that may be.
        """
        always: _Numbers = ()
        by_next: dict[str, _Numbers] = {}
        by_needed: dict[str, _Numbers] = {}
        farthest = 0
        for number, finder in enumerate(self._finders):
            following = finder.next_words(self._word)
            if following is not None:
                _file(by_next, following, number)
            elif finder.needed:
                words, reach = finder.needed[-1]
                farthest = max(farthest, reach)
                _file(by_needed, words, number)
            else:
                always = (*always, number)
        return always, by_next, by_needed, min(farthest, AHEAD)

    @cached_property
    def follows(self) -> Collection[str] | None:
        """The words of which one must follow right behind for any finder to be asked; None where that is not all."""
        always, by_next, by_needed, _ = self._sorted
        return None if always or by_needed else by_next

    def matches(self, low: str, start: int, words: Sequence[str], number: int) -> list[tuple[int, Finder]]:
        """Give (end, finder) for each finder that matches where its word starts in a text in lower case.

        It is the word of this number among all `words` of the text.
        """
        always, by_next, by_needed, farthest = self._sorted
        after = number + 1
        numbers = [*always, *by_next.get(words[after], ())] if after < len(words) else [*always]
        near = words[after : after + farthest]
        if not by_needed.keys().isdisjoint(near):
            numbers += {n for word in by_needed.keys() & near for n in by_needed[word]}
        return self._met(low, start, sorted(numbers), words[after : after + AHEAD]) if numbers else []

    def _met(
        self, low: str, start: int, numbers: Sequence[int], ahead: Sequence[str]
    ) -> list[tuple[int, Finder]]:
        met: dict[tuple[str, ...], bool] = {(): True}
        found = []
        for number in numbers:
            finder = self._finders[number]
            if finder.lacks(ahead) or (end := finder.end(low, start)) < 0:
                continue
            asked = finder.entry.only_before
            if asked not in met:
                met[asked] = finder.has_before(low, start)
            if met[asked]:
                found.append((end, finder))
        return found
