"""A restored book is the back-up, and where that cannot be, the book is as it was."""

import os
import sqlite3
import subprocess
import sys

import pytest
from fake_linker import FakeLinker
from kept_examples import read

from rallybook.book import restoring
from rallybook.book.restoring import restore
from rallybook.book.store import SqliteBook
from rallybook.errors import BookError


@pytest.fixture
def path(tmp_path):
    """The path of a book of one event, of which there is a back-up, and of a second one that was added later."""
    path = tmp_path / "book.db"
    kept = SqliteBook(path, FakeLinker())
    kept.keep([read("a", words="word " * 3000)])
    kept.link()
    kept.back_up(tmp_path / "copy.db")
    kept.keep([read("b", place="Leeds")])
    kept.link()
    kept.close()
    return path


@pytest.fixture
def copy(path):
    return path.with_name("copy.db")


def told(path):
    book = SqliteBook(path, FakeLinker(), create=False)
    found = sorted(telling.record for event in book.events() for telling in event.records)
    book.close()
    return found


def without_sum(copy):
    copy.with_name("copy.db.sha256").unlink()
    return copy


def test_a_back_up_takes_the_place_of_a_book_that_is_kept(path, copy):
    assert told(path) == ["a-1", "b-1"]
    before = restore(copy, path, overwrite=True)
    assert told(path) == ["a-1"]
    assert told(before) == ["a-1", "b-1"]
    assert before.name.startswith("book.db.")
    assert not list(path.parent.glob("*.part*"))


def test_a_back_up_makes_a_book_where_none_is(path, copy, tmp_path):
    assert restore(copy, tmp_path / "new.db") is None
    assert told(tmp_path / "new.db") == ["a-1"]


def test_a_book_that_is_there_is_not_replaced_unless_one_says_so(path, copy):
    before = path.read_bytes()
    with pytest.raises(
        BookError, match=r"book.db: received a book that is there, allowed: a new file, or --force"
    ):
        restore(copy, path)
    assert path.read_bytes() == before


def test_a_back_up_is_left_as_it_is(path, copy, tmp_path):
    before = copy.read_bytes()
    restore(copy, path, overwrite=True)
    SqliteBook(path, FakeLinker()).keep([read("c")])
    assert copy.read_bytes() == before
    assert {file.name for file in tmp_path.glob("copy.db*")} == {"copy.db", "copy.db.sha256"}


def _one_letter(content):
    at = content.rindex(b"word word")
    return content[:at] + b"w0rd" + content[at + 4 :]


def _hole(content):
    return content[: 4096 * 3] + b"\xff" * 4096 * 8 + content[4096 * 11 :]


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (_one_letter, "a file of SHA-256 .*copy.db.sha256"),
        (_hole, "a file of SHA-256 .*copy.db.sha256"),
        (lambda content: content[: len(content) // 2], "a file of SHA-256 .*copy.db.sha256"),
    ],
    ids=["one letter", "a hole", "cut off"],
)
def test_what_is_not_the_back_up_that_was_made_is_refused(path, copy, damage, said):
    copy.write_bytes(damage(copy.read_bytes()))
    _refused(path, copy, said)


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (_hole, "a damaged database"),
        (lambda content: content[: len(content) // 2], "a damaged database"),
        (lambda content: content[:-4096], "a damaged database"),
        (lambda content: content[:50], "a damaged database"),
        (lambda _: b"", "an empty file"),
        (lambda _: b"text, " * 1000, "no SQLite database"),
    ],
    ids=["a hole", "cut in half", "the last page gone", "a head only", "empty", "text"],
)
def test_a_damaged_back_up_without_a_checksum_is_refused(path, copy, damage, said):
    without_sum(copy).write_bytes(damage(copy.read_bytes()))
    _refused(path, copy, said)


def test_a_changed_letter_is_seen_by_the_checksum_only(path, copy):
    content = copy.read_bytes()
    without_sum(copy).write_bytes(_one_letter(content))
    restore(copy, path, overwrite=True)
    assert told(path) == ["a-1"]


def test_a_back_up_of_a_newer_version_is_refused(path, copy):
    with sqlite3.connect(without_sum(copy)) as db:
        db.execute("UPDATE alembic_version SET version_num = '9999'")
    db.close()
    _refused(path, copy, "a book of version 9999, made by a newer rallybook")


def test_a_database_of_something_else_is_refused(path, copy):
    without_sum(copy).unlink()
    with sqlite3.connect(copy) as db:
        db.execute("CREATE TABLE articles (id)")
    db.close()
    _refused(path, copy, "an SQLite database of something else")


@pytest.mark.parametrize(("name", "said"), [("none.db", "no such file"), ("", "a folder")])
def test_a_back_up_that_is_no_file_is_named(path, tmp_path, name, said):
    _refused(path, tmp_path / name, said)


def test_a_book_is_no_back_up_of_itself(path):
    _refused(path, path, "the book itself")


def test_a_folder_that_is_not_there_is_named(copy, tmp_path):
    with pytest.raises(BookError, match=r"no folder .*nowhere"):
        restore(copy, tmp_path / "nowhere" / "book.db")


def test_a_book_that_another_process_has_open_is_not_replaced(path, copy):
    program = (
        "import sys; from fake_linker import FakeLinker; from pathlib import Path; "
        "from rallybook.book.store import SqliteBook; "
        "book = SqliteBook(Path(sys.argv[1]), FakeLinker()); print(book.count(), flush=True); sys.stdin.read()"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", program, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert other.stdout.readline() == "2\n"
    _refused(path, copy, "a book that another process has open")
    other.communicate("", timeout=30)
    restore(copy, path, overwrite=True)
    assert told(path) == ["a-1"]


def test_a_damaged_book_is_replaced_and_kept(path, copy):
    path.write_bytes(b"\xff" * 50_000)
    path.with_name("book.db-journal").write_bytes(b"of the damaged one")
    before = restore(copy, path, overwrite=True)
    assert before.read_bytes() == b"\xff" * 50_000
    # beside the new book it would be written into that
    assert not path.with_name("book.db-journal").exists()
    assert told(path) == ["a-1"]


def test_what_stands_in_the_log_beside_a_back_up_is_restored_too(path, copy):
    # somebody opened the back-up as a book, wrote, and was killed
    program = (
        "import os, sys; from fake_linker import FakeLinker; from kept_examples import read; from pathlib import Path; "
        "from rallybook.book.store import SqliteBook; book = SqliteBook(Path(sys.argv[1]), FakeLinker()); "
        "book.keep([read('z', place='Suva')]); book.link(); os._exit(0)"
    )
    subprocess.run(
        [sys.executable, "-c", program, str(copy)],
        check=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert copy.with_name("copy.db-wal").stat().st_size
    restore(copy, path, overwrite=True)
    assert told(path) == ["a-1", "z-1"]


@pytest.mark.parametrize("step", ["_copy", "_check_copy", "_set_aside", "_close_log"])
def test_a_restoration_that_is_cut_off_leaves_the_book(path, copy, monkeypatch, step):
    real = getattr(restoring, step)

    def cut_off(*given):
        real(*given)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(restoring, step, cut_off)
    with pytest.raises(OSError, match="No space left"):
        restore(copy, path, overwrite=True)
    assert told(path) == ["a-1", "b-1"]
    assert not list(path.parent.glob("*.part*"))


_KILLED = """
import os, signal, sys
from pathlib import Path
from rallybook.book import restoring
real = getattr(restoring, sys.argv[1])
def killed(*given):
    real(*given)
    os.kill(os.getpid(), signal.SIGKILL)
setattr(restoring, sys.argv[1], killed)
restoring.restore(Path(sys.argv[2]), Path(sys.argv[3]), overwrite=True)
"""


@pytest.mark.parametrize("step", ["_copy", "_check_copy", "_close_log", "_set_aside"])
def test_a_restoration_that_is_killed_leaves_the_book_and_can_be_done_again(path, copy, step):
    killed = subprocess.run(
        [sys.executable, "-c", _KILLED, step, str(copy), str(path)],
        check=False,
        timeout=60,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert killed.returncode == -9
    assert told(path) == ["a-1", "b-1"]
    restore(copy, path, overwrite=True)
    assert told(path) == ["a-1"]
    assert not list(path.parent.glob("*.part*"))


def test_the_rights_of_a_book_stay(path, copy):
    path.chmod(0o640)
    restore(copy, path, overwrite=True)
    assert path.stat().st_mode & 0o777 == 0o640


def _refused(path, copy, said):
    before = path.read_bytes()
    with pytest.raises(BookError, match=said):
        restore(copy, path, overwrite=True)
    assert path.read_bytes() == before
    assert told(path) == ["a-1", "b-1"]
    assert not list(path.parent.glob("*.part*"))
