"""Bad books: each is named with what was received and what is allowed, and is left as it was."""

import os
import sqlite3
from pathlib import Path

import pytest
from fake_linker import FakeLinker
from kept_examples import read

from rallybook.book.store import SqliteBook
from rallybook.errors import BookError


def _open(path, **options):
    return SqliteBook(Path(path), FakeLinker(), **options)


def _made(path):
    book = _open(path)
    book.keep([read("a")])
    book.link()
    book.close()
    return path


def test_a_book_of_a_newer_version_is_refused(tmp_path):
    path = _made(tmp_path / "book.db")
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(BookError, match=r"book.db: received a book of version 9999.*versions up to 0006"):
        _open(path)
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT count(*) FROM articles").fetchone() == (1,)
    connection.close()


@pytest.mark.parametrize("content", [b"text, " * 1000, b"%PDF-1.7"])
def test_a_file_that_is_no_database_is_refused_and_left_as_it_is(tmp_path, content):
    path = tmp_path / "book.db"
    path.write_bytes(content)
    with pytest.raises(BookError, match=r"book.db: received a file that is no SQLite database"):
        _open(path)
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


def test_a_database_of_something_else_is_refused_and_left_as_it_is(tmp_path):
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE articles (id)")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(BookError, match="an SQLite database of something else"):
        _open(path)
    assert path.read_bytes() == before


def test_a_damaged_book_is_named(tmp_path):
    path = _made(tmp_path / "book.db")
    content = bytearray(path.read_bytes())
    content[4096 : 4096 * 12] = b"\xff" * (4096 * 11)
    path.write_bytes(content)
    with pytest.raises(BookError, match="a damaged database"):
        list(_open(path).events())


@pytest.mark.parametrize(
    ("where", "said"),
    [("", "a folder, allowed: a file"), ("none/book.db", "no folder .*none")],
)
def test_a_path_that_can_be_none_is_named(tmp_path, where, said):
    with pytest.raises(BookError, match=said):
        _open(tmp_path / where)


def test_a_folder_that_cannot_be_written_is_named():
    # no user may make a file there, not even root
    with pytest.raises(BookError, match=r"/proc/book\.db: received a path where no book can be opened"):
        _open("/proc/book.db")


def test_a_book_on_a_disk_that_cannot_be_written_is_read(tmp_path, monkeypatch):
    path = _made(tmp_path / "book.db")
    monkeypatch.setattr(os, "access", lambda *_: False)
    book = _open(path)
    assert len(list(book.events())) == 1
    with pytest.raises(BookError, match="a file or folder that cannot be written"):
        book.keep([read("b")])
    book.close()
    assert list(tmp_path.iterdir()) == [path]


def test_an_empty_file_becomes_a_book(tmp_path):
    path = tmp_path / "book.db"
    path.touch()
    assert list(_open(path).events()) == []


def test_a_book_from_before_copies_were_kept_is_brought_up_to_date(tmp_path):
    path = _made(tmp_path / "book.db")
    with sqlite3.connect(path) as connection:
        for table in ("copy_keys", "comparisons", "pictures"):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("ALTER TABLE articles DROP COLUMN author")
        for table in ("likenesses", "crowds"):
            connection.execute(f"CREATE TABLE {table} (record INTEGER PRIMARY KEY)")
        connection.execute("UPDATE alembic_version SET version_num = '0003'")
    connection.close()
    book = SqliteBook(path, FakeLinker())
    book.keep([read("x", words="(Wire)"), read("y", words="(Wire)")])
    book.link()
    found = {telling.record: telling.copy_of for telling in book.event("x-1").records}
    assert found == {"a-1": "", "x-1": "", "y-1": "x"}
    book.close()
