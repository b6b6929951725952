"""Rows of tables: the page of an event says what they are, and those that may not be passed on show no words."""

import pytest
from fake_linker import FakeLinker
from kept_examples import read
from made_tables import coded
from served_examples import PASSWORD, add_accounts
from starlette.testclient import TestClient

from rallybook import api
from rallybook.book.store import SqliteBook
from rallybook.server.app import create_app
from rallybook.server.settings import Settings

# words of the rows that no value of the event has
CLOSED, OPEN = "On 12 May 2024, about 200 ferry workers", "presence; tear gas"
PATHS = (
    "/api/v1/events", "/api/v1/events/{}", "/events/{}", "/api/v1/articles/acled:GBR1", "/api/v1/records/{record}",
    "/api/v1/export?format=csv", "/api/v1/export?format=jsonl", "/api/v1/export?layout=acled",
    "/api/v1/search?text=ferry",    "/api/v1/feed.atom", "/ogc/collections/events/items",
)  # fmt: skip


@pytest.fixture
def public(tmp_path, monkeypatch):
    monkeypatch.setattr(api, "linker", FakeLinker)
    path = tmp_path / "book.db"
    kept = SqliteBook(path, FakeLinker())
    kept.keep([read("a", place="Leeds"), coded("acled"), coded("ccc")])
    kept.link()
    kept.close()
    add_accounts(path.with_name("book.db.accounts"))
    with TestClient(create_app(path, Settings(host="0.0.0.0")), base_url="http://testserver") as asking:
        yield asking


def _event(asking, article):
    events = asking.get("/api/v1/events").json()["events"]
    ((event, record),) = [
        (event["id"], one["record"])
        for event in events
        for one in event["records"]
        if one["article"] == article
    ]
    return event, record


def test_the_words_of_a_closed_row_are_in_no_public_answer(public):
    event, record = _event(public, "acled:GBR1")
    for path in PATHS:
        answer = public.get(path.format(event, record=record))
        assert answer.status_code == 200, path
        assert CLOSED not in answer.text, path
        # our own code for the columns of ACLED has these words, too
        assert "Peaceful protest" not in answer.text or "layout=acled" in path, path


def test_a_coder_sees_the_row_that_there_is_to_judge(public):
    asking = TestClient(public.app, base_url="http://testserver")
    asking.post("/api/v1/session", json={"name": "coder", "password": PASSWORD})
    event, _ = _event(public, "acled:GBR1")
    assert CLOSED in asking.get("/api/v1/articles/acled:GBR1").json()["text"]
    assert CLOSED in asking.get(f"/events/{event}").text


def test_the_page_of_an_event_says_that_no_text_was_read(public):
    event, _ = _event(public, "acled:GBR1")
    text = public.get(f"/events/{event}").text
    assert "Row GBR1 of ACLED: no text was read" in text
    assert "ACLED terms of use" in text
    assert "Its terms do not allow to show the row." in text


def test_an_open_row_shows_its_cells(public):
    event, _ = _event(public, next(_rows(public, "ccc")))
    text = public.get(f"/events/{event}").text
    assert "of CCC: no text was read" in text
    assert OPEN in text


def _rows(asking, table):
    for event in asking.get("/api/v1/events").json()["events"]:
        for one in event["records"]:
            if one.get("imported", {}).get("table") == table:
                yield one["article"]


def test_an_answer_says_whose_a_record_is(public):
    event, _ = _event(public, "acled:GBR1")
    records = public.get(f"/api/v1/events/{event}").json()["event"]["records"]
    told = {one["article"]: one.get("imported") for one in records}
    assert told["a"] is None
    assert told["acled:GBR1"]["terms"] == "ACLED terms of use"
