"""Words and noun phrases of a sentence, cut by closed word lists: no parser, linear in the sentence."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib import resources
from typing import Any, NamedTuple

from rallybook.errors import CodebookError
from rallybook.sheets import read_sheet

# beyond this many characters around the point of interest nothing is read: no clause of news is longer, and
# a damaged input may be one line of many megabytes
REACH = 700

_WORD = re.compile(r"[^\W_]+(?:[-.'’&/][^\W_]+)*(?:['’](?=\s|\Z|[^\w\s]))?|['’] ?s\b|[^\w\s]|_")
_POSSESSIVE = frozenset({"'s", "’s", "’ s", "' s"})
_SPLIT_POSSESSIVE = re.compile(r"(?<=\w)['’](?:s)?$", re.IGNORECASE)
_MARKS = {",": "M", "(": "L", ")": "Z"} | dict.fromkeys("\"“”„‟«»'‘’`", "Q")
# kinds that can start or continue a noun phrase: D determiner, N number, G participle used as adjective,
# W lower-case word, U capitalised word, S possessive ending; O "of", F "from", L and Z round brackets
_CORE = r"D*N*[GWU]*[WU](?:S[NG]*[WU]+)*(?:N(?![GWUO]))?"
_PHRASE = re.compile(rf"(?:{_CORE}|N+)(?:O(?:{_CORE}|N+))*(?:F{_CORE}(?:O{_CORE})?)?(?:LUZ)?")

_TERM = re.compile(r"[\w’'-]+")


class Word(NamedTuple):
    """One word or mark: its place in the text, in lower case, its kind (one letter), if it is in capitals."""

    start: int
    end: int
    lower: str
    kind: str
    capitals: bool


class Phrase(NamedTuple):
    """A noun phrase as word numbers `first:last`; `head` is the number of its head word.

    `first` leaves out head counts ("about 500 people" starts at "people"), which `counted` tells.
    """

    first: int
    last: int
    head: int
    counted: bool


@cache
def word_lists(name: str) -> dict[str, Any]:
    """Give the codebook data file of this name; word lists are strings, split by `words_of`."""
    source = resources.files("rallybook.codebook").joinpath("data", f"{name}.yaml")
    loaded = read_sheet(source.read_text("utf-8"))
    if not isinstance(loaded, dict):
        raise CodebookError(f"{name}.yaml: not a mapping")
    return loaded


@cache
def words_of(name: str, *path: str) -> frozenset[str]:
    """Give the word list at this path of a codebook data file as a set."""
    value: Any = word_lists(name)
    for step in path:
        value = value[step]
    return frozenset(str(value).split())


@lru_cache(maxsize=256)
def words(text: str, start: int, end: int) -> tuple[Word, ...]:
    """Cut `text[start:end]` into words and marks with their kinds."""
    pieces: list[tuple[int, int]] = []
    for found in _WORD.finditer(text, start, end):
        first, last = found.span()
        cut = _SPLIT_POSSESSIVE.search(found[0])
        if cut and cut.start():
            pieces.append((first, first + cut.start()))
            first += cut.start()
        pieces.append((first, last))
    plain = [_kind(text, first, last, n == 0) for n, (first, last) in enumerate(pieces)]
    return tuple(
        Word(first, last, text[first:last].lower(), _settled(plain, n), text[first:last].isupper())
        for n, (first, last) in enumerate(pieces)
    )


def phrases(sentence: tuple[Word, ...], barred: range | None = None) -> tuple[Phrase, ...]:
    """Give the noun phrases of a sentence; words numbered in `barred` belong to none."""
    kinds = "".join(
        "K" if barred is not None and n in barred else word.kind for n, word in enumerate(sentence)
    )
    return tuple(_phrase(sentence, found.start(), found.end()) for found in _PHRASE.finditer(kinds))


def without_edges(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Give a stretch without the small words and the "'s" at its ends; None where it has no other words."""
    found = [(m.start() + start, m.end() + start, m[0].lower()) for m in _TERM.finditer(text[start:end])]
    first, last = words_of("actors", "edges", "first"), words_of("actors", "edges", "last")
    while found and found[0][2] in first:
        found.pop(0)
    while found and found[-1][2] in last:
        found.pop()
    if not found:
        return None
    first_word, last_word = found[0], found[-1]
    # "Lima's" owns; who or what plays the role is Lima
    owner = _SPLIT_POSSESSIVE.search(text, last_word[0], last_word[1])
    return first_word[0], owner.start() if owner else last_word[1]


@cache
def _closed() -> dict[str, str]:
    kinds: dict[str, str] = {}
    for letter, name in (
        ("V", "verbs"),
        ("T", "times"),
        ("N", "quantities"),
        ("P", "prepositions"),
        ("C", "conjunctions"),
        ("R", "pronouns"),
        ("X", "auxiliaries"),
        ("D", "determiners"),
    ):
        kinds.update(dict.fromkeys(words_of("actors", "phrases", name), letter))
    kinds.update({"of": "O", "who": "R", "which": "R", "to": "P", "that": "R", "from": "F"})
    return kinds


def _kind(text: str, start: int, end: int, opening: bool) -> str:
    shown = text[start:end]
    lower = shown.lower()
    if lower in _POSSESSIVE or (shown in "'’" and start and text[start - 1].isalnum()):
        return "S"
    if not shown[0].isalnum():
        return _MARKS.get(shown, "E")
    closed = _closed().get(lower)
    if closed and (shown[0].islower() or opening or closed in "TDPRXNCF"):
        # "US" is a name, "us" a pronoun
        return "U" if shown == "US" else closed
    if shown[0].isdigit():
        return "N"
    if shown[0].isupper() and not (opening and _looks_verbal(lower)):
        return "U"
    if lower.endswith("ly") and len(lower) > 4:
        return "Y"
    return "J" if _looks_verbal(lower) else "W"


def _looks_verbal(lower: str) -> bool:
    return len(lower) > 4 and lower.endswith(("ed", "ing"))


def _settled(kinds: list[str], at: int) -> str:
    """Tell participles used as adjectives (G) from verbs (V) by their neighbours."""
    if kinds[at] != "J":
        return kinds[at]
    before = kinds[at - 1] if at else "E"
    after = kinds[at + 1] if at + 1 < len(kinds) else "E"
    return "G" if after in "WUJ" and before in "DNOPFESQMCVYG" else "V"


def _phrase(sentence: tuple[Word, ...], first: int, last: int) -> Phrase:
    size = words_of("actors", "phrases", "quantities")
    start, counted = first, False
    at = first
    # "hundreds of thousands of people", "more than 40 people", "the 300 workers"
    while at < last - 1:
        word = sentence[at]
        if word.kind == "N" or word.lower in size:
            at, counted = at + 1, True
            start = at
        elif word.lower == "of" and counted:
            at += 1
            start = at
        elif word.lower in {"some", "an", "a", "several", "the", "few", "many", "these", "all"} and (
            sentence[at + 1].kind == "N" or sentence[at + 1].lower in {"few", "dozen", "hundred"}
        ):
            at += 1
        else:
            break
    if start >= last:
        start = first
    head = next((n - 1 for n in range(start + 1, last) if sentence[n].kind in "OF"), last - 1)
    if sentence[head].kind == "N" and head > start:
        head -= 1  # "Local 218"
    if sentence[first].kind == "U" and first and sentence[first - 1].lower in {"in", "at"}:
        start = _after_place(sentence, start, head)
    return Phrase(start, last, max(head, start), counted)


def _after_place(sentence: tuple[Word, ...], start: int, head: int) -> int:
    """Part "In Tartu students marched": a place in front of people that are not of its name."""
    people = words_of("actors", "people")
    if sentence[head].kind == "W" and sentence[head].lower in people and head > start:
        return next((n for n in range(start, head + 1) if sentence[n].kind != "U"), head)
    return start
