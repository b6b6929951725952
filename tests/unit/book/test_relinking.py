"""A record that waits goes from stage to stage, in rounds, and a run that was cut off goes on where it was."""

import sqlite3
from contextlib import closing

import pytest
from fake_linker import FakeLinker
from kept_examples import decision, read

from rallybook.book import relinking
from rallybook.book.store import SqliteBook
from rallybook.model.question import Question


@pytest.fixture
def path(tmp_path):
    return tmp_path / "book.db"


@pytest.fixture
def book(path):
    opened = SqliteBook(path, FakeLinker())
    opened.keep([read(f"x{n}", place=("Oban", "Leeds")[n % 2], day=f"2024-05-{20 - n}") for n in range(6)])
    yield opened
    opened.close()


def _stages(path):
    with closing(sqlite3.connect(path)) as connection:
        return [stage for (stage,) in connection.execute("SELECT stage FROM pending ORDER BY day_place")]


def test_records_wait_by_day_and_go_through_each_stage(book, path, monkeypatch):
    monkeypatch.setattr(relinking, "_ROUND", 2)
    assert _stages(path) == [0] * 6
    assert [book._round(relinking.compare_some) for _ in range(2)] == [2, 2]
    assert _stages(path) == [1, 1, 1, 1, 0, 0]
    assert book._round(relinking.link_some) == 2
    assert _stages(path) == [1, 1, 0, 0]
    first = [event.date.edtf for event in book.events()]
    assert first == ["2024-05-15", "2024-05-16"]


def test_a_run_that_was_cut_off_goes_on(book, path, monkeypatch):
    monkeypatch.setattr(relinking, "_ROUND", 2)
    book._round(relinking.compare_some)
    assert book.link() == 4
    assert (book.count(), _stages(path)) == (6, [])


def test_what_waits_is_judged_when_it_is_linked(book):
    book.decide([decision("same", "x0-1", "x1-1")])
    assert book.count() == 0
    book.link()
    assert book.count() == 5
    assert len(book.event("x0-1").records) == 2


def test_a_decision_does_not_wait_for_the_records_that_do(book, path):
    book.link()
    book.keep([read("y", place="Tomsk")])
    book.decide([decision("same", "x0-1", "x2-1")])
    assert book.count() == 5
    assert _stages(path) == [0]


def test_all_records_wait_when_all_are_to_be_linked_anew(book):
    book.link()
    before = list(book.events())
    assert book.link(everything=True) == 6
    assert list(book.events(Question())) == before
