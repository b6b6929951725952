"""Readers and writers side by side, and a disk that is full."""

import sqlite3
import threading

import pytest
from fake_linker import FakeLinker
from kept_examples import read
from sqlalchemy import event

from rallybook.book.store import SqliteBook
from rallybook.errors import BookError


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "book.db"
    book = SqliteBook(path, FakeLinker())
    book.keep([read("a")])
    book.link()
    book.close()
    return path


def test_readers_work_while_a_writer_writes(path):
    book = SqliteBook(path, FakeLinker())
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("UPDATE events SET form = 'riot', data = '{}'")
    assert [event.form for event in book.events()] == ["rally"]
    writer.execute("ROLLBACK")
    writer.close()


def test_a_writer_that_gets_no_turn_says_why_and_the_book_is_unharmed(path):
    book = SqliteBook(path, FakeLinker(), wait_s=0.05)
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    with pytest.raises(BookError, match=r"book.db: received no turn to write: another process is writing"):
        book.keep([read("b")])
    writer.execute("ROLLBACK")
    writer.close()
    assert book.keep([read("b")]).new == 1


def test_two_writers_at_once_keep_everything_once(path):
    def write(numbers):
        book = SqliteBook(path, FakeLinker())
        for number in numbers:
            book.keep([read(f"x{number}", day=f"2024-05-{number % 28 + 1:02}")])
            book.link()
        book.close()

    writers = [threading.Thread(target=write, args=(range(start, start + 30),)) for start in (0, 15)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    book = SqliteBook(path, FakeLinker())
    told = sorted(telling.record for event in book.events() for telling in event.records)
    assert told == sorted(["a-1", *(f"x{number}-1" for number in range(45))])
    book.close()


def test_a_full_disk_is_named_and_what_was_kept_is_safe(path):
    book = SqliteBook(path, FakeLinker())
    before = list(book.events())

    @event.listens_for(book._database.engine, "checkout")
    def _(connection, *_):
        # as many pages as there are now: there is no room for another
        connection.execute("PRAGMA max_page_count = 1")

    with pytest.raises(BookError, match=r"book.db: received no room to write \(the disk is full\)"):
        book.keep([read(f"b{n}", words="long " * 500) for n in range(200)])
    book.close()
    book = SqliteBook(path, FakeLinker())
    assert list(book.events()) == before
    assert book.keep([read("b")]).new == 1
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
    book.close()


def test_what_is_taken_down_leaves_the_file(path):
    book = SqliteBook(path, FakeLinker())
    book.keep([read("z", place="Leeds", words="Xylophonists assembled.", quote="Xylophonists assembled.")])
    book.link()
    book.take_down("z", by="ann", why="asked")
    book.close()
    content = b"".join(file.read_bytes() for file in path.parent.glob("book.db*"))
    assert b"ylophonists" not in content
