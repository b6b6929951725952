"""What is demanded, supported or opposed: clauses after a cue, slogans in quotation marks."""

from __future__ import annotations

import re
from functools import cache

from rallybook.coding.phrases import word_lists

_LONGEST = 15  # words; the codebook's bound for one claim
_STOP = re.compile(
    r"[.;:!?…]+(?=\s|\Z)|,\s|\s[-–—]\s|[\"”“]|\s(?:on|last|this|in) (?=(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
)
_TOKEN = re.compile(r"\S+")


def claims(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Give the spans of the claims told between `start` and `end`."""
    found: list[tuple[int, int]] = []
    for cue in _cues().finditer(text, start, end):
        if found and cue.start() < found[-1][1]:
            continue
        first = cue.end() if cue["dropped"] else cue.start()
        last = _end(text, cue.end(), end)
        if last > cue.end() + 2:
            found.append((first, last))
    return tuple(found)


@cache
def _cues() -> re.Pattern[str]:
    lists = word_lists("claims")
    kept, dropped = ("|".join(lists[name]) for name in ("kept", "dropped"))
    return re.compile(rf"\b(?:(?P<kept>{kept})|(?P<dropped>{dropped}))\b\s*", re.IGNORECASE)


def _end(text: str, start: int, end: int) -> int:
    stop = _STOP.search(text, start, end)
    last = start
    for n, token in enumerate(_TOKEN.finditer(text, start, stop.start() if stop else end)):
        if n == _LONGEST:
            break
        last = token.end()
    return last
