import shutil
from pathlib import Path

import pytest
from fake_linker import FakeLinker
from served_examples import PASSWORD, add_accounts, serve_book
from starlette.testclient import TestClient

from rallybook import api
from rallybook.server.app import create_app
from rallybook.server.settings import Settings


@pytest.fixture(scope="session")
def _made_once(tmp_path_factory):
    # making the tables takes longer than most tests
    path = tmp_path_factory.mktemp("served") / "book.db"
    serve_book(path)
    add_accounts(path.with_name("book.db.accounts"))
    return path


@pytest.fixture
def book(_made_once, tmp_path, monkeypatch):
    """The path of a book of five articles; see `served_examples`."""
    monkeypatch.setattr(api, "linker", FakeLinker)
    return Path(shutil.copy(_made_once, tmp_path))


@pytest.fixture
def client(book):
    """Asks a server on this machine without accounts."""
    with TestClient(create_app(book, Settings()), base_url="http://127.0.0.1:8000") as asking:
        yield asking


@pytest.fixture
def public(book, _made_once, tmp_path):
    """Asks a server with accounts as somebody who has not logged in."""
    shutil.copy(_made_once.with_name("book.db.accounts"), tmp_path)
    with TestClient(create_app(book, Settings(host="0.0.0.0")), base_url="http://testserver") as asking:
        yield asking


@pytest.fixture
def as_role(public):
    """Gives a client that has logged in as an account of a role, and sends the token along."""

    def logged_in(role):
        asking = TestClient(public.app, base_url="http://testserver")
        answer = asking.post("/api/v1/session", json={"name": role, "password": PASSWORD})
        assert answer.status_code == 200, answer.text
        asking.headers["X-CSRF-Token"] = answer.json()["csrf"]
        return asking

    return logged_in
