"""A book of a few protests for the pages: sources that differ, a plan, a place that is only a country, none at all."""

import datetime as dt

from rallybook import api
from rallybook.book.store import SqliteBook
from rallybook.model.article import Article
from rallybook.model.outcome import Coded
from rallybook.model.record import EventDate, EventPlace, Record, Response, Size
from rallybook.model.values import Range

_OBAN = EventPlace("Oban", "Oban", "GB", 56.415, -5.472, "city")
_LEEDS = EventPlace("Leeds", "Leeds", "GB", 53.797, -1.544, "city")
_MILLENNIUM = EventPlace("Millennium Square", "Leeds", "GB", 53.797, -1.544, "site")
_TOMSK = EventPlace("Tomsk Region", "Tomsk Oblast", "RU", 58.6, 82.1, "region")
_BRITAIN = EventPlace("Britain", "United Kingdom", "GB", 54.76, -2.7, "country")


def make(path):
    """Make the book; give the ids of its events by the names of their first articles."""
    book = SqliteBook(path, api.linker())
    book.keep([*_articles()])
    book.link()
    ids = {event.records[0].article: event.id for event in book.events()}
    book.close()
    return ids


def _articles():
    yield _read(
        "oban-argus", "Nurses held a rally in Oban on Sunday 🎈. Police counted 300 nurses. They want higher pay.",
        source="The Argus", url="https://argus.example/oban", place=_OBAN, day="2024-05-12", form="rally",
        size=("300 nurses", 300, 300), claims=("higher pay",), who=("nurses",),
        quote="Nurses held a rally in Oban on Sunday",
    )  # fmt: skip
    yield _read(
        "oban-wire", "A rally of nurses filled Oban on Sunday; the union spoke of 2,000 nurses who want higher pay.",
        source="The Wire", place=_OBAN, day="2024-05-12", form="rally", size=("2,000 nurses", 2000, 2000),
        claims=("higher pay",), who=("nurses",), quote="A rally of nurses filled Oban on Sunday", status="planned",
    )  # fmt: skip
    yield _read(
        "leeds-march", "Students will march in Leeds on 20 May for lower rents.", url="javascript:alert(1)",
        place=_LEEDS, day="2024-05-20", form="march", status="planned", claims=("lower rents",), who=("Students",),
        quote="Students will march in Leeds on 20 May", confidence=0.41,
    )  # fmt: skip
    yield _read(
        "leeds-square", "Dockers sat down on Millennium Square in Leeds. The sit-in ended with 12 arrests.",
        place=_MILLENNIUM, day="2024-06-03", form="sit_in", who=("Dockers",), trigger="sit-in",
        quote="The sit-in ended with 12 arrests.", response=Response(("arrests",), Range(12, 12)), confidence=0.55,
    )  # fmt: skip
    yield _read(
        "leeds-later", "Teachers began a hunger_strike in Leeds on Tuesday for smaller classes.",
        place=_LEEDS, day="2024-06-04", form="hunger_strike", who=("Teachers",), claims=("smaller classes",),
        quote="Teachers began a hunger_strike in Leeds", confidence=0.5,
    )  # fmt: skip
    yield _read(
        "tomsk", "A caravan of lorries crossed Tomsk Region.", place=_TOMSK, day="2024-06", form="caravan",
        quote="A caravan of lorries crossed Tomsk Region.",
    )  # fmt: skip
    yield _read(
        "britain", "A strike of train drivers was held across Britain.", place=_BRITAIN, day="2024-05-12",
        form="strike", quote="A strike of train drivers was held across Britain.",
    )  # fmt: skip
    yield _read(
        "somewhere", "A boycott of the cards began.", place=EventPlace(), day="2019-01-05", form="boycott",
        quote="A boycott of the cards began.",
    )  # fmt: skip
    yield _read(
        "suva", "A rally was held in Suva.", place=EventPlace("Suva", "Suva", "FJ", -18.142, 178.442, "city"), day="",
        form="rally", quote="A rally was held in Suva.",
    )  # fmt: skip


def _read(name, text, *, place, day, form, quote, who=(), claims=(), size=("", None, None), **facts):
    trigger = facts.get("trigger", form)
    words = {"trigger": trigger, "quote": quote, "place.text": place.text, "size.text": size[0]}
    spans = {
        path: ((text.index(said), text.index(said) + len(said)),) for path, said in words.items() if said
    }
    for path, told in (("claims", claims), ("participants", who)):
        spans |= {path: tuple((text.index(one), text.index(one) + len(one)) for one in told)} if told else {}
    record = Record(
        id=f"{name}-1", form=form, status=facts.get("status", "happened"), focus="focal",
        umbrella=place.precision == "country",
        date=EventDate(day), place=place, size=Size(*size), participants=who, claims=claims,
        response=facts.get("response", Response()), trigger=trigger, quote=quote, spans=spans,
        confidence={"record": facts.get("confidence", 0.93), "form": 0.9, "status": 0.88, "date": 0.97, "place": 0.95},
    )  # fmt: skip
    article = Article(
        id=name, text=text, title=f"{name} title", published=dt.date(2024, 5, 13), url=facts.get("url", ""),
        source=facts.get("source", "The Courier"), language="en",
    )  # fmt: skip
    return article, Coded(
        id=name, published=article.published, language="en", coder="made up", events=(record,)
    )
