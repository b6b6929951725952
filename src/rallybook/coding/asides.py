"""What stands beside a story: captions of its pictures, links to others."""

from __future__ import annotations

import re

from rallybook.coding.scene import Scene
from rallybook.model.mention import Trigger

# a line whose last sentence says whose picture it is ("Protesters at the march. Image: A. Grey.")
_CREDIT = re.compile(
    r"(?:\A|[.!?\"”)\]\s])[(\[]?(?:image|photo|photograph|picture)s?(?:\s+(?:by|credit))?:\s[^\n]{1,60}\Z",
    re.IGNORECASE,
)
# what follows in the line are headlines of other stories
_LINKS = re.compile(
    r"\b(?:related\s+(?:stories|articles|news|links)|also\s+read|read\s+also|see\s+also)\s*:", re.IGNORECASE
)


def is_aside(scene: Scene, trigger: Trigger) -> bool:
    """Tell whether a mention stands in the headline of another story, or in a caption that tells no place of its own.

    Such a caption shows what the story tells.
    """
    start, end = _line(scene.text, trigger.start)
    if _LINKS.search(scene.text, start, trigger.start):
        return True
    return bool(_CREDIT.search(scene.text[start:end])) and not any(
        start <= name.start < end and name.place for name in scene.toponyms
    )


def _line(text: str, position: int) -> tuple[int, int]:
    end = text.find("\n", position)
    return text.rfind("\n", 0, position) + 1, len(text) if end < 0 else end
