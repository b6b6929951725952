"""Sentences of a text, with offsets."""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

_ABBREVIATIONS = frozenset(
    # titles, months, companies, places and numbers as English-language news write them
    "mr mrs ms dr prof rev gen col lt capt maj sgt cpl gov sen rep pres hon fr sr jr st ste mt ft "
    "jan feb mar apr jun jul aug sep sept oct nov dec no nos inc ltd co corp bros vs etc al dept est "
    "u.s u.n u.k e.u d.c a.m p.m i.e e.g approx av ave blvd rd sq supt insp msgr adm cmdr".split()
)
_PARAGRAPH_END = re.compile(r"[ \t\r]*\n(?:[ \t\r]*\n)*\s*|\Z")
_STOP = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s|\Z)|[。！？]+[」』”]*")
_OPENS_SENTENCE = re.compile(r"\s+[\"'“‘«(\[–—-]*\s*(?:[^\W\d_a-zа-я]|\d)")
_LAST_WORD = re.compile(r"([\w.’']+)\Z")


class Sentence(msgspec.Struct, frozen=True):
    """One sentence: `text[start:end]`, the number of its paragraph, its own number in the text."""

    start: int
    end: int
    paragraph: int
    number: int


@lru_cache(maxsize=64)
def sentences(text: str) -> tuple[Sentence, ...]:
    """Split a text into sentences; a line end closes a paragraph and with it the sentence."""
    found: list[Sentence] = []
    start, paragraph = _skip_space(text, 0), 0
    while start < len(text):
        gap = _PARAGRAPH_END.search(text, start)
        end = gap.start() if gap else len(text)
        for first, last in _within_paragraph(text, start, end):
            found.append(Sentence(first, last, paragraph, len(found)))
        paragraph += 1
        start = _skip_space(text, gap.end() if gap else len(text))
    return tuple(found)


def _within_paragraph(text: str, start: int, end: int) -> list[tuple[int, int]]:
    parts: list[tuple[int, int]] = []
    for stop in _STOP.finditer(text, start, end):
        if stop.end() < end and not _ends_sentence(text, start, stop):
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


def _ends_sentence(text: str, start: int, stop: re.Match[str]) -> bool:
    if not _OPENS_SENTENCE.match(text, stop.end()):
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
