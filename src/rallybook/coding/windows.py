"""Stretches of an article as the tagger reads them: whole sentences, cut into word pieces, the title before them.

A sign at the front tells the opening of the article from what follows: news stands first, background later.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from rallybook.coding.wordpieces import CLOSES, OPENS, Piece, pieces
from rallybook.grounding.sentences import Sentence

# pieces in a window at most: some 15k a second are read at 256, 16k at 128; longer ones tell acts no better
LONGEST = 256
# what stands at an edge of a window of one length lies inside of one of the other
READINGS = (LONGEST, 192)
_TITLE = 24  # pieces of the title that stand before each window
_LEAST = 64  # pieces of text that a window holds at least before a long sentence is cut
# pieces tell no capitals; the shape of each is a second input
LOWER, TITLE, UPPER, SINGLE, MIXED, DIGITS, SIGN = range(7)
SHAPES = 7
NOWHERE = -1
_OPENING, _LATER = 1, 2  # pieces that the vocabulary keeps free


class Window(NamedTuple):
    """Pieces with their shapes and their places in the text; `NOWHERE` for those that are not of the text."""

    pieces: list[int]
    shapes: list[int]
    starts: list[int]
    ends: list[int]

    def put(self, piece: int, kind: int, start: int = NOWHERE, end: int = NOWHERE) -> None:
        """Add a piece of this shape; one that is not of the text where no offsets are given."""
        self.pieces.append(piece)
        self.shapes.append(kind)
        self.starts.append(start)
        self.ends.append(end)


def windows(text: str, title: str, sentences: Sequence[Sentence], longest: int = LONGEST) -> list[Window]:
    """Cut a text into windows of whole sentences, each with the title before it; a sentence too long is cut.

    `longest` is how many pieces a window holds at most.
    """
    opening, later = head_of(title, opening=True), head_of(title, opening=False)
    room = max(longest - 1 - len(later), _LEAST)
    filled: list[list[Piece]] = []
    for sentence in sentences:
        cut = pieces(text, sentence.start, sentence.end)
        if filled and len(filled[-1]) + len(cut) <= room:
            filled[-1] += cut
        else:
            filled += [cut[at : at + room] for at in range(0, len(cut), room)]
    return [_window(text, later if number else opening, cut) for number, cut in enumerate(filled)]


def head_of(title: str, *, opening: bool) -> list[int]:
    """Give the pieces that stand before a window: a sign for the opening of the article or what follows, the title."""
    named = [*(piece.number for piece in pieces(title)[:_TITLE]), CLOSES] if title else []
    return [OPENS, _OPENING if opening else _LATER, *named]


def _window(text: str, head: Sequence[int], cut: Sequence[Piece]) -> Window:
    found = Window([], [], [], [])
    for number in head:
        found.put(number, SIGN)
    for piece in cut:
        found.put(piece.number, shape(text[piece.start : piece.end]), piece.start, piece.end)
    found.put(CLOSES, SIGN)
    return found


# words come again and again
@lru_cache(maxsize=50_000)
def shape(word: str) -> int:
    """Give how a piece is written."""
    if not any(map(str.isalpha, word)):
        return DIGITS if any(map(str.isdigit, word)) else SIGN
    if word.islower():
        return LOWER
    if word.isupper():
        return UPPER if len(word) > 1 else SINGLE
    return TITLE if word[0].isupper() else MIXED
