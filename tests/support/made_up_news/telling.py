"""How outlets tell an event: before it, by wire, in copies, in newer versions, in words of their own, a day after."""

import datetime as dt
import random
import re
from collections.abc import Iterator
from typing import NamedTuple

from made_up_news.events import MadeUpEvent
from made_up_news.wording import phrase, wording

_NUMBER = re.compile(r"\d[\d,]*")
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_COUNTS = ((10_000, "tens of thousands of"), (2_000, "thousands of"), (200, "hundreds of"), (24, "dozens of"))


class Told(NamedTuple):
    """An article, what kind it is of, and the ids of the events that it tells; `background` names one in passing."""

    kind: str
    title: str
    text: str
    source: str
    published: dt.date
    language: str = "en"
    events: tuple[str, ...] = ()
    background: tuple[str, ...] = ()


def tellings(chance: random.Random, event: MadeUpEvent) -> Iterator[Told]:
    """Give the articles that tell an event: one mostly, and now and then a dozen."""
    local = phrase(chance, chance.choice(wording("places")["local_papers"]), {"city": event.city})
    if chance.random() < 0.15 and wording("protests")["acts"][event.form]["plan"]:
        yield _planned(chance, event, local)
    if chance.random() < 0.5:
        wire = _wire(chance, event)
        yield wire
        for source in chance.sample(wording("places")["papers"], min(4, int(chance.expovariate(0.7)))):
            if source != wire.source:
                yield _copy(chance, wire, source)
        if chance.random() < 0.2:
            yield _updated(chance, wire, event)
    else:
        yield _retold(chance, event, local, "retelling")
    for source in chance.sample(wording("places")["papers"], min(5, int(chance.expovariate(1.2)))):
        yield _retold(chance, event, source, "retelling")
    if chance.random() < 0.12:
        yield _afterwards(chance, event, local)


def remembered(chance: random.Random, event: MadeUpEvent, published: dt.date) -> Told:
    """Give an article about something else that names the event in passing."""
    facts = _facts(chance, event)
    facts["past"] = wording("protests")["acts"][event.form]["past"]
    text = phrase(chance, chance.choice(wording("protests")["remembered"]), facts)
    source = phrase(chance, chance.choice(wording("places")["local_papers"]), facts)
    title = f"{event.city}: money, roads, pictures"
    return Told("background", title, text, source, published, background=(event.id,))


def _wire(chance: random.Random, event: MadeUpEvent) -> Told:
    told = _retold(chance, event, chance.choice(wording("places")["wires"]), "wire")
    dateline = f"{event.city.upper()}, {event.day:%B} {event.day.day} ({told.source}) - "
    return told._replace(text=dateline + told.text)


def _copy(chance: random.Random, wire: Told, source: str) -> Told:
    """Give what a paper made of a wire: the same words, often with the end cut off."""
    parts = wire.text.split("\n")
    kept = parts[: chance.choice((len(parts), max(2, len(parts) - 1), max(2, len(parts) // 2)))]
    late = chance.choice((0, 0, 1))
    return wire._replace(
        kind="copy", source=source, text="\n".join(kept), published=wire.published + dt.timedelta(late)
    )


def _updated(chance: random.Random, wire: Told, event: MadeUpEvent) -> Told:
    """Give the newer version of a wire: another count, where it has one, and a sentence more."""
    dateline, dash, rest = wire.text.partition(" - ")
    rest = _NUMBER.sub(lambda old: f"{_rounded(1.3 * int(old[0].replace(',', ''))):,}", rest, count=1)
    more = phrase(chance, chance.choice(wording("protests")["updated"]), _facts(chance, event))
    text = f"{dateline}{dash}{rest}\n{more}"
    return wire._replace(kind="update", text=text, published=wire.published + dt.timedelta(1))


def _retold(chance: random.Random, event: MadeUpEvent, source: str, kind: str) -> Told:
    facts, act = _facts(chance, event), wording("protests")["acts"][event.form]
    lead = phrase(chance, chance.choice(act["lead"]), facts)
    more = [
        phrase(chance, one, facts)
        for one in chance.sample(wording("protests")["more"], chance.randint(3, 7))
        if event.form == "riot" or "scuffles" not in one or event.arrested > 25
    ]
    title = phrase(chance, chance.choice(act["title"]), facts)
    published = event.day + dt.timedelta(chance.choice((0, 0, 1)))
    return Told(kind, title, _paragraphs(chance, [lead, *more]), source, published, events=(event.id,))


def _planned(chance: random.Random, event: MadeUpEvent, source: str) -> Told:
    facts, act = _facts(chance, event), wording("protests")["acts"][event.form]
    text = phrase(chance, act["plan"], facts)
    text += " Talks with the authorities had failed the day before, and no new ones have been agreed on."
    published = event.day - dt.timedelta(chance.choice((1, 2, 3)))
    title = f"{event.who.capitalize()} prepare for {_DAYS[event.day.weekday()]}"
    return Told("plan", title, text, source, published, events=(event.id,))


def _afterwards(chance: random.Random, event: MadeUpEvent, source: str) -> Told:
    text = phrase(chance, chance.choice(wording("protests")["afterwards"]), _facts(chance, event))
    title = f"After {_DAYS[event.day.weekday()]}: talks in {event.city}"
    return Told(
        "follow-up", title, text, source, event.day + dt.timedelta(chance.choice((1, 2))), events=(event.id,)
    )


def _facts(chance: random.Random, event: MadeUpEvent) -> dict[str, object]:
    """Give the facts as one outlet has them: its own count, its own words."""
    act = wording("protests")["acts"][event.form]
    return event._asdict() | {
        "count": _count(chance, event.size),
        "police_count": f"{_rounded(event.size * chance.uniform(0.4, 0.9)):,}",
        "organisers_count": f"{_rounded(event.size * chance.uniform(1.1, 2)):,}",
        "weekday": _DAYS[event.day.weekday()],
        "over_or_demand": chance.choice((f"over {event.over}", f"to demand {event.demand}")),
        "again": chance.choice(act["again"]),
        "did": wording("protests")["did"][event.form],
    }


def _count(chance: random.Random, size: int) -> str:
    if chance.random() < 0.3:
        return next((words for least, words in _COUNTS if size >= least), "a handful of")
    number = f"{_rounded(size * chance.choice((0.8, 0.9, 1, 1, 1, 1.1, 1.25))):,}"
    return chance.choice(("some {}", "about {}", "more than {}", "around {}", "nearly {}")).format(number)


def _rounded(size: float) -> int:
    """Give a number as papers round it: to one or two figures."""
    step = 10 ** max(0, len(str(int(size))) - 2)
    return max(2, round(size / step) * step)


def _paragraphs(chance: random.Random, sentences: list[str]) -> str:
    """Put sentences into paragraphs of one to three."""
    rows, rest = [], list(sentences)
    while rest:
        size = chance.choice((1, 1, 2, 3))
        rows.append(" ".join(rest[:size]))
        rest = rest[size:]
    return "\n".join(rows)
