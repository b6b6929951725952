"""Names of places as the labels of `event_place` mark them, from the words that a reader takes for a place.

Of its sentences that are not kept back 499 places stand before a word for their kind in small letters ("Zhejiang
province") that is not marked, 14 have it marked; in capitals 386 are marked with it ("Mansour District"), 18 without.
Words of the compass in small letters are left out before 370 names and marked with 10.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from rallybook.grounding.place_rules import place_rules

Offsets = tuple[int, int]
_WORD = re.compile(r"[\w’'‘-]+")
# "Gulf of Aden", "Tal - Afar": one name, between whose words the reader falls silent
_INSIDE = re.compile(r"\s+of\s+|\s?-\s?|\s")
_NEXT = re.compile(r"\s+(\w+)")


def named_runs(text: str, runs: Iterable[Offsets]) -> set[Offsets]:
    """Give the names in stretches of a text: joined, without kinds in small letters, with kinds in capitals."""
    joined: list[Offsets] = []
    for start, end in sorted(runs):
        if joined and _INSIDE.fullmatch(text, joined[-1][1], start):
            joined[-1] = joined[-1][0], end
        else:
            joined.append((start, end))
    return {_name(text, *run) for run in joined}


def _name(text: str, start: int, end: int) -> Offsets:
    found = list(_WORD.finditer(text, start, end))
    named = [n for n, word in enumerate(found) if not _is_plain(word[0])]
    if not named:
        return start, end
    start, end = found[named[0]].start(), found[named[-1]].end()
    after = _NEXT.match(text, end)
    return (start, after.end()) if after and _is_kind(after[1]) else (start, end)


def _is_plain(word: str) -> bool:
    return word.islower() and word.isalpha() and word not in place_rules().linkers


def _is_kind(word: str) -> bool:
    rules = place_rules()
    kinds = rules.generic | rules.city_words | rules.region_words.keys()
    return word.istitle() and word.lower() in kinds
