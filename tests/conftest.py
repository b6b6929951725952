"""What holds for all tests, and the databases that a book may be in."""

import importlib.util
import itertools
import os

import pytest
from database_server import MISSING, NAMED, DatabaseServer, binaries
from fake_linker import FakeLinker
from hypothesis import settings

from rallybook.book.choosing import open_book

# a busy machine must not fail a law, nor chance one run of many
settings.register_profile("rallybook", deadline=None, derandomize=True)
settings.load_profile("rallybook")


@pytest.fixture(scope="session")
def database_server():
    """A PostgreSQL server for the tests of this session; those that need one are left out where there is none."""
    if not importlib.util.find_spec("psycopg"):
        pytest.skip("psycopg is not installed: pip install 'rallybook[postgres]'")
    if not os.environ.get(NAMED) and not binaries():
        pytest.skip(MISSING)
    server = DatabaseServer()
    yield server
    server.close()


@pytest.fixture(scope="session")
def empty_books(database_server):
    """Gives the address of a database with an empty book, by a number; there is one for each number."""
    made = {}

    def empty(number):
        if number not in made:
            made[number] = database_server.database()
            open_book(made[number], FakeLinker()).close()
        database_server.clear(made[number])
        return made[number]

    return empty


@pytest.fixture(params=["sqlite", "postgres"])
def new_name(request, tmp_path):
    """Gives names under which there is nothing yet: paths of files, and addresses of databases with an empty book."""
    numbers = itertools.count()
    if request.param == "sqlite":
        return lambda: str(tmp_path / f"book{next(numbers)}.db")
    empty = request.getfixturevalue("empty_books")
    return lambda: empty(next(numbers))
