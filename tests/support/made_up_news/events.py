"""Protests of the made-up world, as they were."""

import datetime as dt
import itertools
import random
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from made_up_news.wording import phrase, wording


class MadeUpEvent(NamedTuple):
    """A protest as it was; `size` is the true number of people, whatever each article says of it."""

    id: str
    form: str
    day: dt.date
    city: str
    country: str
    size: int
    who: str
    over: str
    demand: str
    site: str
    group: str
    arrested: int


@cache
def cities() -> tuple[tuple[str, str], ...]:
    """Give the cities with their countries."""
    return tuple((city, country) for country, names in wording("places")["cities"].items() for city in names)


def events(chance: random.Random, first: dt.date, days: int) -> Iterator[MadeUpEvent]:
    """Give protests without end, on `days` days from the first one on."""
    told = wording("protests")
    for number in itertools.count():
        city, country = chance.choice(cities())
        who, claim = chance.choice(told["who"]), chance.choice(told["claims"])
        facts = {"who": who, "who_title": who.title(), "city": city}
        yield MadeUpEvent(
            id=f"event-{number}",
            form=chance.choice(list(told["acts"])),
            day=first + dt.timedelta(chance.randrange(days)),
            city=city,
            country=country,
            size=max(12, round(10 ** chance.gauss(2.6, 0.6))),
            who=who,
            over=claim["over"],
            demand=claim["demand"],
            site=chance.choice(told["sites"]),
            group=phrase(chance, chance.choice(told["groups"]), facts),
            arrested=chance.randint(2, 40),
        )
