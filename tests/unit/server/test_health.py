"""Health, and metrics as Prometheus's own parser reads them, for those who may."""

import sqlite3

import msgspec
import pytest
from fake_linker import FakeLinker
from kept_examples import decision, read
from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient

from rallybook.book.store import SqliteBook
from rallybook.model.question import Question
from rallybook.server import remembered
from rallybook.server.app import create_app
from rallybook.server.metrics import BOUNDS, Requests
from rallybook.server.review_queue import queued, waiting
from rallybook.server.settings import Settings

TOKEN = "a-token-of-some-length"


@pytest.fixture
def asking(book):
    """Gives a client of a server with these settings, from an address."""
    made = []

    def ask(*, address="127.0.0.1", **settings):
        app = create_app(book, Settings(**settings))
        made.append(app)
        return TestClient(app, base_url="http://127.0.0.1:8000", client=(address, 50_000))

    yield ask
    for app in made:
        app.state.shelf.close()


def families(text):
    return {family.name: family for family in text_string_to_metric_families(text)}


def value(found, name, **labels):
    (sample,) = [
        s for s in found[name.removesuffix("_total")].samples if s.name == name and s.labels == labels
    ]
    return sample.value


def test_a_server_is_live_and_ready(client):
    assert client.get("/health/live").json() == {"status": "live"}
    assert client.get("/health/ready").json() == {"status": "ready"}


def test_a_book_that_another_version_changed_is_not_ready(client, book):
    with sqlite3.connect(book) as db:
        db.execute("UPDATE alembic_version SET version_num = '9999'")
    db.close()
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.headers["content-type"]) == (503, "application/problem+json")
    assert "a book of version 9999" in answer.json()["detail"]
    assert str(book) not in answer.text
    assert client.get("/health/live").status_code == 200


def test_a_book_that_another_took_the_place_of_is_not_ready(client, book):
    content = book.read_bytes()
    book.unlink()
    answer = client.get("/health/ready")
    assert (answer.status_code, "no such file any more" in answer.text) == (503, True)
    book.with_name("another.db").write_bytes(content)
    book.with_name("another.db").rename(book)
    answer = client.get("/health/ready")
    assert (answer.status_code, "another file than" in answer.text) == (503, True)


def test_health_is_told_where_nobody_may_read(book, public):
    public.app.state.shelf.settings = msgspec.structs.replace(
        public.app.state.shelf.settings, open_to_all=False
    )
    assert public.get("/api/v1/events").status_code == 401
    assert public.get("/health/ready").status_code == 200


def test_what_the_book_has_is_measured(asking):
    found = families(asking().get("/metrics").text)
    assert value(found, "rallybook_articles") == 5
    assert value(found, "rallybook_records") == 5
    assert value(found, "rallybook_events") == 4
    assert value(found, "rallybook_decisions") == 3
    assert value(found, "rallybook_records_to_link") == 0
    assert 0 <= value(found, "rallybook_last_article_age_seconds") < 86_400


def test_failures_are_measured_by_stage(asking, book):
    with sqlite3.connect(book) as db:
        rows = [("x", "read", "none"), ("y", "read", "none"), ("z", "code", 'a "quote"')]
        db.executemany("INSERT INTO failures (article, stage, reason, at) VALUES (?, ?, ?, '')", rows)
    db.close()
    found = families(asking().get("/metrics").text)
    assert value(found, "rallybook_failures", stage="read") == 2
    assert value(found, "rallybook_failures", stage="code") == 1


def test_requests_are_measured_by_route_and_status(asking):
    client = asking()
    for path in ("/api/v1/events", "/api/v1/events?form=dance", "/api/v1/events/nothing", "/no/such/path"):
        client.get(path)
    found = families(client.get("/metrics").text)
    total = "rallybook_http_requests_total"
    assert value(found, total, method="GET", route="/api/v1/events", status="200") == 1
    assert value(found, total, method="GET", route="/api/v1/events", status="422") == 1
    assert value(found, total, method="GET", route="/api/v1/events/{name}", status="404") == 1
    assert value(found, total, method="GET", route="unmatched", status="404") == 1
    took = "rallybook_http_request_duration_seconds"
    buckets = [
        s.value for s in found[took].samples if s.labels.get("route") == "/api/v1/events" and "le" in s.labels
    ]
    assert buckets == sorted(buckets)
    assert (len(buckets), buckets[-1]) == (len(BOUNDS) + 1, 2)


def test_the_histogram_counts_what_took_up_to_its_bounds():
    requests = Requests()
    for seconds in (0.005, 0.0051, 0.2, 11.0):
        requests.count("GET", "/x", 200, seconds)
    found = families("".join(requests.lines()))
    took = "rallybook_http_request_duration_seconds"
    within = {s.labels["le"]: s.value for s in found[took].samples if "le" in s.labels}
    assert (within["0.005"], within["0.01"], within["0.1"], within["0.25"], within["10"], within["+Inf"]) == (
        1, 2, 2, 3, 3, 4,
    )  # fmt: skip
    (total,) = [s.value for s in found[took].samples if s.name == f"{took}_sum"]
    assert total == pytest.approx(11.2101)


def test_labels_are_escaped():
    requests = Requests()
    requests.count("GET", '/a"b\\c\nd', 200, 0.1)
    found = families("".join(requests.lines()))
    assert value(found, "rallybook_http_requests_total", method="GET", route='/a"b\\c\nd', status="200") == 1


@pytest.mark.parametrize(
    ("settings", "address", "headers", "status"),
    [
        ({}, "127.0.0.1", {}, 200),
        ({}, "::1", {}, 200),
        ({}, "10.0.0.7", {}, 401),
        ({}, "127.0.0.1", {"X-Forwarded-For": "127.0.0.1"}, 401),
        ({}, "127.0.0.1", {"Via": "1.1 proxy"}, 401),
        ({"metrics_token": TOKEN}, "10.0.0.7", {"Authorization": f"Bearer {TOKEN}"}, 200),
        ({"metrics_token": TOKEN}, "127.0.0.1", {}, 401),
        ({"metrics_token": TOKEN}, "10.0.0.7", {"Authorization": "Bearer another"}, 401),
        ({"metrics_token": TOKEN}, "10.0.0.7", {"Authorization": f"Basic {TOKEN}"}, 401),
    ],
)
def test_who_may_read_the_metrics(asking, settings, address, headers, status):
    answer = asking(address=address, **settings).get("/metrics", headers=headers)
    assert answer.status_code == status
    assert ("rallybook_events " in answer.text) is (status == 200)


def test_what_needs_a_person_is_counted_as_the_queue_has_it(tmp_path):
    book = SqliteBook(tmp_path / "queue.db", FakeLinker())
    unsure = {"confidence": {"record": 0.4}}
    book.keep([read("a", **unsure), read("b", place="Leeds", size=20_000), read("c", place="Tomsk")])
    book.keep([read("d", place="Suva", **unsure)])
    book.link()
    book.decide([decision("correct", "d-1", field="form", value="march")])
    assert queued(book) == len([found for found in waiting(book, Question()) if found.why]) == 2
    book.close()


def test_what_takes_long_is_counted_now_and_then(monkeypatch):
    now = [100.0]
    monkeypatch.setattr(remembered.time, "monotonic", lambda: now[0])
    counts = iter((7, 8))
    timed = remembered.Timed(lambda: next(counts), seconds=300)
    assert (timed(), timed()) == (7, 7)
    now[0] += 301
    assert timed() == 8
