"""Reports and decisions for the tests of linking."""

import datetime as dt

from rallybook.model.decision import Decision
from rallybook.model.event import Report
from rallybook.model.record import EventDate, EventPlace, Record, Response, Size

OBAN = EventPlace("Oban", "Oban", "GB", 56.415, -5.472, "city")
PIER = EventPlace("the pier", "Oban", "GB", 56.415, -5.472, "site")
# 52 km from Oban as the crow flies
FORT_WILLIAM = EventPlace("Fort William", "Fort William", "GB", 56.817, -5.111, "city")
SCOTLAND = EventPlace("Scotland", "Scotland", "GB", 56.0, -4.0, "region")
BRITAIN = EventPlace("Britain", "United Kingdom", "GB", 54.76, -2.7, "country")
NOWHERE = EventPlace()


def report(name, **changed):
    """A march of ferry workers in Oban on a Sunday, told by an article of its own the day after."""
    source, url = changed.pop("source", ""), changed.pop("url", "")
    author, seen = changed.pop("author", ""), changed.pop("seen", None)
    article = changed.pop("article", f"article of {name}")
    published = changed.pop("published", dt.date(2024, 5, 13))
    day, text = changed.pop("day", "2024-05-12"), changed.pop("when", "on Sunday")
    low, high = changed.pop("size", (None, None))
    size = Size(changed.pop("counted", ""), low, high)
    facts = {
        "form": "march",
        "status": "happened",
        "focus": "focal",
        "umbrella": False,
        "place": OBAN,
        "participants": ("ferry workers",),
        "organisers": ("Safe Crossings",),
        "claims": ("a second lifeboat",),
        "response": Response(),
        "trigger": "marched",
        "quote": "Ferry workers marched for a second lifeboat, called out by Safe Crossings.",
    } | changed
    record = Record(id=name, date=EventDate(day, text), size=size, **facts)
    return Report(
        record=record, article=article, published=published, source=source, url=url, author=author, seen=seen
    )


def other_act(name, **changed):
    """Something else that happens in the town that day."""
    facts = {
        "form": "sit_in",
        "participants": ("pupils",),
        "organisers": ("Warm Classrooms",),
        "claims": ("heating in the gymnasium",),
        "trigger": "sat down",
        "quote": "Pupils sat down in the school hall and asked for heating in the gymnasium.",
    } | changed
    return report(name, **facts)


def decision(name, kind, *records, day=1, **changed):
    """A judgement by one person on a day of June."""
    at = dt.datetime(2024, 6, day, tzinfo=dt.UTC)
    return Decision(id=name, kind=kind, records=records, by="ada", at=at, **changed)
