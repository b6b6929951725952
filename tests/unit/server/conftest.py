import pytest
from fake_linker import FakeLinker
from kept_examples import read
from starlette.testclient import TestClient

from rallybook import api
from rallybook.book.store import SqliteBook
from rallybook.server.app import create_app
from rallybook.server.settings import Settings


@pytest.fixture
def book(tmp_path, monkeypatch):
    """The path of a book of four articles: two of one rally in Oban, a march in Leeds, a rally in Tomsk."""
    monkeypatch.setattr(api, "linker", FakeLinker)
    path = tmp_path / "book.db"
    kept = SqliteBook(path, FakeLinker())
    kept.keep(
        [
            read("a", size=300, words="Nurses came.", quote="Nurses held a rally."),
            read("b", size=500),
            read("c", place="Leeds", form="march"),
            read("d", place="Tomsk", day="2024-06"),
        ]
    )
    kept.link()
    kept.close()
    return path


@pytest.fixture
def client(book):
    """Asks a server on this machine without accounts."""
    with TestClient(create_app(book, Settings()), base_url="http://127.0.0.1:8000") as asking:
        yield asking
