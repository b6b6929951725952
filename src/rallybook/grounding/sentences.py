"""Sentences of a text, with offsets."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from operator import attrgetter

import msgspec

from rallybook.grounding.letters import letters

_ABBREVIATIONS = frozenset(
    # titles, months, companies, places and numbers as English-language news write them
    "mr mrs ms dr prof rev gen col lt capt maj sgt cpl gov sen rep pres hon fr sr jr st ste mt ft "
    "jan feb mar apr jun jul aug sep sept oct nov dec no nos inc ltd co corp bros vs etc al dept est "
    "u.s u.n u.k e.u d.c a.m p.m i.e e.g approx av ave blvd rd sq supt insp msgr adm cmdr".split()
)
_PARAGRAPH_END = re.compile(r"[ \t\r]*\n(?:[ \t\r]*\n)*\s*|\Z")
_STOP = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s|\Z)|[。！？]+[」』”]*")
_OPENS_SENTENCE = re.compile(r"\s+[\"'“‘«(\[–—-]*\s*(?:[^\W\d_a-zа-я]|\d)")
# in a text without capitals a sentence opens with any letter
_OPENS_LOWER_SENTENCE = re.compile(r"\s+[\"'“‘«(\[–—-]*\s*\w")
# running text has 2 to 5 capitals in 100 letters; texts in lower case keep a stray one or none
_FEW_CAPITALS = 0.005
# the longest sentence of 8,800 in news is 1,100 characters; a longer one is no prose, and is cut at a space,
# so that the work on it stays bounded
_LONGEST = 2_000
_LAST_WORD = re.compile(r"([\w.’']+)\Z")


class Sentence(msgspec.Struct, frozen=True, gc=False):
    """One sentence: `text[start:end]`, the number of its paragraph, its own number in the text."""

    start: int
    end: int
    paragraph: int
    number: int


@lru_cache(maxsize=64)
def sentences(text: str) -> tuple[Sentence, ...]:
    """Split a text into sentences; a line end closes a paragraph and with it the sentence."""
    found: list[Sentence] = []
    opens = _OPENS_LOWER_SENTENCE if _in_lower_case(text) else _OPENS_SENTENCE
    start, paragraph = _skip_space(text, 0), 0
    while start < len(text):
        gap = _PARAGRAPH_END.search(text, start)
        end = gap.start() if gap else len(text)
        for whole in _within_paragraph(text, start, end, opens):
            for first, last in _cut(text, *whole):
                found.append(Sentence(first, last, paragraph, len(found)))
        paragraph += 1
        start = _skip_space(text, gap.end() if gap else len(text))
    return tuple(found)


def sentence_at(found: Sequence[Sentence], position: int) -> Sentence:
    """Give the sentence that holds a position (the one before, where it lies between two)."""
    return found[max(bisect_right(found, position, key=attrgetter("start")) - 1, 0)]


def _in_lower_case(text: str) -> bool:
    sample = text[:20_000]
    told = letters(sample)
    return told.capital < _FEW_CAPITALS * told.small


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > _LONGEST:
        space = text.rfind(" ", start + 1, start + _LONGEST)
        last = space if space > 0 else start + _LONGEST
        yield start, last
        start = _skip_space(text, last)
    if start < end:
        yield start, end


def _within_paragraph(text: str, start: int, end: int, opens: re.Pattern[str]) -> list[tuple[int, int]]:
    parts: list[tuple[int, int]] = []
    for stop in _STOP.finditer(text, start, end):
        if stop.end() < end and not _ends_sentence(text, start, stop, opens):
            continue
        parts.append((start, stop.end()))
        start = _skip_space(text, stop.end())
        if start >= end:
            break
    if start < end:
        last = len(text[start:end].rstrip()) + start
        if last > start:
            parts.append((start, last))
    return parts


def _ends_sentence(text: str, start: int, stop: re.Match[str], opens: re.Pattern[str]) -> bool:
    if not opens.match(text, stop.end()):
        return False
    if stop[0] != ".":
        return True
    word = _LAST_WORD.search(text, max(start, stop.start() - 20), stop.start())
    if not word:
        return True
    last = word[1].lower()
    # an initial ("J. Smith") or a dotted abbreviation; "I" closes sentences, too
    return last not in _ABBREVIATIONS and not (len(last) == 1 and last.isalpha() and last != "i")


def _skip_space(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at
