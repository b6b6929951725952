import pytest
from served_examples import PASSWORD
from starlette.testclient import TestClient

from rallybook.server.app import create_app
from rallybook.server.doorkeeper import COOKIE
from rallybook.server.settings import Settings

LOGIN = "/api/v1/session"


def _log_in(client, name="coder", password=PASSWORD, **options):
    return client.post(LOGIN, json={"name": name, "password": password}, **options)


def test_whoever_logs_in_is_known_until_they_log_out(public):
    assert public.get("/api/v1/meta").json()["caller"]["role"] is None
    token = _log_in(public).json()["csrf"]
    assert public.get("/api/v1/meta").json()["caller"] == {
        "name": "coder", "role": "coder", "local": False, "csrf": token,
    }  # fmt: skip
    assert public.delete(LOGIN, headers={"X-CSRF-Token": token}).status_code == 204
    assert public.get("/api/v1/meta").json()["caller"]["role"] is None


def test_the_cookie_is_no_business_of_scripts_nor_of_other_sites(public):
    cookie = _log_in(public).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie


def test_behind_https_the_cookie_goes_that_way_only(public, book):
    settings = Settings(host="0.0.0.0", secure_cookies=True)
    with TestClient(create_app(book, settings), base_url="https://testserver") as asking:
        assert "Secure" in _log_in(asking).headers["set-cookie"]


def test_a_wrong_name_and_a_wrong_password_have_one_answer(public):
    wrong = [_log_in(public, password="another password"), _log_in(public, name="nobody")]
    assert {answer.status_code for answer in wrong} == {401}
    assert wrong[0].json() == wrong[1].json()


def test_a_cookie_that_was_there_before_is_not_the_session(public):
    # session fixation: whoever planted a cookie, even a session of their own, must not be logged in with the victim
    planted = _log_in(TestClient(public.app, base_url="http://testserver"), name="reader").cookies[COOKIE]
    public.cookies.set(COOKIE, planted)
    given = _log_in(public).cookies[COOKIE]
    assert given != planted
    other = TestClient(public.app, base_url="http://testserver", cookies={COOKIE: planted})
    assert other.get("/api/v1/meta").json()["caller"]["role"] is None


@pytest.mark.parametrize(
    "change", [lambda cookie: cookie[:-2] + "xx", lambda cookie: "x" + cookie, lambda _: "'--"]
)
def test_a_cookie_that_we_did_not_sign_is_nobody(public, change):
    cookie = _log_in(public).cookies[COOKIE]
    other = TestClient(public.app, base_url="http://testserver", cookies={COOKIE: change(cookie)})
    assert other.get("/api/v1/meta").json()["caller"]["role"] is None


def test_after_log_out_the_cookie_that_somebody_kept_is_nobody(public):
    answer = _log_in(public)
    kept = answer.cookies[COOKIE]
    public.delete(LOGIN, headers={"X-CSRF-Token": answer.json()["csrf"]})
    other = TestClient(public.app, base_url="http://testserver", cookies={COOKIE: kept})
    assert other.get("/api/v1/meta").json()["caller"]["role"] is None


def test_a_guesser_has_to_wait_and_even_the_right_password_does_not_help(public):
    tries = [_log_in(public, password=f"guess number {number}") for number in range(6)]
    assert [answer.status_code for answer in tries] == [401] * 5 + [429]
    assert int(tries[-1].headers["Retry-After"]) > 0
    assert _log_in(public).status_code == 429
    assert _log_in(public, name="reader").status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        {"name": "coder"},
        {"name": "coder", "password": 1},
        {"name": "coder", "password": PASSWORD, "role": "admin"},
        {"name": "x" * 2_000, "password": PASSWORD},
        [],
    ],
)
def test_a_log_in_has_a_name_and_a_password_and_nothing_else(public, body):
    answer = public.post(LOGIN, json=body)
    assert answer.status_code == 422
    assert answer.json()["allowed"]


def test_a_form_of_another_site_cannot_log_anybody_in(public):
    form = public.post(
        LOGIN,
        content='{"name":"coder","password":"' + PASSWORD + '"}',
        headers={"Content-Type": "text/plain"},
    )
    assert form.status_code == 415
    script = _log_in(public, headers={"Origin": "https://evil.example"})
    assert script.status_code == 403


def test_a_key_acts_for_its_account_and_is_told_once(public, as_role):
    coder = as_role("coder")
    key = coder.post("/api/v1/keys", json={"label": "nightly"}).json()["key"]
    assert coder.get("/api/v1/keys").json()["keys"][0].keys() == {"label", "since"}
    bearer = {"Authorization": f"Bearer {key}"}
    assert public.get("/api/v1/meta", headers=bearer).json()["caller"]["name"] == "coder"
    made = public.post("/api/v1/decisions", json={"kind": "reject", "names": ["d-1"]}, headers=bearer)
    assert made.status_code == 201
    assert coder.delete("/api/v1/keys/nightly").status_code == 204
    assert public.get("/api/v1/events", headers=bearer).status_code == 401


def test_a_key_that_is_none_is_refused_rather_than_taken_for_the_public(public):
    answer = public.get("/api/v1/events", headers={"Authorization": "Bearer rbk_guess"})
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")


def test_no_two_keys_of_an_account_have_one_label(as_role):
    coder = as_role("coder")
    assert coder.post("/api/v1/keys", json={"label": "one"}).status_code == 201
    again = coder.post("/api/v1/keys", json={"label": "one"})
    assert (again.status_code, again.json()["parameter"]) == (400, "label")


def test_without_accounts_there_is_nothing_to_log_in_to(client):
    answer = _log_in(client)
    assert answer.status_code == 409
    assert client.get("/api/v1/meta").json()["caller"]["local"] is True
