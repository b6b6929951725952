import pytest
from fake_linker import FakeLinker
from kept_examples import read
from sqlalchemy import select

from rallybook.book.schema import copy_keys
from rallybook.book.store import SqliteBook


class Counting(FakeLinker):
    """Counts the texts that get keys, and the articles that are compared."""

    def __init__(self):
        self.keyed = 0
        self.read_again = []

    def copy_keys(self, text):
        self.keyed += 1
        return super().copy_keys(text)

    def copies(self, articles):
        self.read_again.append([article.id for article in articles])
        return super().copies(articles)


@pytest.fixture
def linker():
    return Counting()


@pytest.fixture
def book(tmp_path, linker):
    opened = SqliteBook(tmp_path / "book.db", linker)
    yield opened
    opened.close()


def _add(book, *given):
    book.keep(given)
    book.link()


def _keyed(book):
    with book._database.reading() as db:
        return len(db.execute(select(copy_keys.c.article)).all())


def test_an_article_that_alone_tells_its_event_gets_no_keys(book, linker):
    _add(book, read("a", words="(Wire)"), read("b", place="Leeds", words="(Wire)"))
    assert (linker.keyed, linker.read_again, _keyed(book)) == (0, [], 0)


def test_a_text_gets_its_keys_once(book, linker):
    _add(book, read("a", words="(Wire)"), read("b", words="(Wire)"))
    _add(book, read("c", words="(Wire)"))
    assert linker.keyed == 3
    assert linker.read_again == [["a", "b"], ["a", "b", "c"]]
    _add(book, read("c", words="(Wire)"))
    assert linker.keyed == 3


def test_only_articles_that_share_a_key_are_read_again(book, linker):
    _add(book, read("a", words="(Wire)"), read("b"), read("c", words="(Wire)"), read("d", words="(Agency)"))
    assert linker.read_again == [["a", "c"]]


def test_linking_all_anew_makes_the_keys_anew(book, linker):
    _add(book, read("a", words="(Wire)"), read("b", words="(Wire)"))
    book.link(everything=True)
    assert linker.keyed == 4


def test_what_is_taken_down_leaves_no_keys(book, linker):
    _add(book, read("a", words="(Wire)"), read("b", words="(Wire)"))
    book.take_down("b", by="ann", why="asked")
    assert _keyed(book) == 1
