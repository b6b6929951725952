"""Who may do what, and that another site may do nothing in the name of whoever has both open."""

import pytest
from starlette.testclient import TestClient

from rallybook.errors import InputError
from rallybook.server.app import create_app
from rallybook.server.settings import Settings

DECISIONS = "/api/v1/decisions"
REJECT = {"kind": "reject", "names": ["a-1"]}


def test_a_server_that_others_reach_takes_accounts(book):
    with pytest.raises(InputError, match="account add"):
        create_app(book, Settings(host="0.0.0.0"))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_a_server_of_this_machine_alone_takes_none(book, host):
    create_app(book, Settings(host=host))


@pytest.mark.parametrize(("method", "path"), [("POST", DECISIONS), ("POST", f"{DECISIONS}/undo")])
def test_the_public_and_readers_change_nothing(public, as_role, method, path):
    assert public.request(method, path, json=REJECT).status_code == 401
    answer = as_role("reader").request(method, path, json=REJECT)
    assert (answer.status_code, answer.json()["allowed"]) == (403, "coder")


@pytest.mark.parametrize("role", ["coder", "adjudicator", "admin"])
def test_coders_and_those_above_them_judge(as_role, role):
    assert as_role(role).post(DECISIONS, json=REJECT).status_code == 201


def test_what_another_site_sends_with_the_cookie_of_this_one_changes_nothing(as_role):
    coder = as_role("coder")
    token = coder.headers.pop("X-CSRF-Token")
    assert coder.post(DECISIONS, json=REJECT).status_code == 403
    assert coder.post(DECISIONS, json=REJECT, headers={"X-CSRF-Token": token[::-1]}).status_code == 403
    elsewhere = {"X-CSRF-Token": token, "Origin": "https://evil.example"}
    assert coder.post(DECISIONS, json=REJECT, headers=elsewhere).status_code == 403
    own = {"X-CSRF-Token": token, "Origin": "http://testserver"}
    assert coder.post(DECISIONS, json=REJECT, headers=own).status_code == 201


def test_the_token_of_one_session_is_no_other_ones(as_role):
    coder, other = as_role("coder"), as_role("adjudicator")
    coder.headers["X-CSRF-Token"] = other.headers["X-CSRF-Token"]
    assert coder.post(DECISIONS, json=REJECT).status_code == 403


def test_this_machine_changes_nothing_without_the_token_either(client):
    assert client.post(DECISIONS, json=REJECT).status_code == 403


def test_who_judges_is_who_asks_whatever_the_body_says(as_role):
    # mass assignment
    coder = as_role("coder")
    for field in ({"by": "adjudicator"}, {"at": "1999-01-01T00:00:00Z"}, {"id": "x"}, {"role": "admin"}):
        assert coder.post(DECISIONS, json=REJECT | field).status_code == 422, field
    assert coder.post(DECISIONS, json=REJECT).json()["decisions"][0]["by"] == "coder"


def test_a_book_that_is_not_open_to_all_shows_nothing_to_the_public(book, public):
    settings = Settings(host="0.0.0.0", open_to_all=False)
    app = create_app(book, settings)
    with TestClient(app, base_url="http://testserver") as asking:
        for path in app.openapi()["paths"]:
            if path not in {"/api/v1/meta", "/api/v1/session"} and "get" in app.openapi()["paths"][path]:
                url = path.replace("{name}", "a-1").replace("{collection}", "events")
                assert asking.get(url, params={"text": "a"} if "search" in url else {}).status_code == 401, (
                    url
                )
        assert asking.get("/api/v1/meta").json()["events"] == 0


def test_other_sites_may_read_what_is_public_and_nothing_of_a_session(public):
    assert public.get("/api/v1/events").headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in public.get("/api/v1/events").headers
    assert "Access-Control-Allow-Origin" not in public.get("/api/v1/meta").headers
    assert "Access-Control-Allow-Origin" not in public.post(DECISIONS, json=REJECT).headers


def test_other_sites_read_nothing_of_a_server_of_this_machine(client):
    assert "Access-Control-Allow-Origin" not in client.get("/api/v1/events").headers


def test_a_name_that_was_pointed_at_this_machine_reads_nothing(client):
    # DNS rebinding
    answer = client.get("/api/v1/events", headers={"Host": "evil.example"})
    assert (answer.status_code, answer.json()["received"]) == (421, "evil.example")
    assert client.get("/api/v1/events", headers={"Host": "localhost:8000"}).status_code == 200


def test_what_a_coder_is_told_stays_out_of_caches_that_others_share(public, as_role):
    assert public.get("/api/v1/events").headers["Cache-Control"] == "no-cache"
    assert as_role("coder").get("/api/v1/events").headers["Cache-Control"] == "private, no-cache"
