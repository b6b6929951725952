"""The cells of a row that came as an article: what stands in a column, where, and what a rule makes of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from rallybook.codebook.tables import Rule
from rallybook.errors import InputError

Offsets = tuple[int, int]
_ANY = "*"
_BETWEEN = ": "


class Cells:
    """The cells of a row by their columns, whatever their case, and the spans of those that were used."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.spans: dict[str, list[Offsets]] = {}
        self._place: dict[str, Offsets] = {}
        start = 0
        for line in text.split("\n"):
            column, between, _ = line.partition(_BETWEEN)
            if between:
                self._place[column.casefold()] = (start + len(column) + len(between), start + len(line))
            start += len(line) + 1

    def __getitem__(self, column: str) -> str:
        """Give what stands in a column, empty where nothing does."""
        place = self._place.get(column.casefold())
        return self.text[place[0] : place[1]] if place else ""

    def start(self, column: str) -> int:
        """Give where the cell of a column begins."""
        return self._place[column.casefold()][0]

    def prove(self, path: str, column: str, words: str = "") -> str:
        """Keep the span of some words of a cell, or of all of it, as the proof of a field; give the words."""
        place = self._place.get(column.casefold())
        if place is None:
            return ""
        start = self.text.index(words, *place) if words else place[0]
        end = start + len(words) if words else place[1]
        self.spans.setdefault(path, []).append((start, end))
        return self.text[start:end]

    def hold(self, when: Mapping[str, Sequence[str]]) -> bool:
        """Tell whether in each of these columns one of these stands."""
        return all(
            (_ANY in allowed and bool(cell)) or cell.casefold() in _folded(tuple(allowed))
            for allowed, cell in ((allowed, self[column]) for column, allowed in when.items())
        )


def chosen(rules: Iterable[Rule], cells: Cells) -> tuple[str, str]:
    """Give the code of the first rule that gives one, and the column that it is read in; both empty where none does.

    Raises `InputError` for a cell that no code stands for.
    """
    for rule in rules:
        for code in given(rule, cells):
            return code, rule.column
    return "", ""


def given(rule: Rule, cells: Cells) -> Iterator[str]:
    """Give the codes that a rule gives: one, or for words each that the cell holds; raises `InputError`."""
    if not cells.hold(rule.when):
        return
    cell = cells[rule.column] if rule.column else ""
    if rule.value:
        yield rule.value
    elif rule.codes and cell:
        code = _codes(tuple(rule.codes.items())).get(cell.casefold())
        if code is None:
            raise InputError(rule.column, cell, rule.codes)
        yield code
    elif rule.words and cell:
        yield from _worded(tuple(rule.words.items()), cell)


def _worded(words: tuple[tuple[str, str], ...], cell: str) -> Iterator[str]:
    """Give the codes of the words in a cell, in the order of the words; each stretch of the cell counts once."""
    left = cell.casefold()
    for pattern, code in _patterns(words):
        left, count = pattern.subn(" ", left)
        if count:
            yield code


@lru_cache
def _patterns(words: tuple[tuple[str, str], ...]) -> tuple[tuple[re.Pattern[str], str], ...]:
    # "no arrests" tells none
    return tuple(
        (re.compile(rf"\b(?<!\bno )(?<!\bnot ){re.escape(word.casefold())}"), code) for word, code in words
    )


@lru_cache
def _codes(codes: tuple[tuple[str, str], ...]) -> dict[str, str]:
    return {theirs.casefold(): ours for theirs, ours in codes}


@lru_cache
def _folded(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word.casefold() for word in words)
