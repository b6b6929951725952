"""One act as a network reads it: the sentences around the words that name it, those words marked.

The title and the opening of the article stand before them: they tell of what is left open later.
"""

from __future__ import annotations

from collections.abc import Sequence

from rallybook.coding.windows import SHAPES, SIGN, Window, head_of, shape
from rallybook.coding.wordpieces import CLOSES, Piece, pieces
from rallybook.grounding.sentences import Sentence

Offsets = tuple[int, int]
# pieces in a window, and those of the opening that are kept where it lies further away
LONGEST, _OPENING = 192, 40
# the shapes of marked words follow those of the others
MARKED = SHAPES
# of three sentences that are taken into the window two stand before the act: what it leaves out was told earlier
_TURN = ("before", "before", "after")


def act_window(text: str, title: str, sentences: Sequence[Sentence], act: Offsets) -> Window:
    """Give the window of the act that the words `act` of a text name."""
    number = max((n for n, s in enumerate(sentences) if s.start <= act[0]), default=0)
    head = head_of(title, opening=number == 0)
    cut = _Cut(text, sentences)
    room = LONGEST - len(head) - 2
    own = cut(number)
    if len(own) > room:
        return _window(text, head, ([], _around(own, act, room)), act)
    first, last = _reach(cut, number, room)
    body = [piece for n in range(first, last + 1) for piece in cut(n)]
    opening = cut(0)[: min(_OPENING, room - len(body))] if first else []
    return _window(text, head, (opening, body), act)


class _Cut:
    """The pieces of the sentences of a text, cut when they are asked for."""

    def __init__(self, text: str, sentences: Sequence[Sentence]) -> None:
        self._text, self._sentences = text, sentences
        self._known: dict[int, list[Piece]] = {}

    def __len__(self) -> int:
        return len(self._sentences)

    def __call__(self, number: int) -> list[Piece]:
        if number not in self._known:
            sentence = self._sentences[number]
            self._known[number] = pieces(self._text, sentence.start, sentence.end)
        return self._known[number]


def _around(own: list[Piece], act: Offsets, room: int) -> list[Piece]:
    """Give the pieces of a sentence too long for the window that stand around the act."""
    at = next((n for n, piece in enumerate(own) if piece.end > act[0]), 0)
    first = max(0, min(at - room // 2, len(own) - room))
    return own[first : first + room]


def _reach(cut: _Cut, number: int, room: int) -> tuple[int, int]:
    """Give the first and the last sentence that fit into the window around the one of the act, whole."""
    first = last = number
    kept = min(_OPENING, len(cut(0))) if number else 0
    used, turn, shut = len(cut(number)), 0, set[str]()
    while len(shut) < 2:
        side = _TURN[turn % len(_TURN)]
        turn += 1
        if side in shut:
            continue
        after = side == "after"
        other = last + 1 if after else first - 1
        # what is kept for the opening is free where the window reaches it
        needed = kept if (first if after else other) else 0
        if not 0 <= other < len(cut) or used + len(cut(other)) + needed > room:
            shut.add(side)
            continue
        used += len(cut(other))
        first, last = (first, other) if after else (other, last)
    return first, last


def _window(text: str, head: list[int], parts: tuple[list[Piece], list[Piece]], act: Offsets) -> Window:
    found = Window([], [], [], [])
    for number in head:
        found.put(number, SIGN)
    for part in filter(None, parts):
        for piece in part:
            marked = MARKED if piece.start < act[1] and piece.end > act[0] else 0
            found.put(piece.number, shape(text[piece.start : piece.end]) + marked, piece.start, piece.end)
        found.put(CLOSES, SIGN)
    return found
