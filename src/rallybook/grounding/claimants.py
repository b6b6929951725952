"""Who claims a head count."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from rallybook.sheets import read_sheet

# as far as a source can stand from its number, in characters
_AHEAD, _BACK = 120, 90
_CLAIM_ENDS = re.compile(r"[.;!?]|,\s(?:and|but)\s")


def claimant(text: str, low: str, start: int, end: int) -> str:
    """Give the words for who says so: after the number ("according to police") or before it ("police said").

    `low` is `fold(text)`, `text[start:end]` the head count; empty where nobody is named.
    """
    patterns = _patterns()
    after = patterns["after"].match(low, end, end + _AHEAD)
    if after and after.lastindex:
        return _words(text, after)
    late = patterns["late"].match(low, end, end + 2 * _AHEAD)
    floor = max(0, start - _BACK)
    bare = patterns["bare"].search(low[floor:start])
    named = bare or patterns["named"].search(text[floor:start])
    if named:
        return text[floor + named.start(1) : floor + named.end(1)]
    last = None
    for match in patterns["before"].finditer(low, floor, start):
        last = match
    if last and not _CLAIM_ENDS.search(low, last.end(), start):
        return text[last.start(1) : last.end(1)]
    return _words(text, late) if late else ""


def _words(text: str, match: re.Match[str]) -> str:
    """Give the source, whichever alternative named it."""
    group = match.lastindex or 0
    return text[match.start(group) : match.end(group)]


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    data = read_sheet((files("rallybook.grounding") / "data" / "headcounts.yaml").read_text("utf-8"))
    patterns: dict[str, str] = data["claimants"]
    sources, verbs = patterns.pop("sources"), patterns.pop("verbs")
    return {
        name: re.compile(pattern.replace("SOURCE", sources).replace("VERB", verbs))
        for name, pattern in patterns.items()
    }
