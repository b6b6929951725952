import datetime as dt

import msgspec
import pytest

from rallybook.api import coder
from rallybook.model.article import Article
from rallybook.model.post import Picture, Position, Post
from rallybook.model.record import Media, Shown

ACCRA, POSTED = Position(5.556, -0.197), dt.date(2021, 2, 14)
BARE = "Hundreds of teachers marched for higher pay."


def _records(text, **post):
    article = Article(id="1", text=text, published=POSTED, language="en", post=Post(**post))
    records = coder("rules").code(article).events
    for record in records:
        for path, spans in record.spans.items():
            assert all(text[start:end] for start, end in spans), path
    return records


def _record(text, **post):
    (record,) = _records(text, **post)
    return record


def test_where_no_words_tell_a_place_the_geotag_gives_its_town_and_says_so():
    record = _record(BARE, geotag=Position(5.5601, -0.2099))
    assert (record.place.text, record.place.name, record.place.country) == ("", "Accra", "GH")
    assert (record.place.lat, record.place.lon) != (5.5601, -0.2099)  # somebody's home, perhaps
    assert record.media == Media(place="geotag")
    assert "place.text" not in record.spans


def test_words_outrank_the_geotag():
    record = _record("Hundreds of teachers marched through Kumasi for higher pay.", geotag=ACCRA)
    assert (record.place.text, record.place.name) == ("Kumasi", "Kumasi")
    assert record.media == Media()


def test_a_geotag_decides_between_towns_of_one_name():
    text = "Hundreds of teachers marched through Portland for higher pay."
    maine, oregon = (_record(text, geotag=Position(*at)) for at in ((43.66, -70.26), (45.52, -122.68)))
    assert maine.place.lon == pytest.approx(-70.3, abs=0.5)
    assert oregon.place.lon == pytest.approx(-122.7, abs=0.5)


def test_a_spot_that_the_geotag_places_says_so():
    record = _record("Hundreds of teachers marched to parliament for higher pay.", geotag=ACCRA)
    assert (record.place.text, record.place.name) == ("parliament", "Accra")
    assert record.media.place == "geotag"


def test_a_photo_gives_place_and_day_where_no_words_do():
    taken = dt.date(2021, 2, 13)
    record = _record(BARE, pictures=(Picture("f" * 16, taken, ACCRA, taken),))
    assert (record.date.edtf, record.date.text) == ("2021-02-13", "")
    assert record.place.name == "Accra"
    assert record.media == Media("photo", "photo", (Shown("f" * 16, taken),))


def test_words_outrank_the_day_of_a_photo():
    record = _record(f"{BARE[:-1]} today.", pictures=(Picture("f" * 16, dt.date(2021, 2, 13)),))
    assert (record.date.edtf, record.media.date) == ("2021-02-14", "")


@pytest.mark.parametrize("picture", [{"taken": dt.date(2019, 6, 1)}, {"seen": dt.date(2020, 12, 1)}])
def test_a_picture_older_than_the_event_is_recycled(picture):
    record = _record(f"{BARE[:-1]} today.", pictures=(Picture("f" * 16, **picture),))
    (shown,) = record.media.pictures
    assert shown.recycled
    assert record.date.edtf == "2021-02-14"


@pytest.mark.parametrize("day", [dt.date(2021, 2, 13), dt.date(2021, 2, 14), dt.date(2021, 2, 15), None])
def test_a_picture_of_the_day_is_not(day):
    record = _record(f"{BARE[:-1]} today.", pictures=(Picture("f" * 16, day, None, day),))
    assert not record.media.pictures[0].recycled


def test_a_call_for_what_is_to_come_may_show_what_was():
    text = "Teachers will march through Accra on Saturday for higher pay."
    record = _record(text, pictures=(Picture("f" * 16, dt.date(2019, 6, 1)),))
    assert record.status == "planned"
    assert not record.media.pictures[0].recycled


def test_an_article_and_a_bare_post_have_no_media():
    for post in (None, Post("hash")):
        article = Article(id="1", text=BARE, published=POSTED, language="en", post=post)
        (record,) = coder("rules").code(article).events
        assert record.media is msgspec.UNSET
        assert b"media" not in msgspec.json.encode(record)
