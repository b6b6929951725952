"""The lexicon of protest forms: loaded from YAML, checked, and made ready for look-up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, Literal, get_args

import msgspec
import yaml

from rallybook.codebook.matching import Row
from rallybook.codebook.notation import Notation
from rallybook.errors import CodebookError
from rallybook.model.record import FORMS

Kind = Literal["noun", "verb", "either", "people"]
KINDS: tuple[Kind, ...] = get_args(Kind)
NO_FORM = "none"
VERSION = 1
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


class Shelf:
    """The finders whose match can start with one word.

    They are told apart by the words that follow and by what must stand before, and only those left are asked.
    """

    def __init__(self, word: str, finders: list[Finder]) -> None:
        self._word = word
        self._finders = finders

    @cached_property
    def _sorted(self) -> tuple[list[int], dict[str, list[int]], dict[str, list[int]]]:
        """The finders by number: those always asked, those by the word that follows and by a word further on."""
        always: list[int] = []
        by_next: dict[str, list[int]] = defaultdict(list)
        by_needed: dict[str, list[int]] = defaultdict(list)
        for number, finder in enumerate(self._finders):
            following = finder.next_words(self._word)
            if following is not None:
                for word in following:
                    by_next[word].append(number)
            elif finder.needed:
                for word in finder.needed[-1][0]:
                    by_needed[word].append(number)
            else:
                always.append(number)
        return always, dict(by_next), dict(by_needed)

    @cached_property
    def follows(self) -> Mapping[str, object] | None:
        """The words of which one must follow right behind for any finder to be asked; None where that is not all."""
        always, by_next, by_needed = self._sorted
        return None if always or by_needed else by_next

    def matches(self, low: str, start: int, words: Sequence[str], number: int) -> list[tuple[int, Finder]]:
        """Give (end, finder) for each finder that matches where its word starts in a text in lower case.

        It is the word of this number among all `words` of the text.
        """
        always, by_next, by_needed = self._sorted
        ahead = words[number + 1 : number + 1 + AHEAD]
        numbers = [*always, *by_next.get(ahead[0], ())] if ahead else [*always]
        if not by_needed.keys().isdisjoint(ahead):
            numbers += {n for word in by_needed.keys() & ahead for n in by_needed[word]}
        return self._met(low, start, sorted(numbers), ahead) if numbers else []

    def _met(
        self, low: str, start: int, numbers: Sequence[int], ahead: Sequence[str]
    ) -> list[tuple[int, Finder]]:
        met: dict[tuple[str, ...], bool] = {(): True}
        found = []
        for number in numbers:
            finder = self._finders[number]
            if any(words.isdisjoint(ahead[:reach]) for words, reach in finder.needed):
                continue
            end = finder.end(low, start)
            if end < 0:
                continue
            asked = finder.entry.only_before
            if asked not in met:
                met[asked] = finder.has_before(low, start)
            if met[asked]:
                found.append((end, finder))
        return found


class Lexicon(msgspec.Struct, frozen=True):
    """All entries, and for each word the shelf of finders whose match can start with it."""

    version: int
    entries: tuple[Entry, ...]
    shelves: dict[str, Shelf]
    lists: dict[str, tuple[str, ...]]


@cache
def lexicon() -> Lexicon:
    """Give the lexicon that rallybook ships. Raises CodebookError where a file breaks its rules."""
    folder = files("rallybook.codebook") / "data" / "forms"
    sheets = {
        item.name: parsed(item.name, item.read_text("utf-8"))
        for item in sorted(folder.iterdir(), key=lambda item: item.name)
        if item.name.endswith(".yaml")
    }
    return build(sheets)


def build(sheets: dict[str, dict[str, Any]]) -> Lexicon:
    """Make a lexicon from parsed files by name; `words.yaml` holds word lists and irregular forms.

    Raises CodebookError for another version, an unknown form, field or word list, or a pattern that cannot
    be read.
    """
    words = _words(sheets.get("words.yaml") or {"version": VERSION})
    notation = Notation(words.lists, words.verbs, words.nouns)
    entries = tuple(
        entry for name, sheet in sheets.items() if name != "words.yaml" for entry in _entries(name, sheet)
    )
    finders: dict[str, list[Finder]] = defaultdict(list)
    for entry in entries:
        for context in entry.unless_before + entry.unless_after + entry.only_before + entry.faint_after:
            notation.check(context)
        for pattern in entry.patterns:
            notation.check(pattern)
            finder = Finder(entry, pattern, notation)
            for anchor in notation.anchors(pattern):
                finders[anchor].append(finder)
    return Lexicon(VERSION, entries, {word: Shelf(word, row) for word, row in finders.items()}, words.lists)


class _Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    version: int
    lists: dict[str, tuple[str, ...]] = {}
    verbs: dict[str, tuple[str, ...]] = {}
    nouns: dict[str, tuple[str, ...]] = {}


def _words(sheet: dict[str, Any]) -> _Words:
    split = {
        part: {name: tuple(str(row).split()) for name, row in sheet[part].items()}
        for part in ("lists", "verbs", "nouns")
        if part in sheet
    }
    try:
        words = msgspec.convert(sheet | split, _Words)
    except msgspec.ValidationError as error:
        raise CodebookError(f"words.yaml: {error}") from error
    check_version("words.yaml", words.version)
    return words


def _entries(name: str, sheet: dict[str, Any]) -> list[Entry]:
    check_version(name, sheet.get("version"))
    form = sheet.get("form")
    if form not in (*FORMS, NO_FORM):
        raise CodebookError(f"{name}: form {form!r} is none of {', '.join(FORMS)} or {NO_FORM}")
    entries = []
    for row in sheet.get("entries") or ():
        try:
            entry = msgspec.convert({"form": form, **row}, Entry)
        except msgspec.ValidationError as error:
            raise CodebookError(f"{name}, entry {row.get('name', '?')!r}: {error}") from error
        if not entry.patterns:
            raise CodebookError(f"{name}, entry {entry.name!r}: no patterns")
        entries.append(entry)
    return entries


def check_version(name: str, version: object) -> None:
    """Raise `CodebookError` for a file of another version."""
    if version != VERSION:
        raise CodebookError(f"{name}: version {version!r}, this rallybook reads version {VERSION}")


def parsed(name: str, text: str) -> dict[str, Any]:
    """Give a YAML file of the codebook as a table; raises `CodebookError` for what is none."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        sheet = yaml.load(text, Loader=loader)  # noqa: S506  (a safe loader, the C one where there is one)
    except yaml.YAMLError as error:
        raise CodebookError(f"{name}: {error}") from error
    if not isinstance(sheet, dict):
        raise CodebookError(f"{name}: not a table of keys")
    return sheet
