"""Who claims a head count."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml

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
        return text[after.start(after.lastindex) : after.end(after.lastindex)]
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
    return ""


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    data = yaml.safe_load((files("rallybook.grounding") / "data" / "headcounts.yaml").read_text("utf-8"))
    return {name: re.compile(pattern) for name, pattern in data["claimants"].items()}
