"""A sound book has no faults; each kind of damage is named."""

import sqlite3
from contextlib import closing

import pytest
from fake_linker import FakeLinker
from kept_examples import decision, read, record

from rallybook.book.store import SqliteBook
from rallybook.errors import BookError
from rallybook.model.outcome import Coded, Failure


@pytest.fixture
def path(tmp_path):
    """The path of a book of four articles that was linked in two rounds and judged."""
    path = tmp_path / "book.db"
    book = SqliteBook(path, FakeLinker())
    book.keep([read("a", words="Nurses came."), read("b"), read("c", place="Leeds")])
    book.link()
    book.keep([read("d", place="Leeds")], [Failure("e", "read", "no text")])
    book.link()
    book.decide(
        [decision("different", "a-1", "b-1"), decision("correct", "c-1", field="form", value="march")]
    )
    book.close()
    return path


def faults(path, **options):
    book = SqliteBook(path, FakeLinker())
    found = list(book.faults(**options))
    book.close()
    return found


def rows(path, statement):
    with closing(sqlite3.connect(path)) as db:
        return db.execute(statement).fetchall()


def change(path, *statements):
    with closing(sqlite3.connect(path)) as db, db:
        for statement in statements:
            db.execute(statement)


def test_a_sound_book_has_no_faults(path, tmp_path):
    assert faults(path) == []
    assert [file.name for file in tmp_path.iterdir() if not file.name.startswith("book.db")] == []


def test_checking_changes_nothing(path):
    before = path.read_bytes()
    faults(path)
    assert path.read_bytes() == before


def test_a_text_that_changed_is_named(path):
    change(path, "UPDATE articles SET text = replace(text, 'rally', 'RALLY') WHERE id = 'a'")
    assert faults(path, derive=False) == [
        "article a: its text is not the one that was kept",
        "record a-1 of article a: trigger is 'rally', the text has 'RALLY'",
    ]


def test_words_beyond_the_end_of_a_text_are_named(path):
    change(path, "UPDATE records SET data = replace(data, '[[2,7]]', '[[2,7000]]') WHERE id = 'b-1'")
    (found,) = faults(path, derive=False)
    assert (
        found == "record b-1 of article b: trigger is said to stand at ((2, 7000),), the text has 39 letters"
    )


def test_a_record_without_its_article_is_named(path):
    change(path, "UPDATE records SET article = 77 WHERE id = 'b-1'")
    assert "record b-1: its article is not there" in faults(path, derive=False)


def test_an_event_that_does_not_follow_from_the_facts_is_named(path):
    change(path, 'UPDATE events SET data = replace(data, \'"form":"march"\', \'"form":"riot"\')')
    assert faults(path, derive=False) == []
    (found,) = faults(path)
    assert found.startswith("event ")
    assert found.endswith(": not the same when derived again")


def test_an_event_that_is_missing_and_one_too_many_are_named(path):
    change(
        path, "DELETE FROM decisions WHERE data LIKE '%different%'", "DELETE FROM judged WHERE record = 'a-1'"
    )
    assert sorted(fault.partition(": ")[2] for fault in faults(path)) == [
        "not the same when derived again",
        "not there when derived again",
    ]


def test_an_index_that_lacks_an_article_is_named(path):
    change(path, "DELETE FROM article_words_docsize WHERE id = 1")
    found = faults(path)
    assert any(fault.startswith("the index article_words: 3 entries for 4 rows") for fault in found), found


def _overwrite(path, table, change):
    """Change the first page of a table or an index."""
    ((root,),) = rows(path, f"SELECT rootpage FROM sqlite_master WHERE name = '{table}'")
    ((size,),) = rows(path, "PRAGMA page_size")
    content = bytearray(path.read_bytes())
    page = slice(size * (root - 1), size * root)
    content[page] = change(content[page])
    path.write_bytes(content)


def test_a_page_that_is_none_is_named(path):
    _overwrite(path, "versions", lambda page: b"\xff" * len(page))
    with pytest.raises(BookError, match=r"book.db: received a damaged database"):
        faults(path)


def test_an_index_that_differs_from_its_table_is_named(path):
    _overwrite(path, "decisions_at", lambda page: page.replace(b"2024", b"2025"))
    assert faults(path) == [
        "the database: row 1 missing from index decisions_at",
        "the database: row 2 missing from index decisions_at",
    ]


def test_what_waits_to_be_linked_is_said(path):
    book = SqliteBook(path, FakeLinker())
    book.keep([read("f", place="Suva")])
    book.close()
    assert faults(path) == ["1 records wait to be linked: `rallybook link`"]


def test_many_faults_are_counted(path):
    book = SqliteBook(path, FakeLinker())
    book.keep([read(f"x{number}", place="Tomsk") for number in range(15)])
    book.link()
    book.close()
    change(path, "UPDATE articles SET sha = x'00' WHERE id LIKE 'x%'".replace("x'00'", "randomblob(32)"))
    found = faults(path, derive=False)
    assert len(found) == 11
    assert found[-1] == "5 more articles with another text"


def test_figures(path):
    book = SqliteBook(path, FakeLinker())
    had = book.figures()
    assert (had.articles, had.records, had.events, had.decisions, had.waiting) == (4, 4, 3, 2, 0)
    assert had.failures == {"read": 1}
    assert had.last_added is not None
    book.keep([(read("g")[0], Coded(id="g", events=(record("g-1"),)))])
    assert book.figures().waiting == 1
    assert book.figures().last_added > had.last_added
    book.close()


def test_an_empty_book_has_no_last_article(tmp_path):
    book = SqliteBook(tmp_path / "new.db", FakeLinker())
    assert (book.figures().articles, book.figures().last_added) == (0, None)
    book.close()


def test_a_book_that_another_version_changed_is_not_ready(path):
    book = SqliteBook(path, FakeLinker())
    book.check_ready()
    change(path, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(BookError, match=r"a book of version 9999, allowed: version .*; start rallybook anew"):
        book.check_ready()
    book.close()
