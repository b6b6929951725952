"""The stream: articles in the order of their days, few about protests, most about everything else."""

import datetime as dt
import random
from collections.abc import Iterator

from made_up_news.events import MadeUpEvent, cities, events
from made_up_news.telling import Told, remembered, tellings
from made_up_news.wording import phrase, wording

FIRST = dt.date(2025, 3, 3)
# articles about protests of a day: what the records of the world's news of one language come to
A_DAY = 300
_REMEMBERED = 0.005
# of the other articles of a topic that has such sentences, so many have one whose words mean a protest elsewhere
_TRAPPED = 0.35


def stream(
    count: int, *, seed: int = 1, protest_share: float = 0.03, foreign_share: float = 0.1
) -> tuple[list[MadeUpEvent], Iterator[Told]]:
    """Give the events of a stream, and its `count` articles one by one.

    Of the articles `protest_share` tell an event, `foreign_share` are in languages other than English, half a per cent
    name an event in passing, and all others are about something else. The same seed gives the same stream.
    """
    chance = random.Random(seed)
    wanted = round(count * protest_share)
    days = max(5, wanted // A_DAY)
    happened: list[MadeUpEvent] = []
    told: list[Told] = []
    made = events(chance, FIRST, days)
    while len(told) < wanted:
        event = next(made)
        happened.append(event)
        told.extend(tellings(chance, event))
    told = sorted(told[:wanted], key=lambda one: one.published)
    return happened, _mixed(chance, told, happened, count, foreign_share)


def _mixed(
    chance: random.Random, told: list[Told], happened: list[MadeUpEvent], count: int, foreign_share: float
) -> Iterator[Told]:
    left, day = iter(told), FIRST
    protests = len(told)
    for number in range(count):
        if protests and chance.random() < protests / (count - number):
            protests -= 1
            one = next(left)
            day = max(day, one.published)
            yield one
        elif happened and chance.random() < _REMEMBERED:
            yield remembered(chance, chance.choice(happened), day)
        else:
            yield foreign(chance, day) if chance.random() < foreign_share else other(chance, day)


def other(chance: random.Random, day: dt.date) -> Told:
    """Give an article about something other than a protest."""
    known = wording("other_news")
    (topic,) = chance.choices(list(known["shares"]), list(known["shares"].values()))
    facts, told = known["words"], known["topics"][topic]
    sentences = told["sentences"]
    length = max(4, int(chance.lognormvariate(2.6, 0.5)))
    # each sentence comes once before any comes twice, with other words in its slots
    said = [
        phrase(chance, one, facts)
        for _ in range(length // len(sentences) + 1)
        for one in chance.sample(sentences, len(sentences))
    ]
    if "traps" in told and chance.random() < _TRAPPED:
        said.insert(chance.randrange(length), phrase(chance, chance.choice(told["traps"]), facts))
    said = [one[:1].upper() + one[1:] for one in said[:length]]
    if chance.random() < 0.2:
        said.append(chance.choice(known["links"]))
    text = "\n".join(" ".join(said[at : at + 3]) for at in range(0, len(said), 3))
    title = phrase(chance, chance.choice(told["titles"]), facts)
    return Told(topic, title[:1].upper() + title[1:], text, _outlet(chance), day)


def foreign(chance: random.Random, day: dt.date) -> Told:
    """Give an article in another language than English."""
    language = chance.choice(list(wording("other_news")["foreign"]))
    sentences = wording("other_news")["foreign"][language]
    text = "\n".join(" ".join(chance.choices(sentences, k=2)) for _ in range(chance.randint(2, 7)))
    return Told("foreign", chance.choice(sentences)[:50], text, _outlet(chance), day, language)


def _outlet(chance: random.Random) -> str:
    places = wording("places")
    if chance.random() < 0.3:
        return str(chance.choice(places["papers"]))
    return phrase(chance, chance.choice(places["local_papers"]), {"city": chance.choice(cities())[0]})
