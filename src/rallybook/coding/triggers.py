"""The words that name a protest act, found with the lexicon of forms."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import accumulate
from operator import itemgetter
from typing import cast

from rallybook.codebook.finders import Finder
from rallybook.codebook.lexicon import NO_FORM, lexicon
from rallybook.model.mention import Trigger
from rallybook.model.record import Form

_BETWEEN = re.compile(r"(\W+)")
_BEFORE = 60  # characters before a trigger in which its determiner is looked for
_FIGURE = 6  # characters by which a figure of speech counts as longer than it is
_STRONG = 4
_GIVES_WAY = 10_000  # longer than any match
_NAME_GOES_ON = re.compile(r"\s+(?:for|of|against|to|on)\s+(?:the\s+|our\s+)?[A-Z]")
_WORD_BEFORE = re.compile(r"(?P<opens>(?:\A|[.!?:\n“\"]\s*))?(?P<word>[^\W_]+)[\s,]+\Z")
_Found = tuple[int, int, Finder]


@cache
def _pointing() -> re.Pattern[str]:
    """Give the expression for "the", "these" and the like with up to three words that may precede a noun.

    The words in between are no second determiner, no preposition and no verb ("the police dispersed
    protests"); the first of them may look like a verb ("the banned protest").
    """
    lists = lexicon().lists
    points, not_new = "|".join(lists["points_back"]), "|".join(lists["new_ones"])
    not_between = "|".join(lists["no_modifier"])
    word = r"[\w'’-]{1,30}\s+"
    return re.compile(
        rf"(?<!\w)(?:{points}|\w+['’]s?)\s+(?!(?:{not_new}|\w+est)\s)"
        rf"(?:(?!(?:{not_between})\s){word})?(?:(?!(?:{not_between}|\w+ed)\s){word}){{0,2}}\Z"
    )


@cache
def _to_verb() -> re.Pattern[str]:
    """Give the expression for words after which "protest", "march" or "strike" is a verb."""
    lists = lexicon().lists
    words = "|".join(lists["before_verb"] + lists["crowd_people"])
    return re.compile(rf"(?<!\w)(?:{words}|\w*n['’]t|['’]ll)\s+\Z")


@cache
def _small_words() -> frozenset[str]:
    return frozenset(lexicon().lists["before_month"] + lexicon().lists["weekday"])


# an article that passes the gate is read by it and by the coder
@lru_cache(maxsize=4)
def triggers(text: str) -> tuple[Trigger, ...]:
    """Give every mention of a protest act in a text, in order; none overlaps another.

    Where two patterns meet, the longer one wins, be it a figure of speech that means no protest
    ("riot police", "price rally").
    """
    low = lowered(text)
    book = lexicon()
    found: list[_Found] = []
    # every other part is a word, those between are what stands between words
    parts = _BETWEEN.split(low)
    starts = [0, *accumulate(map(len, parts))][::2]
    words = parts[::2]
    for number in book.asked(words):
        start = starts[number]
        for end, finder in book.shelves[words[number]].matches(low, start, words, number):
            if not finder.entry.after_capital or _capitalised(text, start, end):
                found.append((start, end, finder))
    return tuple(
        _trigger(text, low, start, end, finder)
        for start, end, finder in _apart(found)
        if finder.entry.form != NO_FORM
    )


def lowered(text: str) -> str:
    """Give the text in lower case with every character in its place."""
    low = text.lower()
    # the dotted capital I is the one letter whose lower case is longer than itself
    return low if len(low) == len(text) else text.replace("İ", "I").lower()


def _capitalised(text: str, start: int, end: int) -> bool:
    """Tell whether a word has one capital and is no part of a name ("Pride March", "March for Jobs")."""
    word = text[start:end]
    if not word.istitle() or _NAME_GOES_ON.match(text, end):
        return False
    before = _WORD_BEFORE.search(text[max(0, start - _BEFORE) : start])
    if before is None or before["opens"] is not None:
        return True
    return before["word"].lower() in _small_words() or not before["word"][0].isupper()


def _apart(found: list[_Found]) -> list[_Found]:
    """Drop matches that overlap a longer one, or any other if they give way; of equal ones the first stays."""
    kept: list[_Found] = []
    cluster: list[_Found] = []
    reach = -1
    found.sort(key=itemgetter(0))
    for item in found:
        if item[0] >= reach and cluster:
            kept.extend(_longest(cluster))
            cluster = []
        cluster.append(item)
        reach = max(reach, item[1])
    kept.extend(_longest(cluster))
    return kept


def _longest(cluster: list[_Found]) -> list[_Found]:
    if len(cluster) < 2:
        return cluster
    kept: list[_Found] = []
    for item in sorted(cluster, key=_weight, reverse=True):
        if all(item[1] <= other[0] or item[0] >= other[1] for other in kept):
            kept.append(item)
    return sorted(kept, key=itemgetter(0))


def _weight(item: _Found) -> int:
    start, end, finder = item
    entry = finder.entry
    # a figure of speech outweighs a pattern a word longer, a word that says protest a chance mention
    length = end - start + (_FIGURE if entry.form == NO_FORM else _STRONG if entry.strong else 0)
    return length - _GIVES_WAY if entry.gives_way else length


def _trigger(text: str, low: str, start: int, end: int, finder: Finder) -> Trigger:
    entry = finder.entry
    verbal = entry.kind == "verb" or (entry.kind == "either" and is_verbal(low, start, end))
    return Trigger(
        start=start,
        end=end,
        text=text[start:end],
        form=cast("Form", entry.form),
        verbal=verbal,
        definite=not verbal and is_definite(low, start),
        strong=finder.strong(low, end),
    )


def is_verbal(low: str, start: int, end: int) -> bool:
    """Tell whether words of a text in lower case that may be a noun are a verb."""
    first = low[start:end].split(maxsplit=1)[0]
    if first.endswith("ed"):
        return True
    if first.endswith("ing"):
        return not is_definite(low, start)
    return _to_verb().search(low[max(0, start - _BEFORE) : start]) is not None


def is_definite(low: str, start: int) -> bool:
    """Tell whether the words before a noun point back to an act told before ("these protests")."""
    return _pointing().search(low[max(0, start - _BEFORE) : start]) is not None
