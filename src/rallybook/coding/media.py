"""What posts bring beside words: the place they were sent from, the day and place of their photos, old pictures."""

from __future__ import annotations

import datetime as dt

import msgspec

from rallybook.grounding.gazetteer import CompiledGazetteer, fold
from rallybook.grounding.towns import town_at
from rallybook.model.article import Article
from rallybook.model.post import Picture, Position, Post
from rallybook.model.record import DateBasis, EventDate, EventPlace, Media, PlaceBasis, Record, Shown
from rallybook.model.recycled import CLOCKS, was_there_before

# a photo is mostly posted on its day; one that was taken longer before the post may show anything
_FRESH = dt.timedelta(days=3)


def with_media(record: Record, article: Article, gazetteer: CompiledGazetteer, *, alone: bool) -> Record:
    """Give the record of a post with what its place and pictures add; words always outrank them.

    `alone`: it is the only record of the post, so that the day of a photo can be no other event's.
    """
    post = article.post
    if post is None or not (post.geotag or post.pictures):
        return record
    place, where = _place(record, post, gazetteer)
    date, when = _date(record, article, post) if alone else (record.date, "")
    record = msgspec.structs.replace(record, place=place, date=date)
    shown = tuple(_shown(picture, record, article) for picture in post.pictures)
    return msgspec.structs.replace(record, media=Media(where, when, shown))


def _place(record: Record, post: Post, gazetteer: CompiledGazetteer) -> tuple[EventPlace, PlaceBasis]:
    """Give the place, and what it rests on; the town stands for the point, which may be somebody's home."""
    if record.place.precision != "unknown" or record.place.text:
        return record.place, "geotag" if _placed_by(post.geotag, record.place, gazetteer) else ""
    taken = next((picture.position for picture in post.pictures if picture.position), None)
    points: tuple[tuple[Position | None, PlaceBasis], ...] = ((post.geotag, "geotag"), (taken, "photo"))
    for point, basis in points:
        town = town_at(gazetteer, point) if point else None
        if town:
            return EventPlace("", town.name, town.country, town.lat, town.lon, "city"), basis
    return record.place, ""


def _placed_by(geotag: Position | None, place: EventPlace, gazetteer: CompiledGazetteer) -> bool:
    """Tell whether words that name no town ("outside parliament") were read as being in the town of the geotag."""
    town = town_at(gazetteer, geotag) if geotag else None
    named = town is not None and fold(town.name) in fold(place.text)
    return town is not None and not named and (place.name, place.country) == (town.name, town.country)


def _date(record: Record, article: Article, post: Post) -> tuple[EventDate, DateBasis]:
    if record.date.text or record.status != "happened":
        return record.date, ""
    days = [picture.taken for picture in post.pictures if picture.taken]
    posted = article.published
    fresh = [day for day in days if posted is None or posted - _FRESH <= day <= posted + CLOCKS]
    return (EventDate(min(fresh).isoformat()), "photo") if fresh else (record.date, "")


def _shown(picture: Picture, record: Record, article: Article) -> Shown:
    old = any(was_there_before(day, record, article.published) for day in (picture.taken, picture.seen))
    return Shown(picture.fingerprint, picture.taken, recycled=old)
