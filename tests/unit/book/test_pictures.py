"""Pictures are kept by what they show, each with the first day on which its like was there."""

import datetime as dt

import msgspec
import pytest
from fake_linker import FakeLinker
from kept_examples import article
from sqlalchemy import select

from rallybook.book import pictures
from rallybook.book.restoring import restore
from rallybook.book.schema import pictures as table
from rallybook.book.sqlite_file import SqliteFile
from rallybook.book.store import SqliteBook
from rallybook.model.post import ALIKE, Picture, Post


@pytest.fixture
def db(tmp_path):
    database = SqliteFile(tmp_path / "book.db")
    database.make_ready(create=True)
    with database.writing() as connection:
        yield connection
    database.close()


def shown(*prints, posted=None, taken=None):
    told = tuple(Picture(one, taken) for one in prints)
    return msgspec.structs.replace(
        article("x"), published=posted and dt.date.fromisoformat(posted), post=Post(pictures=told)
    )


def kept(db):
    return {(row.article, row.place): row.seen for row in db.execute(select(table))}


def test_the_first_day_is_that_of_all_that_look_alike(db):
    assert pictures.keep(db, [(1, shown("0" * 16, posted="2024-05-13"))]) == set()
    later, earlier = shown("0" * 15 + "f", posted="2024-06-01"), shown("0" * 16, posted="2023-01-01")
    assert pictures.keep(db, [(2, later), (3, shown("f" * 16, posted="2020-01-01"))]) == {2}
    assert kept(db) == {(1, 0): "2024-05-13", (2, 0): "2024-05-13", (3, 0): "2020-01-01"}
    assert pictures.keep(db, [(4, earlier)]) == {1, 2}
    assert {kept(db)[n, 0] for n in (1, 2, 4)} == {"2023-01-01"}


def test_so_many_signs_may_differ_and_no_more(db):
    pictures.keep(db, [(1, shown("0" * 16, posted="2023-01-01"))])
    near, far = (f"{(2**signs - 1) << 30:016x}" for signs in (ALIKE, ALIKE + 1))
    pictures.keep(db, [(2, shown(near, far, posted="2024-01-01"))])
    assert (kept(db)[2, 0], kept(db)[2, 1]) == ("2023-01-01", "2024-01-01")


def test_the_highest_sign_is_kept_as_any_other(db):
    pictures.keep(
        db, [(1, shown("ffff" * 4, posted="2023-01-01")), (2, shown("7fff" * 4, posted="2024-01-01"))]
    )
    assert kept(db)[2, 0] == "2023-01-01"


def test_what_has_no_features_or_no_day_is_like_no_other(db):
    pictures.keep(db, [(1, shown("", "ff" * 8)), (2, shown("", posted="2023-01-01"))])
    assert kept(db) == {(1, 1): None}
    pictures.keep(db, [(3, shown("ff" * 8, posted="2024-01-01"))])
    assert kept(db) == {(1, 1): "2024-01-01", (3, 0): "2024-01-01"}


def test_the_day_is_that_of_the_camera_where_that_is_earlier(db):
    pictures.keep(db, [(1, shown("ff" * 8, posted="2024-01-01", taken=dt.date(2019, 6, 1)))])
    assert kept(db) == {(1, 0): "2019-06-01"}


def test_articles_without_pictures_are_not_looked_at(db):
    assert pictures.keep(db, [(1, article("x")), (2, shown())]) == set()
    assert pictures.forget(db, [1, 2]) == set()


def test_what_is_forgotten_counts_for_nothing(db):
    days = {1: "2021-01-01", 2: "2022-01-01", 3: "2023-01-01"}
    pictures.keep(db, [(n, shown("ff" * 8, posted=day)) for n, day in days.items()])
    assert pictures.forget(db, [2]) == set()
    assert kept(db) == {(1, 0): "2021-01-01", (3, 0): "2021-01-01"}
    assert pictures.forget(db, [1]) == {3}
    assert kept(db) == {(3, 0): "2023-01-01"}


def test_more_than_are_compared_at_a_time_are_all_found(db, monkeypatch):
    monkeypatch.setattr(pictures, "_BATCH", 2)
    pictures.keep(db, [(n, shown("ff" * 8, posted=f"2024-01-{n:02}")) for n in range(9, 0, -1)])
    assert set(kept(db).values()) == {"2024-01-01"}


def test_a_back_up_has_them(tmp_path):
    book = SqliteBook(tmp_path / "book.db", FakeLinker())
    with book._database.writing() as db:
        pictures.keep(db, [(1, shown("ff" * 8, posted="2024-01-01"))])
    book.back_up(tmp_path / "copy.db")
    book.close()
    restore(tmp_path / "copy.db", tmp_path / "again.db")
    again = SqliteBook(tmp_path / "again.db", FakeLinker(), create=False)
    with again._database.reading() as db:
        assert kept(db) == {(1, 0): "2024-01-01"}
    again.close()
