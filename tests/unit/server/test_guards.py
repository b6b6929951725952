import asyncio
import json

import pytest

from rallybook.server.guards import LONGEST_BODY, Bounded, policy
from rallybook.server.settings import Settings

DECISIONS = "/api/v1/decisions"
AS_JSON = {"Content-Type": "application/json"}


def test_a_body_that_says_that_it_is_too_long_is_refused_unread(as_role):
    answer = as_role("coder").post(DECISIONS, content=b" " * (LONGEST_BODY + 1), headers=AS_JSON)
    assert (answer.status_code, answer.json()["parameter"]) == (413, "body")


def test_a_body_that_does_not_say_how_long_it_is_is_cut_off(as_role):
    pieces = (b" " * 65_536 for _ in range(10))
    answer = as_role("coder").post(DECISIONS, content=pieces, headers=AS_JSON)
    assert answer.status_code == 413


@pytest.mark.parametrize(
    "deep",
    [
        "[" * 50_000,
        '{"value":' * 20_000,
        '{"kind":"correct","names":["a-1"],"field":"place","value":' + "[" * 30_000,
    ],
)
def test_json_of_a_thousand_storeys_is_refused(as_role, deep):
    answer = as_role("coder").post(DECISIONS, content=deep, headers=AS_JSON)
    assert answer.status_code in {400, 422}


@pytest.mark.parametrize(
    "body", [b"", b"{", b"\xff\xfe", b"null", b'"text"', b"[1]", json.dumps({"kind": 1}).encode()]
)
def test_what_is_no_decision_is_refused(as_role, body):
    answer = as_role("coder").post(DECISIONS, content=body, headers=AS_JSON)
    assert answer.status_code == 422
    assert answer.json()["allowed"]


def test_a_body_that_never_ends_is_given_up():
    sent = []

    async def app(scope, receive, send):
        while (await receive()).get("more_body"):
            pass

    async def receive():
        await asyncio.sleep(60)

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/", "headers": []}
    asyncio.run(Bounded(app, seconds=0.05)(scope, receive, send))
    assert sent[0]["status"] == 408


def test_a_part_of_a_file_is_sent_as_it_is(client):
    whole = client.get("/api/v1/export?format=jsonl", headers={"Accept-Encoding": "gzip"})
    assert whole.headers["content-encoding"] == "gzip"
    part = client.get(
        "/api/v1/export?format=jsonl", headers={"Accept-Encoding": "gzip", "Range": "bytes=0-9"}
    )
    assert "content-encoding" not in part.headers


def test_no_policy_lets_a_script_run_that_stands_in_a_page():
    for settings in (Settings(), Settings(style="https://tiles.example/style.json")):
        assert "unsafe" not in policy(settings)
        assert "script-src 'self';" in policy(settings)
    assert "connect-src 'self' https://tiles.example" in policy(
        Settings(style="https://tiles.example/style.json")
    )


@pytest.mark.parametrize(
    "path",
    [
        "/static/../../settings.py",
        "/static/%2e%2e/%2e%2e/settings.py",
        "/api/v1/articles/..%2f..%2fetc%2fpasswd",
        "/static/..%5csettings.py",
    ],
)
def test_no_path_leads_out(client, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert "import" not in answer.text
