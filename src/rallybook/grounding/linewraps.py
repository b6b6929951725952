"""Line ends that only wrap a paragraph, as wires and old archives have them."""

from __future__ import annotations

import re

# a terminal or wire line; whole paragraphs on a line of their own are mostly longer
_WIDEST = 110
_NARROWEST = 40
# the line ends within this many characters of where the next word would have run over the edge
_RAGGED = 10
# half of the single line ends must be where a wrap would put them, a quarter of them amid a sentence
_LIKE_WRAPS = 0.5
_AMID = 0.25
_NEW_PARAGRAPH = re.compile(r"[ \t]{2,}|\t|[-*•–—·>]|\d{1,2}[.)] ")
_FIRST_WORD = re.compile(r"\s*(\S*)")
_STOPS = (".", "!", "?", '"', "”", "''", ":", ")", ";")

Line = tuple[int, int]


def wraps(text: str) -> list[int]:
    """Give the positions of the line feeds that a reader should take for spaces."""
    if "\n" not in text:
        return []
    lines = _lines(text)
    full = [end - start for start, end in lines]
    width = max(full)
    if not _NARROWEST <= width <= _WIDEST:
        return []
    breaks = [
        number
        for number in range(len(lines) - 1)
        if full[number] and full[number + 1] and not _NEW_PARAGRAPH.match(text, lines[number + 1][0])
    ]
    at_edge = [number for number in breaks if _at_edge(text, lines, number, width=width)]
    amid = [number for number in at_edge if _amid_sentence(text, lines, number)]
    if not amid or len(at_edge) < _LIKE_WRAPS * len(breaks) or len(amid) < _AMID * len(at_edge):
        return []
    return [text.index("\n", lines[number][1]) for number in at_edge]


def _lines(text: str) -> list[Line]:
    """Give start and end of each line, white space at its end left out."""
    found, start = [], 0
    for line in text.split("\n"):
        found.append((start, start + len(line.rstrip())))
        start += len(line) + 1
    return found


def _at_edge(text: str, lines: list[Line], number: int, *, width: int) -> bool:
    start, end = lines[number]
    word = _FIRST_WORD.match(text, *lines[number + 1])
    return end - start + 1 + len(word[1] if word else "") > width - _RAGGED


def _amid_sentence(text: str, lines: list[Line], number: int) -> bool:
    (start, end), (next_start, next_end) = lines[number], lines[number + 1]
    if text[start:end].endswith(_STOPS):
        return False
    # upper-case archives tell nothing by the case of the next word
    following = text[next_start:next_end].lstrip()
    return following[:1].islower() or text[end - 1] == "," or text[start:end].isupper()
