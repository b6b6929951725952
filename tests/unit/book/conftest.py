"""A book for what is tested on one with something in it."""

import pytest
from fake_linker import FakeLinker
from kept_examples import read

from rallybook.book.store import SqliteBook


@pytest.fixture
def book(tmp_path):
    """A book where two articles tell of a rally in Oban and a third of one in Leeds."""
    kept = SqliteBook(tmp_path / "book.db", FakeLinker())
    kept.keep([read("a"), read("b"), read("c", place="Leeds")])
    kept.link()
    yield kept
    kept.close()
