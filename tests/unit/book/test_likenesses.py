"""What is known of pairs follows what is in the book, however it came there."""

import random

import pytest
from dense_news import known, told
from kept_examples import read

from rallybook import api
from rallybook.book import relinking
from rallybook.book.store import SqliteBook


def _book(path, *steps):
    book = SqliteBook(path, api.linker())
    for articles in steps:
        book.keep(articles)
        book.link()
    return book


@pytest.fixture
def news():
    chance = random.Random(4)
    return [told(f"x{number}", chance) for number in range(24)]


def test_crowds_and_comparisons_are_the_same_at_once_and_one_by_one(tmp_path, news):
    _book(tmp_path / "a.db", news).close()
    _book(tmp_path / "b.db", *([one] for one in reversed(news))).close()
    crowds, weights = found = known(tmp_path / "a.db")
    assert found == known(tmp_path / "b.db")
    assert len(crowds) == 24
    assert any(crowds.values())
    assert {(b, a): weight for (a, b), weight in weights.items()} == weights != {}


def test_a_newer_version_leaves_nothing_of_the_older_one(tmp_path, news):
    newer = told("x3", random.Random(9), place="Leeds")
    newer = (type(newer[0])(id="x3", text="Another text."), newer[1])
    _book(tmp_path / "a.db", news, [newer]).close()
    _book(tmp_path / "b.db", [one for one in news if one[0].id != "x3"], [newer]).close()
    assert known(tmp_path / "a.db") == known(tmp_path / "b.db")


def test_a_take_down_leaves_nothing_of_the_article(tmp_path, news):
    book = _book(tmp_path / "a.db", news)
    book.take_down("x3", by="ann", why="asked")
    book.close()
    _book(tmp_path / "b.db", [one for one in news if one[0].id != "x3"]).close()
    assert known(tmp_path / "a.db") == known(tmp_path / "b.db")


def test_linking_all_anew_finds_the_same(tmp_path, news):
    book = _book(tmp_path / "a.db", news)
    before = known(tmp_path / "a.db"), list(book.events())
    book.link(everything=True)
    assert (known(tmp_path / "a.db"), list(book.events())) == before
    book.close()


def test_a_newer_version_that_comes_between_two_rounds_leaves_nothing_of_the_older_one(tmp_path, news):
    newer = read("x3", place="Leeds", words="Corrected.")
    book = _book(tmp_path / "a.db")
    book.keep(news)
    # compared, and not yet linked
    assert book._round(relinking.compare_some) == 24
    book.keep([newer])
    book.link()
    book.close()
    _book(tmp_path / "b.db", [one for one in news if one[0].id != "x3"], [newer]).close()
    assert known(tmp_path / "a.db") == known(tmp_path / "b.db")
