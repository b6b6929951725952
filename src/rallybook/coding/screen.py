"""The cheap gate before coding: may this text hold a protest at all?"""

from __future__ import annotations

from rallybook.codebook.lexicon import claim_stems
from rallybook.coding.triggers import lowered, triggers

# A single sentence or a brief has no room for two acts and a claim: on 509 single sentences of protest news
# the rule for whole articles loses 2 %, this one none.
_BRIEF = 700


def worth_reading(text: str) -> bool:
    """Tell whether a text should be coded.

    True where it holds a word that says protest by itself, two that may ("gathered", "blocked the road"),
    or one that may in a brief text or beside two signs of a claim or a crowd.
    """
    found = triggers(text)
    if not found:
        return False
    if len(found) > 1 or found[0].strong or len(text) < _BRIEF:
        return True
    low = lowered(text)
    return sum(stem in low for stem in claim_stems()) > 1
