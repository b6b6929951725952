"""Requests are counted and logged by their route; nothing of what was asked for is in either."""

import json
import logging

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from rallybook import logs
from rallybook.server.app import create_app
from rallybook.server.metrics import Requests
from rallybook.server.observed import REQUEST_ID, Observed
from rallybook.server.settings import Settings


@pytest.fixture
def log(capsys):
    """Gives the lines of the log that were written, as JSON."""
    told = [logging.getLogger(name) for name in ("", "rallybook", "rallybook.request")]
    before = [(logger, logger.handlers, logger.propagate, logger.level) for logger in told]
    logs.set_up("json", serving=True)
    yield lambda: [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    for logger, handlers, propagate, level in before:
        logger.handlers, logger.propagate = handlers, propagate
        logger.setLevel(level)


def lines_of(log):
    return [line for line in log() if line["logger"] == "rallybook.request"]


def test_a_request_is_logged_without_what_was_asked(client, log):
    answer = client.get("/api/v1/events?text=Cora+Coder&country=GB", headers={"User-Agent": "secret agent"})
    (line,) = lines_of(log)
    assert line.pop("ms") > 0
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "request",
        "level": "info",
        "logger": "rallybook.request",
        "method": "GET",
        "route": "/api/v1/events",
        "status": 200,
        "request_id": answer.headers[REQUEST_ID],
    }


@pytest.mark.parametrize(
    ("path", "route", "status"),
    [
        ("/api/v1/events/ann@example.org", "/api/v1/events/{name}", 404),
        ("/ann@example.org", "unmatched", 404),
        ("/api/v1/events?form=dance", "/api/v1/events", 422),
    ],
)
def test_a_path_is_told_by_its_template(client, log, path, route, status):
    client.get(path)
    (line,) = lines_of(log)
    assert (line["route"], line["status"]) == (route, status)
    assert "ann" not in json.dumps({**line, "request_id": ""})


def test_what_a_guard_refuses_is_logged_too(client, log):
    client.get("/api/v1/events", headers={"Host": "evil.example"})
    client.post("/api/v1/session", content=b"x" * 300_000)
    assert [(line["route"], line["status"]) for line in lines_of(log)] == [
        ("unmatched", 421),
        ("unmatched", 413),
    ]


def test_what_is_asked_for_all_the_time_is_not_logged(client, log):
    for path in ("/health/live", "/health/ready", "/static/nothing.js"):
        client.get(path)
    assert lines_of(log) == []


def test_each_request_has_an_id_of_its_own(client):
    ids = {client.get("/health/live").headers[REQUEST_ID] for _ in range(3)}
    assert len(ids) == 3


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("8f14e45f-ceea-467f-a0e6-1c2d3e4f5a6b", True),
        ("short", False),
        ('" onmouseover="', False),
        ("x" * 65, False),
        ("ann@example.org", False),
    ],
)
def test_the_id_of_a_proxy_is_kept_where_it_is_one(client, given, kept):
    told = client.get("/health/live", headers={REQUEST_ID: given}).headers[REQUEST_ID]
    assert (told == given) is kept


def test_an_unforeseen_error_is_counted_and_bears_its_id(book, log, monkeypatch):
    app = create_app(book, Settings())
    monkeypatch.setattr(app.state.shelf.opened.book, "count", lambda *_: 1 / 0)
    client = TestClient(app, base_url="http://127.0.0.1:8000", raise_server_exceptions=False)
    answer = client.get("/api/v1/meta")
    (line,) = lines_of(log)
    assert (answer.status_code, line["status"], line["level"]) == (500, 500, "error")
    assert answer.headers[REQUEST_ID] == line["request_id"]
    assert 'route="/api/v1/meta",status="500"} 1' in "".join(app.state.shelf.requests.lines())
    app.state.shelf.close()


def test_methods_that_nobody_knows_are_one(log):
    requests = Requests()
    client = TestClient(Observed(FastAPI(), requests=requests))
    for method in ("BREW", "WHEN", "PROPFIND"):
        client.request(method, "/x")
    assert {line["method"] for line in lines_of(log)} == {"other"}
    assert 'method="other",route="unmatched",status="404"} 3' in "".join(requests.lines())
