"""What stands beside a story: captions of its pictures, headlines of others."""

from __future__ import annotations

import re
from functools import lru_cache

from rallybook.coding.scene import Scene
from rallybook.model.mention import Trigger

# a line whose last sentence says whose picture it is ("Protesters at the march. Image: A. Grey.")
_CAPTION = re.compile(
    r"^(?:[^\n]{0,400}[.!?\"”)\]\s])?[(\[]?(?:image|photo|photograph|picture)s?(?:\s+(?:by|credit))?:\s[^\n]{1,60}$",
    re.IGNORECASE | re.MULTILINE,
)
# what follows in the line are headlines of other stories
_LINKS = re.compile(
    r"\b(?:related\s+(?:stories|articles|news|links)|also\s+read|read\s+also|see\s+also)\s*:[^\n]*",
    re.IGNORECASE,
)
Offsets = tuple[int, int]


def is_aside(scene: Scene, trigger: Trigger) -> bool:
    """Tell whether a mention stands in the headline of another story, or in a caption that tells no place of its own.

    Such a caption shows what the story tells.
    """
    links, captions = _asides(scene.text)
    if _within(links, trigger.start):
        return True
    caption = _within(captions, trigger.start)
    return caption is not None and not any(t.place for t in scene.within(scene.toponyms, *caption))


def _within(stretches: tuple[Offsets, ...], position: int) -> Offsets | None:
    return next((one for one in stretches if one[0] <= position < one[1]), None)


@lru_cache(maxsize=8)
def _asides(text: str) -> tuple[tuple[Offsets, ...], tuple[Offsets, ...]]:
    """Give the stretches of a text that are headlines of other stories, and those that are captions."""
    links, captions = ((m.span() for m in each.finditer(text)) for each in (_LINKS, _CAPTION))
    return tuple(links), tuple(captions)
