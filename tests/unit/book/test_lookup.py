import pytest
from fake_linker import FakeLinker
from kept_examples import decision, read

from rallybook.book.store import SqliteBook
from rallybook.errors import InputError


@pytest.fixture
def book(tmp_path):
    kept = SqliteBook(tmp_path / "book.db", FakeLinker())
    kept.keep([read("a"), read("b", place="Leeds"), read("c", place="Tomsk")])
    kept.link()
    yield kept
    kept.close()


def test_an_article_is_found_by_its_id_in_its_newest_version(book):
    book.keep([read("a", words="Nurses came.")])
    assert book.article("a").text.endswith("Nurses came.")
    assert book.read_in("a") == ("a-1",)
    with pytest.raises(InputError, match="nobody"):
        book.article("nobody")


def test_reports_are_found_by_the_ids_of_records(book):
    found = book.reports_of(["a-1", "nobody", "b-1"])
    assert {name: report.article for name, report in found.items()} == {"a-1": "a", "b-1": "b"}


def test_changes_tell_the_latest_first_and_each_event_once(book):
    book.decide([decision("correct", "b-1", field="form", value="march")])
    book.decide([decision("correct", "b-1", minute=1, field="form", value="vigil")])
    changes = book.changes(10)
    assert changes[0].event.place.name == "Leeds"
    assert sorted(change.event.place.name for change in changes) == ["Leeds", "Oban", "Tomsk"]
    assert [change.at for change in changes] == sorted((change.at for change in changes), reverse=True)
    assert len(book.changes(1)) == 1


def test_an_event_that_is_no_more_is_no_change(book):
    book.decide([decision("same", "a-1", "b-1")])
    ids = {event.id for event in book.events()}
    assert {change.event.id for change in book.changes(10)} == ids
