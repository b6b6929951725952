"""The lexicon of protest forms: loaded from YAML, checked, and made ready for look-up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec
import yaml

from rallybook.codebook.finders import Entry, Finder, Shelf
from rallybook.codebook.notation import Notation
from rallybook.errors import CodebookError
from rallybook.model.record import FORMS
from rallybook.sheets import read_sheet

NO_FORM = "none"
VERSION = 1


class Lexicon(msgspec.Struct, frozen=True):
    """All entries, and for each word the shelf of finders whose match can start with it."""

    version: int
    entries: tuple[Entry, ...]
    shelves: dict[str, Shelf]
    lists: dict[str, tuple[str, ...]]
    # a shelf is sorted when its word is first met: what `Shelf.follows` then says, None before
    _follows: dict[str, Collection[str] | None]

    def asked(self, words: Sequence[str]) -> list[int]:
        """Give the numbers of the words of a text in lower case at which a match may start.

        Most words that may start a match are common ones that do so only before some other: they are told here, in
        one place, without a look at their shelves.
        """
        follows = self._follows
        found = [
            number
            for number, (word, after) in enumerate(zip(words, [*words[1:], ""], strict=False))
            if word in follows and ((needed := follows[word]) is None or after in needed)
        ]
        for number in found:
            follows[words[number]] = self.shelves[words[number]].follows
        return found


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
    shelves = {word: Shelf(word, row) for word, row in finders.items()}
    return Lexicon(VERSION, entries, shelves, words.lists, dict.fromkeys(shelves))


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
    try:
        table = read_sheet(text)
    except yaml.YAMLError as error:
        raise CodebookError(f"{name}: {error}") from error
    if not isinstance(table, dict):
        raise CodebookError(f"{name}: not a table of keys")
    return table
