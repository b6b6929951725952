"""How far an act reaches, in space and in time: classes that a network tells at the words that name the act.

A place and a date are chosen among those that an article names. Which of them is meant hangs on what kind of place or
date the act has: one town or the whole country, one day or the weeks since.
"""

from __future__ import annotations

import re
from typing import Literal

from rallybook.model.values import FINE

Scale = Literal["place", "region", "country", "unknown"]
SCALES: tuple[Scale, ...] = ("place", "region", "country", "unknown")
Extent = Literal["day", "stretch", "open", "period", "blank"]
EXTENTS: tuple[Extent, ...] = ("day", "stretch", "open", "period", "blank")
_WHOLE_DAY = re.compile(r"[\dX]{4}-\d\d-\d\d[~?]?")


def scale_of(precision: str) -> Scale:
    """Give the scale of a place: a populated place with its spots, a region, a country; unknown for any other."""
    if precision in FINE:
        return "place"
    return "region" if precision == "region" else "country" if precision == "country" else "unknown"


def extent_of(edtf: str) -> Extent:
    """Give the extent of a date: a day, a stretch of days with both ends told or not, a month or a year, or blank."""
    if not edtf:
        return "blank"
    if ".." in edtf:
        return "open"
    if "/" in edtf:
        return "stretch"
    return "day" if _WHOLE_DAY.fullmatch(edtf) else "period"
