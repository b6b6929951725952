"""A book on a server is served as one in a file is."""

import pytest
from served_examples import PASSWORD
from starlette.testclient import TestClient

from rallybook.book.transfer import copy_book
from rallybook.server.app import create_app
from rallybook.server.settings import Settings

_ASKED = (
    "/api/v1/events?limit=3",
    "/api/v1/events?text=nurses&country=GB",
    "/api/v1/events?near=56.4,-5.4,500",
    "/api/v1/facets",
    "/api/v1/timeline?by=week",
    "/api/v1/points",
    "/ogc/collections/events/items?bbox=-10,50,0,60",
)


@pytest.fixture
def moved(book, _made_once, empty_books):
    """The address of the book of examples, with its accounts."""
    address = empty_books(0)
    copy_book(str(_made_once), address)
    return address


def test_it_answers_as_a_file_does(client, book, moved):
    # whoever has logged in may read what everybody may read of the file
    with TestClient(create_app(moved, Settings(host="0.0.0.0")), base_url="http://testserver") as asking:
        for path in _ASKED:
            told, there = client.get(path), asking.get(path)
            assert (told.status_code, there.status_code) == (200, 200), path
            assert there.json() == _at(told.json(), "http://127.0.0.1:8000", "http://testserver"), path
        assert asking.get("/").status_code == 200


def test_a_coder_logs_in_and_corrects(moved):
    with TestClient(create_app(moved, Settings(host="0.0.0.0")), base_url="http://testserver") as asking:
        told = {"kind": "correct", "names": ["d-1"], "field": "form", "value": "march"}
        assert asking.post("/api/v1/decisions", json=told).status_code in (401, 403)
        answer = asking.post("/api/v1/session", json={"name": "coder", "password": PASSWORD})
        assert answer.status_code == 200, answer.text
        asking.headers["X-CSRF-Token"] = answer.json()["csrf"]
        before = asking.get("/api/v1/events?country=RU")
        assert asking.post("/api/v1/decisions", json=told).status_code == 201
        after = asking.get("/api/v1/events?country=RU", headers={"If-None-Match": before.headers["etag"]})
        assert (after.status_code, after.json()["events"][0]["form"]) == (200, "march")


def _at(told, here, there):
    if isinstance(told, dict):
        return {key: _at(value, here, there) for key, value in told.items()}
    if isinstance(told, list):
        return [_at(value, here, there) for value in told]
    return told.replace(here, there) if isinstance(told, str) else told
