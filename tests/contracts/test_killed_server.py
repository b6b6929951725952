"""A database server that is killed at any moment: what was counted as kept is there when it runs again, once."""

import os
import random
import threading

import pytest
from database_server import NAMED, DatabaseServer
from fake_linker import FakeLinker
from kept_examples import read

from rallybook.book.choosing import open_book
from rallybook.errors import BookError

# RALLYBOOK_KILLS=50 for a thorough run
_KILLS = int(os.environ.get("RALLYBOOK_KILLS", "2"))


@pytest.fixture
def own_server(database_server, monkeypatch):
    """A server that only this test uses."""
    if os.environ.get(NAMED):
        pytest.skip(f"the server that {NAMED} names is not ours to kill")
    server = DatabaseServer()
    yield server
    server.close()


def _keep(book, turn, counted):
    """Keep and link articles until the server is gone; `counted` are the records that are said to be kept."""
    for number in range(100_000):
        made = [read(f"{turn}-{number}-{n}", day=f"2024-05-{n + 1:02}") for n in range(5)]
        book.keep(made)
        counted += [f"{article.id}-1" for article, _ in made]
        book.link()


def test_what_was_kept_outlives_the_server(own_server):
    name, chance, counted = own_server.database(), random.Random(3), []
    open_book(name, FakeLinker()).close()
    for turn in range(_KILLS):
        book = open_book(name, FakeLinker())
        killer = threading.Timer(chance.uniform(0.3, 0.8), own_server.kill)
        killer.start()
        with pytest.raises(BookError, match=r"postgres@/rallybook_\d+_\d+\?host="):
            _keep(book, turn, counted)
        killer.join()
        book.close()
        own_server.kill()()
    book = open_book(name, FakeLinker())
    book.link()
    told = [telling.record for event in book.events() for telling in event.records]
    assert len(told) == len(set(told))
    # what was being kept when the server died may be there or not, whole
    assert set(counted) <= set(told)
    assert len(told) - len(counted) in range(0, 5 * _KILLS + 1, 5)
    assert counted
    book.close()
