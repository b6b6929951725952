"""Made-up news (seeded): articles of many outlets that tell protests of a made-up world, read without a coder.

What it is like: some 250 records a day worldwide, in 3,000 cities of 60 countries of which the largest have a hundred times
the events of the small ones; events that are told by one article mostly and by thirty at most, two on average, on
the day, before it or some days later, with sizes, claims and words of their own in each. Some know the country only, or the month, or
no day at all. So a larger count is a longer time of the same news.
"""

from __future__ import annotations

import datetime as dt
import itertools
import random
from collections.abc import Iterator
from typing import NamedTuple

from rallybook.model.article import Article
from rallybook.model.outcome import Coded
from rallybook.model.record import (
    FORMS,
    RESPONSE_ACTIONS,
    EventDate,
    EventPlace,
    Form,
    Record,
    Response,
    Size,
)

FIRST = dt.date(2010, 1, 1)
RECORDS_A_DAY = 250
_COUNTRIES, _CITIES, _OUTLETS = 60, 3_000, 400
_SHARES = (30, 22, 5, 2, 5, 3, 7, 12, 2, 1, 1, 1, 2, 4, 3)
_SOUNDS = "ba be bi bo da de di do ka ke ki ko la le li lo ma me mi mo na ne no ra re ri ro sa se si so ta te ti to va ve vo".split()
_DID = (
    "marched through",
    "held a rally in",
    "blocked a road in",
    "went on strike in",
    "held a vigil in",
    "gathered in",
)


def _made_up(count: int, syllables: int, seed: int) -> list[str]:
    chance = random.Random(seed)
    return ["".join(chance.choices(_SOUNDS, k=syllables)) for _ in range(count)]


# words that mean nothing: as many as news have for who came, what they want, where they stood, who called them
WHO, _WANT, _PLACES, _GROUPS = (
    _made_up(count, syllables, seed)
    for count, syllables, seed in ((300, 3, 2), (800, 3, 3), (500, 4, 4), (900, 3, 6))
)
_MORE = (
    "Police said the crowd was peaceful.", "Organisers spoke of a great success.", "Shops stayed closed until noon.",
    "The governor promised to meet them.", "Traffic stood still for two hours.", "A second protest is being prepared.",
)  # fmt: skip


class _City(NamedTuple):
    name: str
    country: str
    lat: float
    lon: float


class _Act(NamedTuple):
    """A protest as it was."""

    city: _City
    day: dt.date
    form: Form
    size: int
    who: str
    wants: tuple[str, ...]
    where: str
    called_by: str
    responses: tuple[str, ...]


def read(count: int, seed: int = 5, first: int = 0) -> Iterator[tuple[Article, Coded]]:
    """Give `count` articles with one record each, of the days from `FIRST` on; `first` numbers the articles."""
    return ((article, coded) for article, coded, _ in told(count, seed, first))


def told(count: int, seed: int = 5, first: int = 0) -> Iterator[tuple[Article, Coded, int]]:
    """Give the same, each with the number of the protest that it tells."""
    chance = random.Random(seed)
    world = _world()
    numbers = itertools.count(first)
    made = 0
    for number in itertools.count():
        if made >= count:
            return
        act = _act(chance, world, FIRST + dt.timedelta(made // RECORDS_A_DAY))
        for _ in range(min(_reports(chance), count - made)):
            yield *_told(chance, act, next(numbers)), number
            made += 1


def days(count: int) -> int:
    """Give how many days so many records last."""
    return count // RECORDS_A_DAY + 1


def _world() -> tuple[list[_City], list[float]]:
    chance = random.Random(1)
    middles = [(chance.uniform(-40, 62), chance.uniform(-120, 150)) for _ in range(_COUNTRIES)]
    cities = []
    for number in range(_CITIES):
        country = number % _COUNTRIES
        lat, lon = middles[country]
        code = f"{chr(65 + country // 26)}{chr(65 + country % 26)}"
        cities.append(_City(f"City {number}", code, lat + chance.gauss(0, 2.5), lon + chance.gauss(0, 3)))
    # rank and size: the first city has 1 / H of all events, the thousandth a thousandth of that; flattened a little
    return cities, list(itertools.accumulate(1 / (number + 10) ** 0.9 for number in range(_CITIES)))


def _act(chance: random.Random, world: tuple[list[_City], list[float]], day: dt.date) -> _Act:
    (city,) = chance.choices(world[0], cum_weights=world[1])
    (form,) = chance.choices(FORMS, _SHARES)
    acted = tuple(sorted(set(chance.choices(RESPONSE_ACTIONS, k=2)))) if chance.random() < 0.25 else ()
    return _Act(
        city=city,
        day=day,
        form=form,
        size=round(10 ** chance.gauss(2.5, 0.7)),
        who=chance.choice(WHO),
        wants=tuple(
            f"{chance.choice(_WANT)} {chance.choice(_WANT)}" for _ in range(chance.choice((0, 1, 1, 2)))
        ),
        where=f"{chance.choice(_PLACES)} square",
        called_by=f"{chance.choice(_GROUPS).capitalize()} {chance.choice(_GROUPS).capitalize()}",
        responses=acted,
    )


def _reports(chance: random.Random) -> int:
    """Give by how many articles an act is told: 1 in 63 of 100 cases, two on average."""
    return min(30, 1 + int(chance.expovariate(1.0)) * chance.choice((1, 1, 1, 2, 5)))


def _told(chance: random.Random, act: _Act, number: int) -> tuple[Article, Coded]:
    late = chance.choice((-3, 0, 0, 1, 1, 2))
    published = act.day + dt.timedelta(late)
    size = max(1, round(act.size * chance.choice((0.5, 0.8, 1, 1, 1, 1.2))))
    wants = act.wants[: chance.choice((1, 2))]
    called = chance.random() < 0.6
    quote = f"Some {size} {act.who} {chance.choice(_DID)} {act.city.name}"
    quote += (
        f" near {act.where}" * (chance.random() < 0.5)
        + f" for {' and '.join(wants)}" * (chance.random() < 0.7)
        + "."
    )
    text = " ".join((quote, f"{act.called_by} called them." if called else "", *chance.sample(_MORE, 2)))
    record = Record(
        id=f"{number}-1",
        form=act.form if chance.random() < 0.85 else "rally",
        status="planned" if late < 0 else "happened",
        focus="background" if chance.random() < 0.1 else "focal",
        umbrella=False,
        date=_date(chance, act.day),
        place=_place(chance, act.city),
        size=Size(str(size), size, size) if chance.random() < 0.5 else Size(),
        participants=(act.who,),
        organisers=(act.called_by,) if called else (),
        claims=wants,
        response=Response(act.responses if late >= 0 else ()),  # type: ignore[arg-type]
        trigger="protest",
        quote=quote,
        spans={"quote": ((0, len(quote)),), "size.text": ((5, 5 + len(str(size))),)},
        confidence={
            name: round(chance.uniform(0.4, 0.99), 2)
            for name in ("record", "form", "status", "date", "place")
        },
    )
    article = Article(
        id=f"outlet-{number}",
        text=text,
        title=f"{act.who.capitalize()} protest in {act.city.name}",
        published=published,
        url=f"https://news.example/{number}",
        source=f"Outlet {int(_OUTLETS ** chance.random())}",
        language="en",
    )
    return article, Coded(id=article.id, published=published, language="en", coder="bench", events=(record,))


def _date(chance: random.Random, day: dt.date) -> EventDate:
    kind = chance.random()
    if kind < 0.92:
        return EventDate(day.isoformat(), "on Sunday")
    if kind < 0.95:
        return EventDate(f"{day.isoformat()}/{(day + dt.timedelta(3)).isoformat()}", "for four days")
    return EventDate(day.isoformat()[:7], "this month") if kind < 0.98 else EventDate()


def _place(chance: random.Random, city: _City) -> EventPlace:
    kind = chance.random()
    if kind < 0.9:
        return EventPlace(city.name, city.name, city.country, city.lat, city.lon, "city")
    if kind < 0.95:
        return EventPlace(
            "the north", f"North of {city.country}", city.country, city.lat + 1, city.lon, "region"
        )
    if kind < 0.99:
        return EventPlace("the country", city.country, city.country, city.lat, city.lon, "country")
    return EventPlace()
