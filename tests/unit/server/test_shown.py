"""What means harm or is nobody's business leaves the server in no answer."""

import json

import pytest
from kept_examples import HASHES
from served_examples import PRIVATE, SCRIPT

PATHS = [
    "/api/v1/events", "/api/v1/events/{event}", "/api/v1/points", "/api/v1/timeline", "/api/v1/facets",
    "/api/v1/articles/c", "/api/v1/articles/e", "/api/v1/records/c-1", "/api/v1/records/e-1",
    "/api/v1/search?text=rally", "/api/v1/decisions", "/api/v1/export?format=csv", "/api/v1/export?format=jsonl",
    "/api/v1/export?format=json", "/api/v1/export?format=geojson", "/api/v1/feed.atom", "/api/v1/meta",
    "/ogc", "/ogc/conformance", "/ogc/collections", "/ogc/collections/events", "/ogc/collections/events/items",
    "/ogc/collections/events/items/{event}", "/api/v1/openapi.json",
]  # fmt: skip


def _answers(asking):
    ids = [event["id"] for event in asking.get("/api/v1/events").json()["events"]]
    for path in PATHS:
        for event in ids if "{event}" in path else [""]:
            answer = asking.get(path.format(event=event))
            assert answer.status_code == 200, path
            yield path, answer


@pytest.mark.parametrize("role", ["public", "reader"])
def test_who_judged_and_why_stands_in_no_answer_but_to_coders(public, as_role, role):
    asking = public if role == "public" else as_role(role)
    for path, answer in _answers(asking):
        assert not any(words in answer.text for words in PRIVATE), path


@pytest.mark.parametrize("role", ["public", "coder", "adjudicator", "admin"])
def test_hashes_of_authors_and_pictures_stand_in_no_answer(public, as_role, role):
    asking = public if role == "public" else as_role(role)
    for path, answer in _answers(asking):
        assert not any(one in answer.text for one in HASHES), path


def test_whether_a_picture_is_recycled_is_told(public):
    events = public.get("/api/v1/events").json()["events"]
    told = {one["record"]: one.get("recycled") for event in events for one in event["records"]}
    assert told == {"a-1": None, "b-1": None, "c-1": True, "d-1": None, "e-1": None}


def test_coders_see_who_judged_and_why(as_role):
    text = as_role("coder").get("/api/v1/decisions").text
    assert all(words in text for words in PRIVATE)


def test_every_public_path_is_tried(public):
    described = {
        path.replace("{name}", "{event}").replace("{collection}", "events")
        for path, operations in public.app.openapi()["paths"].items()
        if "get" in operations
    }
    tried = {path.split("?")[0] for path in PATHS}
    tried |= {f"/api/v1/{kind}/{{event}}" for kind in ("articles", "records")}
    # what only coders are told is tried in test_second_coder
    coders = {
        f"/api/v1/{kind}"
        for kind in ("second", "codings/{event}", "agreement", "adjudications", "adjudications/{event}")
    }
    assert described - tried == {"/api/v1/keys", *coders}
    assert {public.get(path).status_code for path in coders} == {401}


def test_a_url_that_would_run_leads_nowhere(client):
    for path, answer in _answers(client):
        assert "javascript:" not in answer.text, path


def test_nothing_that_has_markup_is_sent_as_a_page(client):
    for path, answer in _answers(client):
        assert not answer.headers["content-type"].startswith("text/html"), path
        assert answer.headers["x-content-type-options"] == "nosniff"
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "script-src 'self';" in policy
        assert "unsafe" not in policy


def test_markup_in_a_feed_is_text(client):
    assert SCRIPT not in client.get("/api/v1/feed.atom").text
    assert "&lt;script&gt;" in client.get("/api/v1/feed.atom").text


def test_markup_in_json_comes_back_as_it_was(client):
    (event,) = client.get("/api/v1/events?country=FJ").json()["events"]
    assert event["records"][0]["quote"].startswith(SCRIPT)
    assert json.dumps(event)
