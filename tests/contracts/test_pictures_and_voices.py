"""A book remembers pictures of earlier runs and who posted what, and tells nobody by which hashes."""

import datetime as dt
import json

import msgspec
import pytest
from fake_linker import FakeLinker
from kept_examples import keep_and_link, post, read
from made_up_photos import photo
from PIL import Image
from shard_works import InThisProcess
from sqlalchemy import select, text

from rallybook import api, bulk, opened, shard_reading
from rallybook.book.choosing import database_of, open_book
from rallybook.book.schema import articles, pictures
from rallybook.book.transfer import copy_book

PICTURE = "f0f0f0f0f0f0f0f0"
# eight signs of it are others, as of a copy that was scaled and packed; then nine
COPY, OTHER = "0ff0f0f0f0f0f0f0", "0ff1f0f0f0f0f0f0"
ANN, BOB, EVE = "aaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbb", "eeeeeeeeeeeeeeee"
OLDER = post("old", PICTURE, place="Leeds", day="2023-03-04", posted="2023-03-04")
NEWER = post("new", COPY)


@pytest.fixture
def name(new_name):
    return new_name()


@pytest.fixture
def book(name):
    opened = open_book(name, FakeLinker())
    yield opened
    opened.close()


def flagged(book):
    return {one.record: one.recycled for event in book.events() for one in event.records}


def hashes(name):
    """All that a book has of pictures and authors."""
    database = database_of(name)
    with database.reading() as db:
        shown = db.execute(select(pictures.c.article, pictures.c.day, pictures.c.seen)).all()
        authors = db.execute(select(articles.c.id, articles.c.author)).all()
    database.close()
    return sorted(map(tuple, shown)), {article: author for article, author in authors if author}


def test_a_picture_of_an_earlier_run_is_found_again(book):
    keep_and_link(book, OLDER)
    keep_and_link(book, NEWER, post("apart", OTHER, place="Tomsk"))
    assert flagged(book) == {"old-1": False, "new-1": True, "apart-1": False}


def test_a_picture_is_recycled_once_an_older_post_comes(book):
    keep_and_link(book, NEWER)
    (before,) = book.events()
    assert flagged(book) == {"new-1": False}
    keep_and_link(book, OLDER)
    assert flagged(book) == {"old-1": False, "new-1": True}
    assert (book.event("new-1").id, book.event("new-1").revision) == (before.id, 2)


def test_the_order_is_of_no_account(new_name):
    told = [
        OLDER,
        NEWER,
        # like the one, not like the other
        post("mid", "f0f0f0f0f0f0f0ff", place="Suva", day="2024-01-02", posted="2024-01-02"),
        post("plain", "", OTHER, place="Tomsk"),
        post("shot", PICTURE, place="Apia", taken=dt.date(2020, 1, 1)),
    ]
    found = []
    for order in (told, told[::-1], told[2:] + told[:2]):
        for size in (1, 2, 5):
            book = open_book(new_name(), FakeLinker())
            for start in range(0, len(order), size):
                keep_and_link(book, *order[start : start + size])
            found.append(flagged(book))
            assert list(book.faults()) == []
            book.close()
    assert all(one == found[0] for one in found)
    assert found[0] == {"old-1": True, "new-1": True, "mid-1": True, "plain-1": False, "shot-1": True}


def test_a_picture_that_told_no_event_is_remembered_too(book):
    older, coded = OLDER
    keep_and_link(book, (older, msgspec.structs.replace(coded, events=())))
    keep_and_link(book, NEWER)
    assert flagged(book) == {"new-1": True}


def test_a_post_that_comes_again_is_not_its_own_older_one(book, name):
    keep_and_link(book, NEWER)
    before = list(book.events()), hashes(name)
    assert keep_and_link(book, NEWER).there == 1
    assert (list(book.events()), hashes(name)) == before


def test_linking_all_anew_changes_nothing(book):
    keep_and_link(book, NEWER)
    keep_and_link(book, OLDER)
    before = list(book.events())
    book.link(everything=True)
    assert list(book.events()) == before


def test_a_take_down_takes_the_hashes_along(book, name):
    older, coded = OLDER
    keep_and_link(
        book, (msgspec.structs.replace(older, post=msgspec.structs.replace(older.post, author=ANN)), coded)
    )
    keep_and_link(book, NEWER)
    assert hashes(name)[1] == {"old": ANN}
    book.take_down("old", by="ann", why="asked")
    assert flagged(book) == {"new-1": False}
    assert hashes(name) == ([(2, "2024-05-13", "2024-05-13")], {})
    assert list(book.faults()) == []


def test_another_post_that_shows_it_still_counts_after_a_take_down(book):
    keep_and_link(
        book, OLDER, NEWER, post("third", COPY, place="Suva", day="2023-06-01", posted="2023-06-01")
    )
    book.take_down("old", by="ann", why="asked")
    assert flagged(book) == {"third-1": False, "new-1": True}
    # one that waits to be linked can go, and one that waits can lose its older one
    book.keep([post("fourth", PICTURE, place="Tomsk")])
    book.take_down("third", by="ann", why="asked")
    book.link()
    assert flagged(book) == {"new-1": False, "fourth-1": False}


def test_a_copy_of_the_book_remembers(book, name, new_name):
    keep_and_link(book, OLDER, post("by", author=ANN, place="Suva"))
    there = new_name()
    copy_book(name, there)
    assert hashes(there) == hashes(name)
    copied = open_book(there, FakeLinker())
    keep_and_link(copied, NEWER)
    assert flagged(copied)["new-1"]
    copied.close()


def test_a_book_of_the_version_before_remembers_what_its_records_tell(name):
    book = open_book(name, FakeLinker())
    keep_and_link(
        book, NEWER, post("shot", "", "ffff0000ffff0000", place="Suva", taken=dt.date(2020, 1, 1)), read("a")
    )
    # a newer version of it without a picture
    keep_and_link(book, read("new", words="More."))
    before, known = list(book.events()), hashes(name)
    book.close()
    database = database_of(name)
    with database.writing(durable=True) as db:
        for statement in _AS_BEFORE:
            db.execute(text(statement))
    database.close()
    book = open_book(name, FakeLinker())
    assert hashes(name) == known
    assert len(known[0]) == 2
    assert book.figures().waiting == 1
    book.link()
    assert list(book.events()) == before
    keep_and_link(book, OLDER, post("again", "ffff0000ffff0001", place="Tomsk"))
    assert flagged(book)["again-1"]
    book.close()


_AS_BEFORE = (
    "DROP TABLE pictures",
    "ALTER TABLE articles DROP COLUMN author",
    "UPDATE alembic_version SET version_num = '0005'",
)


@pytest.fixture
def real(name):
    opened = open_book(name, api.linker())
    yield opened
    opened.close()


_TOLD = {
    "participants": ("ferry workers",),
    "claims": ("a second lifeboat",),
    "quote": "Ferry workers held a rally for a second lifeboat.",
    "confidence": {"record": 0.6, "form": 0.6, "status": 0.6, "date": 0.6, "place": 0.6},
}
# by which no post is a copy of another
_WORDS = (
    "Zebras came along with a brass band that had walked since dawn from the far side of the hills.",
    "It rained all day long and still the harbour was full of people who would not go home at all.",
    "Nobody was hurt and most shops kept their doors open for whoever wanted some tea and a chair.",
    "Drums were heard as far as the lighthouse, and the children of two schools had painted all signs.",
    "An old captain read out the names of boats lost last winter while everyone stood there in silence.",
)


def said(*authors, start=0, **facts):
    return [
        post(f"p{n}", author=author, words=_WORDS[n], source=f"Site {n}", **(_TOLD | facts))
        for n, author in enumerate(authors, start)
    ]


def test_posts_of_one_author_are_one_voice(real):
    first, *rest = said(ANN, ANN, ANN, BOB)
    keep_and_link(real, first)
    (alone,) = real.events()
    for one in rest[:2]:
        keep_and_link(real, one)
    (event,) = real.events()
    assert len(event.records) == 3
    assert event.confidence == alone.confidence
    keep_and_link(real, rest[2])
    (two,) = real.events()
    assert two.confidence["record"] == pytest.approx(1 - 0.4**2)


def test_posts_of_nobody_known_and_articles_are_voices_of_their_own(real):
    keep_and_link(real, *said("", ""), read("news", words=_WORDS[3], source="The Argus", **_TOLD))
    (event,) = real.events()
    assert event.confidence["record"] == pytest.approx(1 - 0.4**3, abs=1e-4)


def test_many_posts_of_one_author_do_not_outvote_others(real):
    keep_and_link(real, *said(ANN, ANN, ANN, form="march"), *said(BOB, EVE, start=3, form="vigil"))
    (event,) = real.events()
    assert (len(event.records), event.form) == (5, "vigil")


def _posts(folder, *rows):
    path = folder / f"{rows[0]['id']}.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)))
    return path


def _smaller(folder, photo, *, quality, side):
    """A copy of a photo as a messenger makes it: smaller, packed harder, and without what the camera told."""
    image = Image.open(photo)
    image.resize((side, side * image.height // image.width)).save(folder / "again.jpg", quality=quality)
    return "again.jpg"


def _add(name, path, tmp_path, *, shards):
    if shards:
        added = bulk.add_files(name, [path], posts=True, by="rules", ledger=tmp_path / "ledger")
        # the worker, which is in this process, has the book open
        shard_reading._near(name).close()
        shard_reading._near.cache_clear()
        return added
    with opened.open(name) as book:
        return book.add(api.read(path, posts=True), by="rules")


@pytest.mark.parametrize("shards", [False, True], ids=["alone", "shards"])
def test_posts_of_two_runs_are_read_as_those_of_one(name, tmp_path, monkeypatch, shards):
    monkeypatch.setenv(api.SALT, "salt")
    monkeypatch.setattr(bulk, "_runner", lambda how: InThisProcess())
    shard_reading._near.cache_clear()
    photo(tmp_path / "first.jpg", taken="")
    photo(tmp_path / "other.jpg", seed=1, taken="")
    again = _smaller(tmp_path, tmp_path / "first.jpg", quality=30, side=180)
    rally = "Hundreds of teachers marched through Accra for higher pay on {}."
    first = _posts(
        tmp_path,
        {"id": "first", "author": "ama_k", "time": "2021-02-14", "media": ["first.jpg"],
         "text": rally.format("14 February 2021")},
    )  # fmt: skip
    second = _posts(
        tmp_path,
        {"id": "second", "author": "@Ama_K", "time": "2021-06-02", "media": again,
         "text": f"{rally.format('1 June 2021')} The square was full by noon, says everyone who came."},
        {"id": "third", "author": "ama_k", "time": "2021-06-03", "media": "other.jpg",
         "text": f"Nobody slept. {rally.format('1 June 2021')} More photos of the crowd are to follow tonight."},
    )  # fmt: skip
    for path in (first, second):
        assert _add(name, path, tmp_path, shards=shards).failed == ()
    with opened.open(name) as book:
        told = {one.article: one.recycled for event in book.events() for one in event.records}
        shown = msgspec.json.encode(list(book.events())).decode()
    assert told == {"first": False, "second": True, "third": False}
    seen, authors = hashes(name)
    assert len(seen) == 3
    assert authors.keys() == told.keys()
    assert len(set(authors.values())) == 1
    assert authors["first"] not in shown
    assert "ama_k" not in shown.lower()
