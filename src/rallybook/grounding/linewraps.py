"""Line ends that only wrap a paragraph, as wires and old archives have them."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import NamedTuple

# a terminal or wire line; whole paragraphs on a line of their own are mostly longer
_WIDEST = 130
_NARROWEST = 40
# the line ends within this many characters of where the next word would have run over the edge
_RAGGED = 10
# half of the single line ends must be where a wrap would put them, a quarter of them amid a sentence
_LIKE_WRAPS = 0.5
_AMID = 0.25
_LIST_ITEM = re.compile(r"[-*•–—·>]|\d{1,2}[.)] ")
_FIRST_WORD = re.compile(r"\S*")
_STOPS = (".", "!", "?", '"', "”", "''", ":", ")", ";")


class _Line(NamedTuple):
    """Where a line's words start and end, and how far it is indented."""

    start: int
    end: int
    indent: int


def wraps(text: str) -> list[tuple[int, int, str]]:
    """Give (start, end, " ") for each line end that a reader should take for a space.

    White space around it goes with it. Empty for a text with a paragraph on each line.
    """
    if "\n" not in text:
        return []
    lines = _lines(text)
    width = max(line.end - line.start for line in lines)
    if not _NARROWEST <= width <= _WIDEST:
        return []
    # what is indented more than most lines opens a paragraph
    margin = Counter(line.indent for line in lines[1:] if line.end > line.start).most_common(1)
    breaks = [
        (line, after)
        for line, after in pairwise(lines)
        if line.end > line.start and after.end > after.start and after.indent <= margin[0][0] + 1
        if not _LIST_ITEM.match(text, after.start)
    ]
    at_edge = [pair for pair in breaks if _at_edge(text, *pair, width=width)]
    amid = sum(_amid_sentence(text, *pair) for pair in at_edge)
    if not amid or len(at_edge) < _LIKE_WRAPS * len(breaks) or amid < _AMID * len(at_edge):
        return []
    return [(line.end, after.start, " ") for line, after in at_edge]


def _lines(text: str) -> list[_Line]:
    found, start = [], 0
    for line in text.split("\n"):
        words = line.strip()
        indent = len(line) - len(line.lstrip()) if words else 0
        found.append(_Line(start + indent, start + indent + len(words), indent))
        start += len(line) + 1
    return found


def _at_edge(text: str, line: _Line, after: _Line, *, width: int) -> bool:
    word = _FIRST_WORD.match(text, after.start, after.end)
    return line.end - line.start + 1 + len(word[0] if word else "") > width - _RAGGED


def _amid_sentence(text: str, line: _Line, after: _Line) -> bool:
    words = text[line.start : line.end]
    if words.endswith(_STOPS):
        return False
    # upper-case archives tell nothing by the case of the next word
    return text[after.start].islower() or words.endswith(",") or words.isupper()
