"""What alpha says of coders whose errors are known: dates, places and counts of made-up events, some of them wrong.

    python bench/coders.py

A thousand events of ten years all over the world; the second coder errs in the share that is told, by the error that is told.
Beside rallybook's difference stands the interval scale of the textbooks, which calls all of these coders alike.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Hashable

from rallybook.evaluation.agreement import MEASURES, alpha
from rallybook.evaluation.labelled import Labelled, LabelledDate, LabelledPlace, LabelledRange

EVENTS, SEED = 1_000, 7
FIRST, DAYS = dt.date(2014, 1, 1), 3_650
SHARES = (0.0, 0.1, 0.2, 0.4)


def main() -> None:
    print("| field | the error | share of errors | alpha | on an interval scale |\n|---|---|---|---|---|")
    for field, error, make, scale in CASES:
        for share in SHARES:
            units = pairs(make, share)
            own = alpha(values(field, units), MEASURES[field].difference)
            interval = alpha([(scale(a), scale(b)) for a, b in units], lambda one, other: (one - other) ** 2)
            print(f"| {field} | {error} | {share:.0%} | {own:.3f} | {interval:.3f} |")


def pairs(
    make: Callable[[random.Random, bool], tuple[Labelled, Labelled]], share: float
) -> list[tuple[Labelled, Labelled]]:
    chance = random.Random(SEED)
    return [make(chance, chance.random() < share) for _ in range(EVENTS)]


def values(field: str, units: list[tuple[Labelled, Labelled]]) -> list[tuple[Hashable, Hashable]]:
    told = MEASURES[field].value
    return [(told(one), told(other)) for one, other in units]


def dates(chance: random.Random, wrong: bool) -> tuple[Labelled, Labelled]:
    day = FIRST + dt.timedelta(days=chance.randrange(DAYS))
    other = day + dt.timedelta(days=8 * wrong)
    return Labelled(date=LabelledDate(day.isoformat())), Labelled(date=LabelledDate(other.isoformat()))


def places(chance: random.Random, wrong: bool) -> tuple[Labelled, Labelled]:
    lat, lon = chance.uniform(-55, 65), chance.uniform(-180, 179)
    one, other = (LabelledPlace("x", "XX", lat + far, lon, "city") for far in (0.0, 4.5 * wrong))
    return Labelled(place=one), Labelled(place=other)


def sizes(chance: random.Random, wrong: bool) -> tuple[Labelled, Labelled]:
    count = round(10 ** chance.uniform(1, 5))
    one, other = (LabelledRange(told, told) for told in (count, count * (10 if wrong else 1)))
    return Labelled(size=one), Labelled(size=other)


def day_of(record: Labelled) -> float:
    return float(dt.date.fromisoformat(record.edtf).toordinal())


CASES = (
    ("date", "8 days late", dates, day_of),
    ("place", "500 km north", places, lambda record: float(record.site.lat or 0)),
    ("size", "tenfold", sizes, lambda record: float((record.size and record.size.low) or 0)),
)

if __name__ == "__main__":
    main()
