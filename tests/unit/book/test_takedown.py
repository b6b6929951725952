"""Nothing of an article that was taken down is answered, and what it shared with others stays."""

import pytest
from fake_linker import FakeLinker
from kept_examples import article, decision, read

from rallybook.book.store import SqliteBook
from rallybook.errors import InputError
from rallybook.model.outcome import Coded, Failure
from rallybook.model.question import Question


@pytest.fixture
def book(tmp_path):
    opened = SqliteBook(tmp_path / "book.db", FakeLinker())
    opened.keep([read("a", claims=("zebras",), source="Herald"), read("b"), read("c", place="Leeds")])
    opened.link()
    yield opened
    opened.close()


def test_all_versions_of_the_article_go(book):
    book.keep([read("a", words="Corrected.")])
    book.link()
    book.take_down("a", by="ann", why="asked")
    assert book.standings([article("a"), article("a", words="Corrected.")]) == ["taken down"] * 2
    assert len(book.tombstones()) == 1
    assert [telling.record for telling in book.event("b-1").records] == ["b-1"]


def test_an_article_that_waits_to_be_linked_can_go(book):
    book.keep([read("d", place="Tomsk")])
    book.take_down("d", by="ann", why="asked")
    assert (book.link(), book.count()) == (0, 2)


def test_the_versions_that_showed_it_go_and_the_others_stay(book):
    event = book.event("c-1")
    book.decide([decision("correct", "c-1", field="form", value="march")])
    book.take_down("a", by="ann", why="asked")
    assert [version.event.id for version in book.versions(event.id)] == [event.id]
    assert book.versions(book.event("b-1").id) == ()


def test_words_outlets_and_failures_of_it_are_forgotten(book):
    book.keep([(article("q"), Coded(id="q", failures=(Failure("q", "code", "it broke at: zebras"),)))])
    book.keep([read("q", place="Tomsk")])
    book.link()
    book.take_down("q", by="ann", why="asked")
    book.take_down("a", by="ann", why="asked")
    assert (book.count(Question(claim="zebras")), book.count(Question(sources=("Herald",)))) == (0, 0)
    assert book.failures() == ()


def test_a_decision_on_it_stays_and_says_nothing_any_more(book):
    book.decide([decision("same", "a-1", "c-1")])
    book.take_down("a", by="ann", why="asked")
    assert len(book.decisions()) == 1
    assert book.count() == 2
    with pytest.raises(InputError, match=r"'a-1'.*the id of an event or of a record"):
        book.event("a-1")
