"""Decisions are kept once and in order, and what cannot hold together is refused whole."""

import pytest
from fake_linker import FakeLinker
from kept_examples import decision, read

from rallybook.book import deciding
from rallybook.book.store import SqliteBook
from rallybook.errors import InputError


@pytest.fixture
def book(tmp_path):
    opened = SqliteBook(tmp_path / "book.db", FakeLinker())
    opened.keep(
        [
            read(name, place=place)
            for name, place in zip("abcd", ("Oban", "Leeds", "Tomsk", "Suva"), strict=True)
        ]
    )
    opened.link()
    yield opened
    opened.close()


def test_decisions_come_back_in_the_order_of_their_time(book):
    late, early = decision("reject", "a-1", minute=5), decision("restore", "a-1")
    assert book.decide([late, early, late]) == 2
    assert book.decisions() == book.decisions(["a-1"]) == (early, late)
    assert book.decisions(["b-1"]) == ()
    assert book.count() == 3


def test_one_that_contradicts_takes_the_others_of_its_import_with_it(book):
    given = [
        decision("same", "a-1", "b-1"),
        decision("same", "b-1", "c-1", minute=1),
        decision("different", "a-1", "c-1", minute=2),
    ]
    with pytest.raises(InputError, match="contradicts, taken together"):
        book.decide(given)
    assert (book.decisions(), book.count()) == ((), 4)
    assert book.decide(given[:2]) == 2


def test_ties_that_reach_too_far_are_refused(book, monkeypatch):
    monkeypatch.setattr(deciding, "_MOST_TIED", 2)
    book.decide([decision("same", "a-1", "b-1")])
    with pytest.raises(InputError, match="received 'records tied to 3 others', allowed: up to 2"):
        book.decide([decision("same", "b-1", "c-1", minute=1)])
    assert len(book.decisions()) == 1


def test_many_decisions_are_linked_in_rounds(book, monkeypatch):
    monkeypatch.setattr("rallybook.book.store._AT_ONCE", 1)
    book.decide([decision("same", "a-1", "b-1"), decision("correct", "c-1", field="form", value="march")])
    assert (book.count(), book.event("c-1").form) == (3, "march")
