"""Parts of the map: what lies in a window, and where a window meets the box of a question."""

from __future__ import annotations

from rallybook.model.question import Box


def within(box: Box, lon: float, lat: float) -> bool:
    """Tell whether a spot lies in a box."""
    return box.south <= lat <= box.north and any(west <= lon <= east for west, east in _spans(box))


def overlap(one: Box, other: Box) -> Box | None:
    """Give where two boxes meet; None where they do not, or in two places."""
    south, north = max(one.south, other.south), min(one.north, other.north)
    sides = [
        (max(west, left), min(east, right))
        for west, east in _spans(one)
        for left, right in _spans(other)
        if max(west, left) <= min(east, right)
    ]
    if south > north:
        return None
    if len(sides) == 2 and {sides[0][1], sides[1][1]} > {180.0} and {sides[0][0], sides[1][0]} > {-180.0}:
        # two that meet at the 180th meridian are one
        sides = [(max(sides)[0], min(sides)[1])]
    return Box(sides[0][0], south, sides[0][1], north) if len(sides) == 1 else None


def _spans(box: Box) -> list[tuple[float, float]]:
    """Give the stretches of longitude of a box: two where it crosses the 180th meridian."""
    return [(box.west, box.east)] if box.west <= box.east else [(box.west, 180.0), (-180.0, box.east)]
