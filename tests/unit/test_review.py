"""What people find through the library, linked by the bundled linker."""

import datetime as dt

import protest_book
import pytest

import rallybook
from rallybook.errors import InputError
from rallybook.model.article import Article
from rallybook.model.outcome import Coded
from rallybook.publishing.dossier import dossier_lines

TEXT = "In other news, nurses held a rally in Oban on Sunday for higher pay, said the union."
EVENT = {
    "form": "rally",
    "trigger": "rally",
    "quote": "nurses held a rally in Oban on Sunday for higher pay",
    "date": {"edtf": "2024-05-12", "text": "Sunday"},
    "place": {"text": "Oban", "name": "Oban", "country": "GB", "precision": "city"},
    "participants": ["nurses"],
    "claims": ["higher pay"],
}


@pytest.fixture
def book(tmp_path):
    protest_book.make(tmp_path / "book.db")
    with rallybook.open(tmp_path / "book.db") as opened:
        unread = Article(id="late", text=TEXT, published=dt.date(2024, 5, 14), source="The Post")
        opened.book.keep([(unread, Coded(id="late", coder="made up"))])
        yield opened


def test_an_event_that_a_person_found_is_linked_with_what_machines_read(book):
    before = book.event("oban-argus-1")
    (made,) = book.decide("found", "late", by="ann", value=EVENT)
    after = book.event(made.records[0])
    assert (after.id, after.revision) == (before.id, before.revision + 1)
    assert {one.article: one.coder for one in after.records}["late"] == "people"
    assert made.records[0] in after.support["claims"]
    assert after.confidence["record"] > before.confidence["record"]
    assert list(book.book.faults()) == []
    assert "late" in [one.article for one in next(book.events(near=(56.4, -5.5, 25))).records]


def test_alone_it_is_as_sure_as_an_event_can_be(book):
    (made,) = book.decide("found", "late", by="ann", value=EVENT | {"date": {"edtf": "2024-04-01"}})
    event = book.event(made.records[0])
    assert len(event.records) == 1
    assert min(event.confidence.values()) > 0.99
    assert event.id in [one.id for one in book.events(min_confidence=0.99)]


def test_a_dossier_says_that_people_found_it(book):
    (made,) = book.decide("found", "late", by="ann", why="read again", value=EVENT)
    lines = "".join(dossier_lines(book.dossier(made.records[0])))
    assert "found by people" in lines
    assert "ann found: read again" in lines


def test_a_release_names_people_among_its_coders_and_nobody_by_name(book, tmp_path):
    book.decide("found", "late", by="Ann Other", why="her reason", value=EVENT)
    book.release(tmp_path / "release", licence="CC-BY-4.0")
    told = "".join(path.read_text("utf-8", "replace") for path in (tmp_path / "release").iterdir())
    assert '"coder":"people"' in told
    assert "Ann Other" not in told
    assert "her reason" not in told


def test_finding_takes_no_field(book):
    with pytest.raises(InputError):
        book.decide("found", "late", by="ann", field="form", value="march")
