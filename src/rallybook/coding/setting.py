"""Where the story is at a given sentence, for acts that do not say it themselves."""

from __future__ import annotations

import re
from collections import Counter

from rallybook.coding.scene import Scene
from rallybook.model.mention import Toponym
from rallybook.model.values import FINE, Place

# a setting holds for this many sentences of its paragraph after the one that tells it
_HOLDS = 3

_SETTING = re.compile(
    r"(?:\b(?:in|at|near|outside|around|across|throughout|inside|within)\s+(?:[\w’'.-]+\s+){0,3}|[.!?:]\s+|\n\s*|^)$",
    re.IGNORECASE,
)
AGENT_AFTER = re.compile(
    r"^(?:[’']s)?\s+(?:police|government|officials?|authorities|president|prime|minister|ministry|mayor|court|"
    r"troops|army|forces|newspapers?|embass\w+|consulate|ambassador|firm|company|club|team|based|born|"
    r"university|leader|parliament said|said|says)\b|^-(?:based|born|backed|led|owned)",
    re.IGNORECASE,
)


def setting(scene: Scene, position: int) -> Place | None:
    """Give the populated place in which the story is at `position`.

    That is the last one told as a setting in the same paragraph and not many sentences before, else the
    place of the article as a whole, else the last one told at all; None where the article tells none.
    """
    sentence = scene.sentence_at(position)
    last: Place | None = None
    here: Place | None = None
    for toponym in scene.toponyms:
        if toponym.start >= position:
            break
        if not is_setting(scene, toponym):
            continue
        last = toponym.place
        told = scene.sentence_at(toponym.start)
        if told.paragraph == sentence.paragraph and sentence.number - told.number <= _HOLDS:
            here = toponym.place
    return here or home_city(scene) or last


def home_city(scene: Scene) -> Place | None:
    """Give the populated place of the whole article: of its dateline, or the one most often a setting."""
    if scene.dateline and scene.dateline.place and scene.dateline.place.precision in FINE:
        return scene.dateline.place
    if scene.home and scene.home.precision in FINE:
        return scene.home
    votes = Counter(t.place for t in scene.toponyms if t.place and t.place.precision in FINE)
    # between equals the first one told
    return max(votes, key=lambda place: votes[place], default=None)


def is_setting(scene: Scene, toponym: Toponym) -> bool:
    """Tell whether a populated place says where things happen, rather than whose or with whom."""
    if toponym.place is None or toponym.place.precision not in FINE:
        return False
    before = scene.text[max(0, toponym.start - 50) : toponym.start]
    after = scene.text[toponym.end : toponym.end + 30]
    return bool(_SETTING.search(before)) and not AGENT_AFTER.search(after)
