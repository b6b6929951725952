"""Blocking: keys of day × cell × country, so that only records that may tell one event are compared.

A key stands for a stretch of time (a day, or a month for what lasts) and a piece of the world (a cell of about
50 km in a country, a whole country, or anywhere for a kind of act). A record has the keys of its own exactness, and
wider ones where it waits for records that know no better; two that both know better are not compared there.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from itertools import combinations, product

from rallybook.linking.days import Days
from rallybook.linking.profiles import Profile, profile
from rallybook.model.distance import KM_A_DEGREE
from rallybook.model.event import Report

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


def block_keys(report: Report) -> dict[str, Fit]:
    """Give the keys of a report, and for each how exact it is (see `fits`): any two that may tell one event share one.

    That is: at most 25 km and a day apart (three weeks for what lasts), or one within the
    other where a place or a date is wide, or of like kind where one knows no place. A record with neither day
    nor publication meets only its like. There are about a dozen keys for a day in a city, and fewer than 200
    for ten days near the corner of four cells.
    """
    return fits(profile(report))


def candidates(profiles: Sequence[Profile], fresh: Set[int] | None = None) -> Iterator[tuple[int, int]]:
    """Give the pairs (by position, lower first) that share a key exact enough for one of them, each once.

    With `fresh` those of which one is in there, or both.
    """
    blocks: dict[str, dict[Fit, list[int]]] = defaultdict(lambda: defaultdict(list))
    for position, one in enumerate(profiles):
        for key, fit in fits(one).items():
            blocks[key][fit].append(position)
    seen: set[tuple[int, int]] = set()
    for block in blocks.values():
        for first, second in _met(block) if fresh is None else _met_by(block, fresh):
            pair = (first, second) if first < second else (second, first)
            if pair not in seen:
                seen.add(pair)
                yield pair


def fits(one: Profile) -> dict[str, Fit]:
    """Give the keys of a report, and for each whether its place and its time are as exact as the record's own."""
    keys: dict[str, Fit] = {}
    for (where, by_place), (when, by_time) in product(_wheres(one), list(_whens(one))):
        key = f"{where}|{when}"
        before = keys.get(key, (False, False))
        keys[key] = (before[0] or by_place, before[1] or by_time)
    return keys


def _met(block: dict[Fit, list[int]]) -> Iterator[tuple[int, int]]:
    """Give the pairs of a block: for place and for time, one of the two must know no better than its key."""
    at_home, placed, timed, guests = (block.get((p, t), []) for p in (True, False) for t in (True, False))
    yield from combinations(at_home, 2)
    yield from product(at_home, (*placed, *timed, *guests))
    yield from product(placed, timed)


def _met_by(block: dict[Fit, list[int]], fresh: Set[int]) -> Iterator[tuple[int, int]]:
    """Give the pairs of a block of which one is fresh; where both are, twice."""
    for (by_place, by_time), group in block.items():
        ours = [position for position in group if position in fresh]
        if ours:
            enough = [(p, t) for p, t in block if (p or by_place) and (t or by_time)]
            theirs = [position for fit in enough for position in block[fit]]
            yield from ((one, other) for one, other in product(ours, theirs) if one != other)


def _wheres(one: Profile) -> list[tuple[str, bool]]:
    """Give the pieces of the world, and whether each is as exact as the record."""
    country = one.report.record.place.country
    if one.scale == "nowhere":
        kinds = _ALIKE if one.report.record.form == "rally" else {one.kind, "gathering"}
        return [(f"?{kind}", True) for kind in sorted(kinds)]
    found = [(f"?{one.kind}", False), (country, one.scale == "wide")]
    if one.scale == "fine":
        found += [(f"{country}:{cell}", True) for cell in _cells(one)]
    return found


def _whens(one: Profile) -> Iterator[tuple[str, bool]]:
    """Give the times, and whether each is as exact as the record; what lasts is dated by any of its days."""
    if one.days is None:
        yield "", True
        return
    if not one.days.long:
        # the day after, too: so neighbouring days share one
        for number in range(one.days.length + 1):
            yield _after(one.days.first, number).isoformat(), True
    for month in _months(one.days, _LASTING_REACH if one.lasting else 1):
        yield month, one.days.long or one.lasting


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


def _cells(one: Profile) -> Iterator[str]:
    """Give the cells that a disc of half the distance touches: two places that near share that of their middle."""
    place = one.report.record.place
    if place.lat is None or place.lon is None:
        return
    reach = SAME_KM / 2 / KM_A_DEGREE
    for band in range(_band(place.lat - reach), _band(place.lat + reach) + 1):
        # a band's cells are as wide in kilometres as they are high, whatever the latitude
        columns = max(1, int(360 / _CELL_DEGREES * math.cos(math.radians(band * _CELL_DEGREES))))
        width = 360 / columns
        widened = reach / max(math.cos(math.radians(min(abs(place.lat) + reach, 89.9))), 1e-3)
        first, last = (math.floor((place.lon + side) / width) for side in (-widened, widened))
        for column in range(first, min(last, first + columns - 1) + 1):
            yield f"{band}:{column % columns}"


def _band(lat: float) -> int:
    return math.floor(lat / _CELL_DEGREES)
