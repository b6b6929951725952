"""A book that is moved to a server or a file and back is the book that it was, or nothing was moved."""

import datetime as dt

import pytest
from fake_linker import FakeLinker
from found_examples import finding, with_vigil
from kept_examples import article, decision, post, read
from sqlalchemy import select

from rallybook.book.choosing import accounts_of, database_of, open_book
from rallybook.book.schema import metadata
from rallybook.book.transfer import copy_book
from rallybook.errors import BookError
from rallybook.model.outcome import Coded, Failure
from rallybook.model.question import Box, Question

ASKED = (
    {},
    {"text": "zebras"},
    {"quote": "rally"},
    {"claim": "water"},
    {"box": Box(-10, 50, 0, 60)},
    {"sources": ("Herald",)},
)


@pytest.fixture
def full(tmp_path):
    """The name of a book with some of everything in it, and accounts."""
    name = str(tmp_path / "full.db")
    book = open_book(name, FakeLinker())
    broken = Coded(id="x", failures=(Failure("x", "code", "it broke at \x00 and \uffff"),))
    book.keep(
        [
            read("a", claims=("clean water",), words="Zebras \x00 came. \uffff\ufffe", response=("arrests",)),
            read("b", source="Herald", size=(300, None), words="(Wire)"),
            read("c", place="Leeds", words="(Wire)"),
            read("d", place="Tomsk", words="(Wire)", confidence={"record": 0.123456789012345}),
            post("p", "fedcba9876543210", "", "0123456789abcdef", author="abcd", place="Apia"),
            read("f", place="Tomsk", words="Tigers. (Wire)"),
            (article("x"), broken),
        ]
    )
    book.link()
    book.keep([read("c", place="Leeds", words="Corrected.")])
    book.link()
    book.decide(
        [
            decision("same", "a-1", "c-1", why="an order\x00"),
            decision("correct", "d-1", field="form", value="march"),
        ]
    )
    book.decide([decision("reject", "b-1", minute=1)])
    book.keep([read("e", place="Suva")])
    book.link()
    book.take_down("e", by="ann", why="asked")
    # one that waits to be linked
    book.keep([read("g", place="Oban")])
    book.close()
    accounts = accounts_of(name, create=True)
    accounts.add("ann", "coder", "a hash")
    accounts.add_key(b"key", "ann", "script")
    accounts.begin(b"token", "ann", dt.datetime.now(dt.UTC) + dt.timedelta(hours=1))
    accounts.close()
    return name


def _rows(name):
    """Everything that a book has, by table."""
    database = database_of(name)
    with database.reading() as db:
        found = {
            table.name: sorted(map(repr, map(tuple, db.execute(select(table)))))
            for table in metadata.sorted_tables
        }
    database.close()
    return found


def _answers(name):
    book = open_book(name, FakeLinker(), create=False)
    found = [(list(book.events(Question(**asked))), book.facets(Question(**asked))) for asked in ASKED]
    rest = (
        book.changes(10),
        book.holdings(),
        book.tombstones(),
        book.failures(),
        book.decisions(),
    )
    book.close()
    return found, rest


def _accounts(name):
    accounts = accounts_of(name)
    held, secret = accounts.held(), accounts.secret()
    accounts.close()
    return held, secret


def test_a_book_goes_there_and_comes_back_as_it_was(full, new_name, tmp_path):
    there, back = new_name(), str(tmp_path / "back.db")
    moved = copy_book(full, there)
    assert (moved.articles, moved.records, moved.decisions, moved.accounts) == (8, 8, 3, 1)
    copy_book(there, back)
    assert _rows(full) == _rows(there) == _rows(back)
    assert all(_rows(full)[table.name] for table in metadata.sorted_tables)
    assert _answers(full) == _answers(there) == _answers(back)
    assert [len(events) for events, _ in _answers(full)[0]] == [3, 1, 3, 1, 1, 0]
    assert _accounts(full) == _accounts(there) == _accounts(back)


def test_a_copy_goes_on_by_itself(full, new_name):
    there = new_name()
    copy_book(full, there)
    books = [open_book(name, FakeLinker()) for name in (full, there)]
    for book in books:
        assert book.link() == 1
        book.keep([read("h", place="Tomsk")], [Failure("y", "read", "gone")])
        book.link()
        book.decide([decision("restore", "b-1", minute=2)])
        book.take_down("d", by="bob", why="asked")
    first, second = (
        [list(book.events()), book.failures(), [s.article for s in book.tombstones()]] for book in books
    )
    assert first == second
    for book in books:
        book.close()


def test_a_place_where_a_book_holds_something_is_refused_and_left_as_it_is(full, new_name):
    there = new_name()
    book = open_book(there, FakeLinker())
    book.keep([read("z")])
    book.close()
    before = _rows(there)
    with pytest.raises(
        BookError, match=r"received a book that holds something \(.*allowed: a database or a file"
    ):
        copy_book(full, there)
    assert _rows(there) == before


def test_accounts_that_are_there_stay_and_nothing_is_copied(full, new_name):
    there = new_name()
    accounts = accounts_of(there, create=True)
    accounts.add("bob", "admin", "his hash")
    accounts.close()
    with pytest.raises(BookError, match="accounts that are there, allowed: none"):
        copy_book(full, there)
    assert not any(_rows(there).values())
    assert [row["name"] for row in _accounts(there)[0]["accounts"]] == ["bob"]


def test_a_copy_that_is_cut_off_leaves_nothing(full, new_name):
    there = new_name()

    def stop():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        copy_book(full, there, step=stop)
    assert not any(_rows(there).values())
    assert copy_book(full, there).articles == 8


def test_where_there_is_no_book_nothing_is_made(tmp_path, new_name):
    with pytest.raises(BookError, match=r"none.db: received no such file"):
        copy_book(str(tmp_path / "none.db"), new_name())
    assert not (tmp_path / "none.db").exists()


def test_what_people_found_goes_along(tmp_path, new_name):
    name, target = str(tmp_path / "from.db"), new_name()
    book = open_book(name, FakeLinker())
    book.keep([with_vigil()])
    book.link()
    book.decide([finding()])
    events = list(book.events())
    book.close()
    copy_book(name, target)
    copied = open_book(target, FakeLinker())
    assert sorted(copied.events(), key=lambda one: one.id) == sorted(events, key=lambda one: one.id)
    copied.decide([finding(withdrawn=True, minute=1)])
    assert [event.form for event in copied.events()] == ["rally"]
    copied.close()
