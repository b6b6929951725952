"""Coded articles for the tests of the book: the place and the day of a rally are words of its text."""

import datetime as dt

import msgspec

from rallybook.model.article import Article
from rallybook.model.decision import Decision
from rallybook.model.outcome import Coded
from rallybook.model.post import Picture, Post
from rallybook.model.record import EventDate, EventPlace, Media, Record, Response, Shown, Size

PLACES = {
    "Oban": ("GB", 56.415, -5.472),
    "Leeds": ("GB", 53.797, -1.544),
    "Tomsk": ("RU", 56.497, 84.977),
    "Suva": ("FJ", -18.142, 178.442),
    "Apia": ("WS", -13.833, -171.767),
    "nowhere": ("", None, None),
}
AT = dt.datetime(2024, 6, 1, 12, tzinfo=dt.UTC)


def keep_and_link(book, *given):
    added = book.keep(given)
    book.link()
    return added


def article(name, *, place="Oban", day="2024-05-12", words="", source="The Argus", **facts):
    text = f"A rally was held in {place} on {day}. {words}".strip()
    return Article(id=name, text=text, published=dt.date(2024, 5, 13), source=source, **facts)


def record(
    name,
    *,
    place="Oban",
    day="2024-05-12",
    form="rally",
    size=None,
    quote="A rally was held.",
    precision="city",
    response=(),
    **facts,
):
    """`size` is a head count, or the lowest and the highest."""
    country, lat, lon = PLACES[place]
    low, high = size if isinstance(size, tuple) else (size, size)
    return Record(
        id=name,
        form=form,
        status="happened",
        focus=facts.pop("focus", "focal"),
        umbrella=False,
        date=EventDate(day),
        place=EventPlace(place, place, country, lat, lon, precision),
        size=Size(str(size), low, high) if size else Size(),
        response=Response(response),
        trigger="rally",
        quote=quote,
        spans={"trigger": ((2, 7),)},
        **facts,
    )  # fmt: skip


def read(name, *, words="", source="The Argus", **facts):
    """Give an article that tells one rally, as it was read."""
    given = {key: facts[key] for key in ("place", "day") if key in facts}
    told = article(name, words=words, source=source, **given)
    return told, Coded(
        id=name,
        published=told.published,
        language="en",
        coder="test 1",
        events=(record(f"{name}-1", **facts),),
    )


# of an author and of a picture: in no answer
HASHES = ("5ec2e7a0c0ffee11", "5ec2e7b1dec0de22")


def private(told, coded):
    """Give an article, as it was read, as a post of an author with a picture that is four years old."""
    author, picture = HASHES
    taken = dt.date(2020, 5, 12)
    media = Media(pictures=(Shown(picture, taken, recycled=True),))
    events = tuple(msgspec.structs.replace(one, media=media) for one in coded.events)
    told = msgspec.structs.replace(told, post=Post(author, None, (Picture(picture, taken, None, taken),)))
    return told, msgspec.structs.replace(coded, events=events)


def post(name, *shown, author="", posted="2024-05-13", taken=None, **facts):
    """Give a post that tells one rally and shows pictures, by their fingerprints, as it was read without any other."""
    told, coded = read(name, **facts)
    pictures = tuple(Picture(fingerprint, taken, None, taken) for fingerprint in shown)
    told = msgspec.structs.replace(
        told, published=dt.date.fromisoformat(posted), post=Post(author, None, pictures)
    )
    media = Media(pictures=tuple(Shown(fingerprint, taken) for fingerprint in shown))
    events = tuple(msgspec.structs.replace(one, media=media) for one in coded.events)
    return told, msgspec.structs.replace(coded, published=told.published, events=events)


def decision(kind, *records, by="ann", minute=0, why="", **facts):
    at = AT + dt.timedelta(minutes=minute)
    name = f"{kind}-{'-'.join(records)}-{by}-{minute}-{facts.get('field', '')}-{facts.get('value', '')}"
    return Decision(id=name, kind=kind, records=records, by=by, at=at, why=why, **facts)
