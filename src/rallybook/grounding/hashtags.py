"""The words of posts: hashtags taken apart, and all in one paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rallybook.grounding.mojibake import Repair

_HASHTAG = re.compile(r"[#＃](?=\w*[^\W\d_])(\w+)")
# "BlackLivesMatter", "March4Justice", "SaveTheNHSNow", "stop_the_war"
_SEAM = re.compile(
    r"(?<=[^\W\d_A-Z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])|_+"
)
_BREAK = re.compile(r"\s*[\r\n]\s*")


def hashtags(text: str) -> Iterator[Repair]:
    """Give what to change so that a post reads as one paragraph of words."""
    for tag in _HASHTAG.finditer(text):
        yield tag.start(), tag.start() + 1, ""
        for seam in _SEAM.finditer(tag[1]):
            yield tag.start(1) + seam.start(), tag.start(1) + seam.end(), " "
    for gap in _BREAK.finditer(text):
        yield gap.start(), gap.end(), " " * len(gap[0])
