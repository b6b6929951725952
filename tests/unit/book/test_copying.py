"""A copy is the book as it was at one moment, or there is none."""

import threading

import pytest
from fake_linker import FakeLinker
from kept_examples import decision, read

from rallybook.book.store import SqliteBook
from rallybook.errors import BookError


@pytest.fixture
def book(tmp_path):
    opened = SqliteBook(tmp_path / "book.db", FakeLinker())
    opened.keep([read("a"), read("b", place="Leeds")])
    opened.link()
    opened.decide([decision("correct", "a-1", field="form", value="march")])
    yield opened
    opened.close()


def test_a_copy_has_everything_and_goes_on_by_itself(book, tmp_path):
    book.back_up(tmp_path / "copy.db")
    copy = SqliteBook(tmp_path / "copy.db", FakeLinker(), create=False)
    assert list(copy.events()) == list(book.events())
    assert copy.decisions() == book.decisions()
    copy.keep([read("c", place="Tomsk")])
    copy.link()
    assert (copy.count(), book.count()) == (3, 2)
    copy.close()
    assert not list(tmp_path.glob("*.part"))


def test_a_book_can_be_copied_while_another_writes(book, tmp_path):
    def write():
        other = SqliteBook(tmp_path / "book.db", FakeLinker())
        for number in range(20):
            other.keep([read(f"x{number}", place="Tomsk", words="word " * 2000)])
        other.close()

    writer = threading.Thread(target=write)
    writer.start()
    book.back_up(tmp_path / "copy.db")
    writer.join()
    copy = SqliteBook(tmp_path / "copy.db", FakeLinker(), create=False)
    copy.link()
    assert copy.event("a-1").form == "march"
    copy.close()


def test_a_file_that_is_there_stays(book, tmp_path):
    (tmp_path / "copy.db").write_text("mine")
    with pytest.raises(BookError, match=r"copy.db: received a file that is there, allowed: a new file"):
        book.back_up(tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_text() == "mine"


def test_a_folder_that_is_not_there_is_named(book, tmp_path):
    with pytest.raises(BookError, match=r"no folder .*nowhere"):
        book.back_up(tmp_path / "nowhere" / "copy.db")


def test_a_damaged_book_leaves_no_copy(book, tmp_path):
    book.keep([read(f"x{number}", words="word " * 500) for number in range(40)])
    book.close()
    path = tmp_path / "book.db"
    content = bytearray(path.read_bytes())
    content[-4096 * 10 : -4096 * 4] = b"\xff" * (4096 * 6)
    path.write_bytes(content)
    damaged = SqliteBook(path, FakeLinker())
    with pytest.raises(BookError, match="a damaged database"):
        damaged.back_up(tmp_path / "copy.db")
    damaged.close()
    assert [file.name for file in tmp_path.glob("copy*")] == []
