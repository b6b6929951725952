"""Sentences that a hard line break has cut in two, joined again."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from rallybook.grounding.sentences import sentences

_CLOSERS = "\"'”’»)]"
# a headline or a list has short lines of its own; wire texts were wrapped at 60 to 80 characters
_WRAPPED_FROM = 45


class Passage(NamedTuple):
    """One sentence, across the line breaks of a wrapped text: `text[start:end]`."""

    start: int
    end: int


@lru_cache(maxsize=8)
def passages(text: str) -> tuple[Passage, ...]:
    """Give the sentences of a text; a single line break after a long open line does not end one."""
    found: list[Passage] = []
    for sentence in sentences(text):
        if found and _goes_on(text, found[-1], sentence.start):
            found[-1] = Passage(found[-1].start, sentence.end)
        else:
            found.append(Passage(sentence.start, sentence.end))
    return tuple(found)


def _goes_on(text: str, last: Passage, start: int) -> bool:
    gap = text[last.end : start]
    if gap.count("\n") != 1:
        return False
    tail = text[max(last.start, last.end - 3) : last.end].rstrip(_CLOSERS)
    line = last.end - max(last.start, text.rfind("\n", last.start, last.end))
    return bool(tail) and tail[-1] not in ".!?…:" and line >= _WRAPPED_FROM
