import pytest
from served_examples import PRIVATE, SCRIPT
from starlette.testclient import TestClient

from rallybook.book.accounts import SqliteAccounts
from rallybook.server.app import create_app
from rallybook.server.rendering import words
from rallybook.server.settings import Settings


def _event(client, place):
    events = client.get("/api/v1/events").json()["events"]
    return next(event["id"] for event in events if event["place"]["name"] == place)


@pytest.mark.parametrize("path", ["/", "/events", "/pictures", "/review", "/login"])
def test_every_page_is_there(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/html")


def test_empty_fields_of_a_form_ask_nothing(client):
    told = client.get("/events?from=&to=&country=FJ&min_size=&text=")
    assert told.status_code == 200
    assert told.text.count('<th scope="row">') == 1


def test_what_cannot_be_asked_is_said_and_nothing_breaks(client):
    answer = client.get("/events?min_size=many")
    assert answer.status_code == 400
    assert "min_size" in answer.text


def test_a_question_that_only_the_book_refuses_is_said_too(client):
    answer = client.get("/events?from=2024-06-01&to=2024-05-01")
    assert answer.status_code == 400
    assert "2024-06-01" in answer.text


@pytest.mark.parametrize("path", ["/", "/pictures", "/pictures/weeks.svg", "/review/queue"])
def test_other_pages_bear_a_question_that_is_none(client, path):
    assert client.get(f"{path}?from=2024-06-01&to=2024-05-01").status_code == 200


@pytest.mark.parametrize("path", ["/events", "/events/EVENT", "/pictures", "/pictures/sources.svg"])
def test_words_of_an_article_are_no_markup(client, path):
    shown = client.get(path.replace("EVENT", _event(client, "Suva"))).text
    assert "alert(1)" in shown or path == "/events"
    for markup in (SCRIPT, "<img src=x", 'href="javascript:'):
        assert markup not in shown


@pytest.mark.parametrize("place", ["Leeds", "Tomsk"])
def test_who_decided_and_why_is_for_coders_only(public, as_role, place):
    path = f"/events/{_event(public, place)}"
    shown = public.get(path).text
    assert [name for name in PRIVATE if name in shown] == []
    assert PRIVATE[0] in as_role("coder").get(path).text


def test_a_picture_that_was_there_before_the_event_is_told_of(client):
    pages = [client.get(f"/events/{_event(client, place)}").text for place in ("Leeds", "Oban")]
    assert [words("event.article.recycled") in page for page in pages] == [True, False]


def test_a_record_leads_to_its_event(client):
    answer = client.get("/events/a-1", follow_redirects=False)
    assert answer.status_code == 308
    assert answer.headers["Location"] == f"/events/{_event(client, 'Oban')}"


@pytest.mark.parametrize("name", ["weeks", "responses", "sizes", "sources"])
def test_each_picture_is_an_svg_of_its_own(client, name):
    answer = client.get(f"/pictures/{name}.svg?form=rally")
    assert answer.headers["Content-Type"].startswith("image/svg+xml")
    assert "</svg>" in answer.text


def test_a_picture_that_there_is_none_of_is_said_so(client):
    assert client.get("/pictures/clouds.svg").status_code == 404


def test_a_book_that_is_not_open_to_all_leads_to_the_log_in_page(book):
    accounts = SqliteAccounts(book.with_name("book.db.accounts"), create=True)
    accounts.add("ann", "coder", "no hash")
    accounts.close()
    settings = Settings(open_to_all=False)
    with TestClient(create_app(book, settings), base_url="http://127.0.0.1:8000") as asking:
        answer = asking.get("/events", follow_redirects=False)
        assert answer.status_code == 303
        assert answer.headers["Location"] == "/login?next=/events"
        assert "Oban" not in asking.get("/login").text


def test_the_words_of_a_page_stand_in_one_file():
    assert words("nav.map") == "Map"


def test_countries_stay_to_choose_from_where_a_filter_finds_nothing(client):
    shown = client.get("/events?form=riot").text
    assert '<option value="GB">United Kingdom (2)</option>' in shown
