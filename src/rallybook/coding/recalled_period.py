"""Articles that look back on a year or some months of it: what lay in that time is their news."""

from __future__ import annotations

import datetime as dt

from rallybook.coding.scene import Scene
from rallybook.grounding.retrospect_titles import looks_back
from rallybook.model.edtf import bounds

# a year and the days between its end and the look back
_PERIOD = dt.timedelta(days=400)
# months that times of the article lie in: the labelled look-backs have three and more, "Person of the Year" one
_MONTHS = 3


def recalls_period(scene: Scene) -> bool:
    """Tell whether the article is a look back: its title says so, and its times lie in several months."""
    if scene.published is None or not looks_back(scene.reading.article.title):
        return False
    begun = {first for timex in scene.timexes if (first := _begun(timex.date.edtf, scene.published))}
    return len({(day.year, day.month) for day in begun}) >= _MONTHS


def in_period(edtf: str, published: dt.date | None) -> bool:
    """Tell whether an act began in the period on which a look back published that day looks back."""
    return published is not None and _begun(edtf, published) is not None


def _begun(edtf: str, published: dt.date) -> dt.date | None:
    span = bounds(edtf)
    first = span[0] if span else None
    return first if first and published - _PERIOD <= first <= published else None
