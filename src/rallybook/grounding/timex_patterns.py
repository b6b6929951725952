"""Patterns over word classes: how they are compiled, and with which classes a match can begin.

A pattern is a regular expression whose atoms are classes in angle brackets: `<the>? (?P<w> <weekday> ) <part>?`.
Only groups, alternatives, `?` and look-aheads are allowed around them, so that matching stays linear.
"""

from __future__ import annotations

import re

_PIECE = re.compile(r"\(\?P<\w+>|\(\?:|\(\?!|\(\?=|[()|?]|<(\w+)>|\s+")


def compiled(pattern: str, letters: dict[str, str]) -> re.Pattern[str]:
    """Give the pattern as a regular expression over the letters that stand for the classes."""
    return re.compile(re.sub(r"(?<!\?P)<(\w+)>", lambda name: f"[{letters[name[1]]}]", pattern), re.VERBOSE)


def first_classes(pattern: str) -> frozenset[str]:
    """Give the names of the classes that a match of the pattern can begin with."""
    pieces = [piece for piece in _PIECE.finditer(pattern) if not piece[0].isspace()]
    names, _, _ = _alternatives(pieces, 0)
    return frozenset(names)


def _alternatives(pieces: list[re.Match[str]], at: int) -> tuple[set[str], bool, int]:
    """Read alternatives up to the closing bracket: their first classes, whether they can be empty, the position."""
    names, empty = set[str](), False
    while True:
        branch, branch_empty, at = _sequence(pieces, at)
        names |= branch
        empty = empty or branch_empty
        if at >= len(pieces) or pieces[at][0] == ")":
            return names, empty, at
        at += 1


def _sequence(pieces: list[re.Match[str]], at: int) -> tuple[set[str], bool, int]:
    names, empty = set[str](), True
    while at < len(pieces) and pieces[at][0] not in ("|", ")"):
        piece = pieces[at]
        if piece[1]:
            item, item_empty, at = {piece[1]}, False, at + 1
        else:
            item, item_empty, at = _alternatives(pieces, at + 1)
            at += 1
            if piece[0] in ("(?!", "(?="):
                continue
        if at < len(pieces) and pieces[at][0] == "?":
            item_empty, at = True, at + 1
        if empty:
            names |= item
            empty = item_empty
    return names, empty, at
