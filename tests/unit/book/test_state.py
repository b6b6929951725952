import pytest
from fake_linker import FakeLinker
from kept_examples import decision, read

from rallybook.book.store import SqliteBook
from rallybook.model.outcome import Failure


@pytest.fixture
def book(tmp_path):
    kept = SqliteBook(tmp_path / "book.db", FakeLinker())
    kept.keep([read("a"), read("b", place="Leeds")])
    kept.link()
    yield kept
    kept.close()


def test_the_mark_stays_while_nothing_changes_and_is_one_for_all(book):
    other = SqliteBook(book.path, FakeLinker())
    assert book.state() == book.state() == other.state()
    book.keep([read("a")])
    book.link(everything=True)
    assert book.state() == other.state()
    other.close()


@pytest.mark.parametrize(
    "change",
    [
        lambda book: book.keep([read("c", place="Tomsk")]),
        lambda book: book.keep([], [Failure(article="d", stage="code", reason="it broke")]),
        lambda book: book.decide([decision("reject", "a-1")]),
        lambda book: book.decide([decision("correct", "a-1", field="form", value="march")]),
        lambda book: book.take_down("a", by="ann", why="a court"),
    ],
    ids=["article", "failure", "rejection", "correction", "take-down"],
)
def test_each_change_gives_another_mark(book, change):
    before = book.state()
    change(book)
    assert book.state() != before


def test_linking_gives_another_mark(book):
    book.keep([read("c", place="Tomsk")])
    before = book.state()
    book.link()
    assert book.state() != before
