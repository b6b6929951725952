"""What a number counts: the noun after it, by the word lists of `data/headcounts.yaml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple

from rallybook.sheets import read_sheet

Counted = Literal["crowd", "people", "pronoun", "force", "thing", "plural", "other", "none"]

# as far as the noun of a number can lie, in characters and in words between
_AHEAD = 120
_MOST_MODIFIERS = 6
_WORD = re.compile(r"[^\W_][\w’'-]*|[^\w\s]")
_FIRST_WORD = re.compile(r"\s*([a-z'’-]+)")
# what may stand between a number and its noun
_LEADS = frozenset("of more other the such its their our his her these those".split())


class Lexicon(NamedTuple):
    """Nouns by what they name, cues around a number and the weights of its features, as `data/` lists them."""

    crowd: frozenset[str]
    people: frozenset[str]
    pronouns: frozenset[str]
    forces: frozenset[str]
    things: frozenset[str]
    stops: frozenset[str]
    not_person: frozenset[str]
    calendar: frozenset[str]
    patterns: Mapping[str, re.Pattern[str]]
    cues_before: Mapping[str, re.Pattern[str]]
    cues_after: Mapping[str, re.Pattern[str]]
    weights: Mapping[str, float]


@cache
def lexicon() -> Lexicon:
    """Give the words, cues and weights of head counts, read once."""
    folder = files("rallybook.grounding") / "data"
    data: dict[str, Any] = read_sheet((folder / "headcounts.yaml").read_text("utf-8"))
    words = {name: frozenset(text.split()) for name, text in data["words"].items()}
    return Lexicon(
        patterns=_compiled(data["patterns"]),
        cues_before=_compiled(data["cues_before"]),
        cues_after=_compiled(data["cues_after"]),
        weights=read_sheet((folder / "headcount_weights.yaml").read_text("utf-8")),
        **words,
    )


def _compiled(patterns: Mapping[str, str]) -> dict[str, re.Pattern[str]]:
    return {name: re.compile(pattern) for name, pattern in patterns.items()}


def noun(low: str, at: int, last: int) -> tuple[Counted, int, int]:
    """Give what a number counts, where that noun ends, and how many words stand between."""
    known = lexicon()
    seen, thing = 0, False
    for word in _WORD.finditer(low, at, min(last, at + _AHEAD)):
        token = word[0]
        if not token[0].isalpha():
            break
        if seen == 0 and token in ("them", "us"):
            return "pronoun", word.end(), seen
        if seen == 0 and token in _LEADS:
            continue
        kind = _kind(token)
        if kind in ("crowd", "people", "pronoun", "force"):
            force = kind == "people" and known.patterns["force_after"].match(low, word.end())
            return "force" if force else kind, word.end(), seen
        if token in known.stops or thing:
            break
        thing = kind == "thing"
        if token in known.calendar:
            break
        seen += 1
        if seen > _MOST_MODIFIERS:
            break
    if thing:
        return "thing", at, seen
    return _unknown(low, at, seen), at, seen


def _unknown(low: str, at: int, seen: int) -> Counted:
    """Give the kind of a number that no known noun follows: a verb, nothing, or a noun in no list."""
    word = _FIRST_WORD.match(low, at)
    if seen == 0 or not word:
        return "none"
    token = word[1]
    if token in ("and", "or", "odd") or token.endswith("ed"):
        return "none"
    return "plural" if token.endswith("s") else "other"


def _kind(token: str) -> Counted | None:
    known = lexicon()
    if token in known.crowd:
        return "crowd"
    if token in known.people:
        return "people"
    if token in known.pronouns:
        return "pronoun"
    if token in known.forces:
        return "force"
    if token in known.things:
        return "thing"
    if len(token) >= 6 and token not in known.not_person and known.patterns["person_suffix"].search(token):
        return "people"
    return None
