"""Named days: fixed ones, and those that move with Easter, the moon or the week."""

from __future__ import annotations

from rallybook.grounding.calendar_rules import Value
from rallybook.grounding.timexes import Found, State


def holiday(found: Found, state: State) -> Value | None:
    return None
