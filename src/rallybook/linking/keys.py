"""The keys of a record: a stretch of time and a piece of the world, by which it is found.

A key stands for a stretch of time (a day, or a month for what lasts) and a piece of the world (a cell of about
50 km in a country, a whole country, or anywhere for a kind of act). A record has the keys of its own exactness, and
wider ones where it waits for records that know no better; two that both know better are not compared there.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from functools import lru_cache
from itertools import product

from rallybook.linking.days import Days
from rallybook.model.distance import KM_A_DEGREE
from rallybook.model.record import Record

# a city and its suburbs, the bound at which a place counts as the same in the evaluation
SAME_KM = 25.0
# half a degree: two of the discs below fit in, so that most records have one cell
_CELL_DEGREES = 0.5
# an act that readers call by other names; a record that knows no place is looked for under each
_ALIKE = ("gathering", "march", "occupation", "blockade", "riot")
_MOST_MONTHS = 25
# a strike or a camp is dated by its first day, its last or the day of the report: at most this far apart; half of it on
# both sides is enough to meet
LASTING_DAYS = 21
_LASTING_REACH = 11
# whether a key's place and its time are as exact as a record's own
Fit = tuple[bool, bool]


def keys_of(record: Record, *, scale: str, kind: str, days: Days | None, lasting: bool) -> dict[str, Fit]:
    """Give the keys of a record, and for each whether its place and its time are as exact as the record's own."""
    keys: dict[str, Fit] = {}
    for (where, by_place), (when, by_time) in product(
        _regions(record, scale, kind), _times(days, lasting=lasting)
    ):
        key = f"{where}|{when}"
        before = keys.get(key, (False, False))
        keys[key] = (before[0] or by_place, before[1] or by_time)
    return keys


def _regions(record: Record, scale: str, kind: str) -> list[tuple[str, bool]]:
    """Give the pieces of the world, and whether each is as exact as the record."""
    country = record.place.country
    if scale == "nowhere":
        kinds = _ALIKE if record.form == "rally" else {kind, "gathering"}
        return [(f"?{kind}", True) for kind in sorted(kinds)]
    found = [(f"?{kind}", False), (country, scale == "wide")]
    if scale == "fine":
        found += [(f"{country}:{cell}", True) for cell in _cells(record.place.lat, record.place.lon)]
    return found


# news of a day come together, and most are of some hundred cities
@lru_cache(maxsize=4_096)
def _times(days: Days | None, *, lasting: bool) -> tuple[tuple[str, bool], ...]:
    """Give the times, and whether each is as exact as the record.

    What lasts is dated by any of its days, and has months of its own ("~"): there it meets what lasts, too, and what
    tells no day. In the others it would meet each act of the month, only to be told that the days differ.
    """
    if days is None:
        return (("", True),)
    found: list[tuple[str, bool]] = []
    if not days.long:
        # the day after, too: so neighbouring days share one
        found += [(_after(days.first, number).isoformat(), True) for number in range(days.length + 1)]
    unsure = lasting and not days.told
    found += [(month, days.long or unsure) for month in _months(days, _LASTING_REACH if unsure else 1)]
    if lasting or not days.told:
        found += [(f"~{month}", lasting) for month in _months(days, _LASTING_REACH if lasting else 1)]
    return tuple(found)


def _months(days: Days, reach: int) -> Iterator[str]:
    """Give the months of some days and of those before and after that another record of the act may have."""
    first, last = _after(days.first, -reach), _after(days.last, reach)
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    for number in range(min(count, _MOST_MONTHS)):
        year, month = divmod(first.year * 12 + first.month - 1 + number, 12)
        yield f"{year:04d}-{month + 1:02d}"


def _after(day: dt.date, number: int) -> dt.date:
    try:
        return day + dt.timedelta(days=number)
    except OverflowError:
        return day


@lru_cache(maxsize=4_096)
def _cells(lat: float | None, lon: float | None) -> tuple[str, ...]:
    """Give the cells that a disc of half the distance touches: two places that near share that of their middle."""
    if lat is None or lon is None:
        return ()
    reach = SAME_KM / 2 / KM_A_DEGREE
    found = []
    for band in range(_band(lat - reach), _band(lat + reach) + 1):
        # a band's cells are as wide in kilometres as they are high, whatever the latitude
        columns = max(1, int(360 / _CELL_DEGREES * math.cos(math.radians(band * _CELL_DEGREES))))
        width = 360 / columns
        widened = reach / max(math.cos(math.radians(min(abs(lat) + reach, 89.9))), 1e-3)
        first, last = (math.floor((lon + side) / width) for side in (-widened, widened))
        found += [f"{band}:{column % columns}" for column in range(first, min(last, first + columns - 1) + 1)]
    return tuple(found)


def _band(lat: float) -> int:
    return math.floor(lat / _CELL_DEGREES)
