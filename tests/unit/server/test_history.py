import msgspec
import pytest
from fake_linker import FakeLinker
from kept_examples import decision, read, record

from rallybook.book.store import SqliteBook
from rallybook.server.history import kin, steps


@pytest.fixture
def book(tmp_path):
    """A book where one article tells of rallies over the country and of one of them; another tells of a third."""
    kept = SqliteBook(tmp_path / "book.db", FakeLinker())
    article, coded = read("a")
    whole = msgspec.structs.replace(record("a-2", place="Leeds"), umbrella=True)
    kept.keep(
        [
            (article, msgspec.structs.replace(coded, events=(coded.events[0], whole))),
            read("b", place="Leeds", day="2024-05-13"),
        ]
    )
    kept.link()
    yield kept
    kept.close()


def test_a_town_has_the_umbrella_that_one_article_tells_with_it_and_the_umbrella_its_towns(book):
    town, whole, other = (book.event(name) for name in ("a-1", "a-2", "b-1"))
    assert [one.id for one in kin(book, town).umbrellas] == [whole.id]
    assert [one.id for one in kin(book, whole).parts] == [town.id]
    assert kin(book, town).parts == kin(book, whole).umbrellas == ()
    assert kin(book, other).umbrellas == ()


def test_steps_tell_each_field_as_it_was_and_as_it_became(book):
    book.decide([decision("correct", "b-1", field="form", value="march")])
    book.decide([decision("correct", "b-1", minute=1, field="status", value="cancelled")])
    event = book.event("b-1")
    told = steps(event, book.versions(event.id))
    assert [(step.revision, step.changed) for step in told] == [
        (2, {"form": ("rally", "march")}),
        (3, {"status": ("happened", "cancelled")}),
    ]


def test_an_event_that_never_changed_has_no_steps(book):
    event = book.event("a-1")
    assert steps(event, book.versions(event.id)) == ()
