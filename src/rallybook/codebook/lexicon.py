"""The lexicon of protest forms: loaded from YAML, checked, and made ready for look-up."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_args

import msgspec
import yaml

from rallybook.codebook.notation import Notation
from rallybook.errors import CodebookError
from rallybook.model.record import FORMS

Kind = Literal["noun", "verb", "either", "people"]
KINDS: tuple[Kind, ...] = get_args(Kind)
NO_FORM = "none"
VERSION = 1
_CONTEXT = 60  # characters before a match that `unless_before` may look at


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Some patterns with one meaning, as the YAML file tells it.

    `form` is a form of the codebook or "none" for a figure of speech that hides what it covers. `kind` says
    how the match is used: "either" leaves noun or verb to the words around it, "people" names those who act
    ("protesters"). `after_capital` keeps the entry to matches whose last word is capitalised ("in March").
    """

    name: str
    form: str
    patterns: tuple[str, ...]
    kind: Kind = "noun"
    strong: bool = True
    unless_before: tuple[str, ...] = ()
    unless_after: tuple[str, ...] = ()
    after_capital: bool = False
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()


class Finder:
    """One pattern of an entry with its expressions, compiled at first use."""

    def __init__(self, entry: Entry, pattern: str, notation: Notation) -> None:
        self.entry = entry
        self._pattern = pattern
        self._notation = notation
        self._search: re.Pattern[str] | None = None
        self._before: re.Pattern[str] | None = None
        self._after: re.Pattern[str] | None = None

    def end(self, low: str, start: int) -> int:
        """Give where a match that starts at `start` of a lower-cased text ends; -1 where there is none."""
        if self._search is None:
            self._compile()
        assert self._search is not None
        match = self._search.match(low, start)
        if match is None:
            return -1
        if self._before and self._before.search(low[max(0, start - _CONTEXT) : start]):
            return -1
        if self._after and self._after.match(low, match.end()):
            return -1
        return match.end()

    def _compile(self) -> None:
        self._search = re.compile(self._notation.regex(self._pattern))
        if self.entry.unless_before:
            choices = "|".join(self._notation.regex(context) for context in self.entry.unless_before)
            self._before = re.compile(rf"(?<!\w)(?:{choices})[\s\-“\"'‘]{{0,4}}\Z")
        if self.entry.unless_after:
            choices = "|".join(self._notation.regex(context) for context in self.entry.unless_after)
            self._after = re.compile(rf"[\s\-’'\"”]{{0,3}}(?:{choices})")


class Lexicon(msgspec.Struct, frozen=True):
    """All entries, and for each word the finders whose match can start with it."""

    version: int
    entries: tuple[Entry, ...]
    finders: dict[str, tuple[Finder, ...]]
    lists: dict[str, tuple[str, ...]]


@cache
def lexicon() -> Lexicon:
    """Give the lexicon that rallybook ships. Raises CodebookError where a file breaks its rules."""
    folder = files("rallybook.codebook") / "data" / "forms"
    sheets = {
        item.name: _yaml(item.name, item.read_text("utf-8"))
        for item in sorted(folder.iterdir(), key=lambda item: item.name)
        if item.name.endswith(".yaml")
    }
    return build(sheets)


def build(sheets: dict[str, dict[str, Any]]) -> Lexicon:
    """Make a lexicon from parsed files by name; `words.yaml` holds word lists and irregular forms.

    Raises CodebookError for another version, an unknown form, field or word list, or a pattern that cannot
    be read.
    """
    words = _words(sheets.get("words.yaml", {"version": VERSION}))
    notation = Notation(words.lists, words.verbs, words.nouns)
    entries = tuple(
        entry for name, sheet in sheets.items() if name != "words.yaml" for entry in _entries(name, sheet)
    )
    finders: dict[str, list[Finder]] = defaultdict(list)
    for entry in entries:
        for context in (*entry.unless_before, *entry.unless_after):
            notation.regex(context)
        for pattern in entry.patterns:
            notation.regex(pattern)
            finder = Finder(entry, pattern, notation)
            for anchor in notation.anchors(pattern):
                finders[anchor].append(finder)
    return Lexicon(VERSION, entries, {word: tuple(row) for word, row in finders.items()}, words.lists)


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
        words = msgspec.convert({**sheet, **split}, _Words)
    except msgspec.ValidationError as error:
        raise CodebookError(f"words.yaml: {error}") from error
    _check_version("words.yaml", words.version)
    return words


def _entries(name: str, sheet: dict[str, Any]) -> list[Entry]:
    _check_version(name, sheet.get("version"))
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


def _check_version(name: str, version: object) -> None:
    if version != VERSION:
        raise CodebookError(f"{name}: version {version!r}, this rallybook reads version {VERSION}")


def _yaml(name: str, text: str) -> dict[str, Any]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        sheet = yaml.load(text, Loader=loader)  # noqa: S506  (a safe loader, the C one where there is one)
    except yaml.YAMLError as error:
        raise CodebookError(f"{name}: {error}") from error
    if not isinstance(sheet, dict):
        raise CodebookError(f"{name}: not a table of keys")
    return sheet
