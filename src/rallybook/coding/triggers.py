"""The words that name a protest act, found with the lexicon of forms."""

from __future__ import annotations

import re
from typing import cast

from rallybook.codebook.lexicon import NO_FORM, Entry, lexicon
from rallybook.model.mention import Trigger
from rallybook.model.record import Form

_WORD = re.compile(r"\w+")
_BEFORE = 60  # characters before a trigger in which its determiner is looked for
_POINTING = re.compile(
    # "the", "these" and the like, then up to three words that can stand before a noun
    r"(?<!\w)(?:the|this|these|those|that|their|his|her|its|our|both|such|same|\w+['’]s?)\s+"
    r"(?!(?:first|second|third|last|next|latest|new|\w+est|most)\s)"
    r"(?:(?!(?:of|in|at|on|to|for|by|with|from|and|or|who|which|that|as|is|are|was|were|will|has|have|had)\s)"
    r"[\w'’-]{1,30}\s+){0,3}\Z"
)
_TO_VERB = re.compile(
    # words after which an ambiguous word ("protest", "march", "strike") is a verb
    r"(?<!\w)(?:to|will|would|could|can|cannot|may|might|must|should|shall|did|do|does|not|never|who|they|we|i|"
    r"you|he|she|people|workers|students|thousands|hundreds|dozens|protesters|residents|teachers|women|"
    r"also|still|then|peacefully|'ll|n['’]t)\s+\Z"
)


def triggers(text: str) -> tuple[Trigger, ...]:
    """Give every mention of a protest act in a text, in order; none overlaps another.

    Where two patterns meet, the longer one wins, be it a figure of speech that means no protest
    ("riot police", "price rally").
    """
    low = lowered(text)
    finders = lexicon().finders
    found: list[tuple[int, int, Entry]] = []
    for word in _WORD.finditer(low):
        for finder in finders.get(word[0], ()):
            end = finder.end(low, word.start())
            if end > 0 and _capital_fits(finder.entry, text, word.start(), end):
                found.append((word.start(), end, finder.entry))
    return tuple(
        _trigger(text, low, start, end, entry)
        for start, end, entry in _apart(found)
        if entry.form != NO_FORM
    )


def lowered(text: str) -> str:
    """Give the text in lower case with every character in its place."""
    low = text.lower()
    # the dotted capital I is the one letter whose lower case is longer than itself
    return low if len(low) == len(text) else text.replace("İ", "I").lower()


def _capital_fits(entry: Entry, text: str, start: int, end: int) -> bool:
    if not entry.after_capital:
        return True
    last = text[start:end].split()[-1]
    return last[:1].isupper()


def _apart(found: list[tuple[int, int, Entry]]) -> list[tuple[int, int, Entry]]:
    """Drop matches that overlap a longer one; of equal ones the first listed stays."""
    kept: list[tuple[int, int, Entry]] = []
    found.sort(key=lambda item: item[0])
    cluster: list[tuple[int, int, Entry]] = []
    reach = -1
    for item in found:
        if item[0] >= reach and cluster:
            kept.extend(_longest(cluster))
            cluster = []
        cluster.append(item)
        reach = max(reach, item[1])
    kept.extend(_longest(cluster))
    return kept


def _longest(cluster: list[tuple[int, int, Entry]]) -> list[tuple[int, int, Entry]]:
    if len(cluster) < 2:
        return cluster
    kept: list[tuple[int, int, Entry]] = []
    for item in sorted(cluster, key=lambda item: item[0] - item[1]):
        if all(item[1] <= other[0] or item[0] >= other[1] for other in kept):
            kept.append(item)
    return sorted(kept, key=lambda item: item[0])


def _trigger(text: str, low: str, start: int, end: int, entry: Entry) -> Trigger:
    before = low[max(0, start - _BEFORE) : start]
    verbal = entry.kind == "verb" or (entry.kind == "either" and _is_verb(low[start:end], before))
    return Trigger(
        start=start,
        end=end,
        text=text[start:end],
        form=cast("Form", entry.form),
        verbal=verbal,
        definite=not verbal and _POINTING.search(before) is not None,
        strong=entry.strong,
    )


def _is_verb(words: str, before: str) -> bool:
    first = words.split()[0]
    if first.endswith("ed"):
        return True
    if first.endswith("ing"):
        return _POINTING.search(before) is None
    return _TO_VERB.search(before) is not None
