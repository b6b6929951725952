import pytest
from fake_linker import FakeLinker
from kept_examples import read

from rallybook.book.store import SqliteBook
from rallybook.model.question import Question
from rallybook.server import pictures


@pytest.fixture
def book(tmp_path):
    """A rally with arrests, one with nothing told, a march with arrests and force, one of which nobody knows where."""
    kept = SqliteBook(tmp_path / "book.db", FakeLinker())
    kept.keep(
        [
            read("a", response=("arrests",), size=300),
            read("b", place="Leeds", size=(20, 90)),
            read("c", place="Tomsk", form="march", response=("arrests", "force"), size=(None, 5_000_000)),
            read("d", place="nowhere", precision="unknown", size=(2_000, None)),
        ]
    )
    kept.link()
    yield kept
    kept.close()


def test_responses_by_form_are_those_of_each_form(book):
    told = pictures.responses(book, Question())
    rows = {row[0]: dict(zip(told.columns[1:], row[1:], strict=True)) for row in told.rows}
    seen = {form: {name: count for name, count in row.items() if count != "0"} for form, row in rows.items()}
    assert seen == {
        "rally": {"Number of events": "3", "arrests": "1"},
        "march": {"Number of events": "1", "force": "1", "arrests": "1"},
    }


def test_the_book_is_asked_a_few_times_however_many_forms_there_are(book, monkeypatch):
    asked = []
    counted = book.facets
    monkeypatch.setattr(book, "facets", lambda question: asked.append(question) or counted(question))
    pictures.responses(book, Question())
    assert len(asked) == 1


def test_sizes_count_events_on_no_map_too_and_say_how_many_have_none(book):
    told = pictures.sizes(book, Question())
    assert [row for row in told.rows if row[1] != "0"] == [
        ("10–99", "1"), ("100–999", "1"), ("1,000–9,999", "1"), ("1,000,000+", "1"),
    ]  # fmt: skip
    assert told.note.startswith("0 ") or " 0 " in told.note
