"""The cheap gate before coding: may this text hold a protest at all?"""

from __future__ import annotations

from rallybook.coding.triggers import triggers


def worth_reading(text: str) -> bool:
    """Tell whether a text should be coded: it holds a word that says protest, or two that may."""
    found = triggers(text)
    return any(trigger.strong for trigger in found) or len(found) > 1
