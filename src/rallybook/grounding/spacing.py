"""Spaces that tokenisers and typesetters left or lost: doubled, before a comma, none after a full stop."""

from __future__ import annotations

import re
from collections.abc import Iterator

# a text without any of these has nothing to repair; to look for them is ten times faster than the pattern
_SIGNS = (
    "  ", " \t", "\t ", " ,", ", 0", " .", " ;", " :", " !", " ?", " '", " ’", " n't", "( ", " )", "[ ", " ]",
    " n’t", "“ ", " ”", "$ ", "£ ", "€ ",
)  # fmt: skip
# the rarer character of each is found or missed at once
_RARE = tuple((sign.strip(" ")[:1] or sign, sign) for sign in _SIGNS)
# each gap begins with one of three characters, and what stands beside it is one of few: to say so first makes the
# search ten times faster
_LOOSE = re.compile(
    r"[ \t,](?=[ \t,.;:!?)\]'’”n0]|(?<=[(\[“$£€].))(?:"
    r"(?P<thousands>(?<=\d[ \t])[ \t]*,[ \t]*(?=000\b)|(?<=\d,)[ \t]+(?=000\b))"
    # "Lagos , Kano .", not the dots of ". . ."
    r"|(?P<none>(?<=[^\s.][ \t])[ \t]*(?=[,.;:!?](?:\s|\Z)(?! ?\.))"
    r"|(?<=\w[ \t])[ \t]*(?=(?:'s|’s|n't|n’t|'re|'ve|'ll)\b)"
    r"|(?<=[(\[][ \t])[ \t]*(?=\S)|(?<=\S[ \t])[ \t]*(?=[)\]])"
    r"|(?<=[\s(]“[ \t])[ \t]*(?=\S)|(?<=\S[ \t])[ \t]*(?=”(?:[\s.,;:!?]|\Z))"
    r"|(?<=[$£€][ \t])[ \t]*(?=\d))"
    r"|(?P<apostrophe>(?<=\w[ \t])[ \t]*’[ \t]+(?=s\b))"
    r"|(?P<wide>(?<=\S[ \t])[ \t]+(?=\S)))"
)
_GOOD = {"thousands": ",", "none": "", "apostrophe": "’", "wide": " "}


def loose(text: str) -> Iterator[tuple[int, int, str]]:
    """Give (start, end, what it should be) for each gap, in order; the space that opens a line stays."""
    if not any(rare in text and sign in text for rare, sign in _RARE):
        return
    for gap in _LOOSE.finditer(text):
        yield gap.start(), gap.end(), _GOOD[gap.lastgroup or "wide"]


# "increases.In", "again.”But": a full stop with no space, between a word and a capitalised one; no web address
# or initial looks like this
_GLUED = re.compile(r"[.!?](?<=[a-z][a-z].)([\"”’]?)(?=[“‘]?[A-Z][a-z]|[“‘][A-Z] )")
# a paragraph is looked at this far back to tell an opening quote from a closing one
_FAR = 2_000


def glued(text: str) -> Iterator[tuple[int, int, str]]:
    """Give (start, start, " ") for each place between two sentences where the space is missing."""
    for seen in _GLUED.finditer(text):
        at = seen.end()
        if seen[1] == '"':
            paragraph = max(text.rfind("\n", 0, at), at - _FAR) + 1
            if text.count('"', paragraph, at) % 2:
                at -= 1  # the quote opens the next sentence
        yield at, at, " "
