"""A second coder codes blind: what is known of the article is in no answer until it is handed in."""

import json
import shutil

import pytest
from starlette.testclient import TestClient

from rallybook.server.app import create_app
from rallybook.server.settings import Settings

SECOND, CODINGS, DECISIONS = "/api/v1/second", "/api/v1/codings", "/api/v1/decisions"
EVENT = {
    "form": "vigil",
    "trigger": "rally",
    "quote": "A rally was held in Leeds",
    "place": {"name": "Leeds", "country": "GB", "precision": "city"},
}
NEXT = {"take": "next"}


@pytest.fixture
def public(book, _made_once, tmp_path):
    shutil.copy(_made_once.with_name("book.db.accounts"), tmp_path)
    app = create_app(book, Settings(host="0.0.0.0", second_share=1.0))
    with TestClient(app, base_url="http://testserver") as asking:
        yield asking


@pytest.fixture
def first(as_role):
    """A coder who made the rally of Leeds a march, gave it a secret count, and accepted it."""
    coder = as_role("coder")
    for told in (
        {"kind": "correct", "names": ["c-1"], "field": "form", "value": "hunger_strike"},
        {"kind": "correct", "names": ["c-1"], "field": "size.low", "value": 4711},
        {"kind": "restore", "names": ["c-1"], "value": "accepted"},
    ):
        assert coder.post(DECISIONS, json=told).status_code == 201
    return coder


@pytest.fixture
def second(first, as_role):
    """Another one, who has taken that article."""
    coder = as_role("adjudicator")
    taken = coder.post(SECOND, json=NEXT)
    assert (taken.status_code, taken.json()["article"]["id"]) == (201, "c")
    return coder


def test_a_turn_is_the_text_and_nothing_else(second):
    told = second.get(SECOND).json()
    assert told["article"].keys() == {"id", "title", "published", "source", "url", "text"}
    assert told["waiting"] == 0


def test_whoever_judged_it_is_not_asked(first):
    assert first.post(SECOND, json=NEXT).json() == {"article": None, "waiting": 0}


@pytest.mark.parametrize(
    "url",
    [
        "/api/v1/events?limit=1000", "/api/v1/search?text=rally", "/api/v1/points", "/api/v1/facets",
        "/api/v1/timeline?by=day", "/api/v1/export?format=csv", "/api/v1/export?format=jsonl&layout=acled",
        "/api/v1/feed.atom", "/api/v1/decisions", "/api/v1/articles/c", "/ogc/collections/events/items?limit=1000",
        "/events", "/review", "/review/queue", "/", "/pictures", "/pictures/weeks.svg", "/api/v1/meta",
        "/api/v1/events?form=hunger_strike", "/api/v1/facets?form=hunger_strike", "/api/v1/agreement",
        "/api/v1/decisions?record=c-1", "/api/v1/adjudications",
    ],
)  # fmt: skip
def test_nothing_that_is_known_of_it_is_in_any_answer(first, second, url):
    seen, hidden = first.get(url), second.get(url)
    assert hidden.status_code in (200, 403), hidden.text
    body = hidden.text.replace('"hunger_strike","label"', "").replace("Leeds on 2024", "")
    for known in ("4711", "4,711", "c-1"):
        assert known not in body, url
    if seen.status_code == 200 and "hunger_strike" in url and "facets" in url:
        assert json.loads(seen.text)["country"] == {"GB": 1}
        assert json.loads(hidden.text)["country"] == {}


def test_its_ids_lead_nowhere(first, second):
    event = first.get("/api/v1/events/c-1", follow_redirects=False).headers["location"].rsplit("/", 1)[1]
    ids = (event, "c-1")
    urls = [f"{path}{name}" for path in ("/api/v1/events/", "/events/") for name in ids]
    for url in (*urls, "/api/v1/records/c-1", f"/ogc/collections/events/items/{event}"):
        assert first.get(url).status_code == 200, url
        assert second.get(url).status_code == 404, url
    assert second.get(f"{CODINGS}/c").status_code == 409
    assert second.post(DECISIONS, json={"kind": "reject", "names": ["c-1"]}).status_code == 400


def test_an_answer_that_others_were_given_is_not_given_to_the_blind(first, second, as_role):
    # one role, one URL, one state of the book: the very answer that is remembered
    other = as_role("admin")
    url = "/api/v1/events?country=GB"
    assert len(other.get(url).json()["events"]) == len(first.get(url).json()["events"])
    tag = other.get(url).headers["ETag"]
    assert second.get(url, headers={"If-None-Match": tag}).status_code == 200
    assert "c-1" not in second.get(url).text
    assert "c-1" in other.get(url).text


def test_a_key_of_the_blind_coder_sees_no_more(second):
    key = second.post("/api/v1/keys", json={"label": "mine"}).json()["key"]
    bare = TestClient(second.app, base_url="http://testserver", headers={"Authorization": f"Bearer {key}"})
    assert "c-1" not in bare.get("/api/v1/events?limit=1000").text
    assert bare.get("/api/v1/events/c-1").status_code == 404


def test_the_turn_outlives_the_server(second, book):
    with TestClient(create_app(book, Settings(host="0.0.0.0")), base_url="http://testserver") as asking:
        asking.cookies = second.cookies
        assert asking.get(SECOND).json()["article"]["id"] == "c"
        assert asking.get("/api/v1/events/c-1").status_code == 404


def test_what_is_handed_in_is_blind_and_shows_all_again(second):
    made = second.post(CODINGS, json={"article": "c", "events": [EVENT]})
    assert made.status_code == 201, made.text
    (told,) = made.json()["decisions"]
    assert (told["kind"], told["by"], told["value"]["blind"]) == ("code", "adjudicator", True)
    assert second.get("/api/v1/events/c-1").status_code == 200
    assert second.get(SECOND).json()["article"] is None


def test_handing_in_can_be_taken_back_and_the_veil_falls_again(second):
    (told,) = second.post(CODINGS, json={"article": "c", "events": [EVENT]}).json()["decisions"]
    assert second.post(f"{DECISIONS}/undo", json={"ids": [told["id"]]}).status_code == 201
    assert second.get(SECOND).json()["article"]["id"] == "c"
    assert second.get("/api/v1/events/c-1").status_code == 404


def test_it_can_be_given_back_with_a_reason(second):
    assert second.post(f"{SECOND}/back", json={"article": "c", "why": ""}).status_code == 422
    assert second.post(f"{SECOND}/back", json={"article": "d", "why": "x"}).status_code == 409
    assert second.post(f"{SECOND}/back", json={"article": "c", "why": "I know the writer"}).status_code == 201
    assert second.get(SECOND).json() == {"article": None, "waiting": 0}
    assert second.get("/api/v1/events/c-1").status_code == 200


@pytest.mark.parametrize(
    ("path", "body"),
    [(SECOND, NEXT), (f"{SECOND}/back", {"article": "c", "why": "x"}), (CODINGS, {"article": "c"})],
)
def test_readers_and_the_public_code_nothing_and_other_sites_neither(public, as_role, path, body):
    assert public.post(path, json=body).status_code == 401
    assert as_role("reader").post(path, json=body).status_code == 403
    coder = as_role("coder")
    del coder.headers["X-CSRF-Token"]
    assert coder.post(path, json=body).status_code == 403


@pytest.mark.parametrize(
    "field", [{"by": "admin"}, {"blind": True}, {"at": "1999-01-01T00:00:00Z"}, {"final": True}]
)
def test_who_coded_and_how_is_not_for_the_body_to_say(second, field):
    # mass assignment
    assert second.post(CODINGS, json={"article": "c", "events": []} | field).status_code == 422
    assert second.post(SECOND, json=NEXT | field).status_code == 422
    assert second.post(CODINGS, json={"article": "c", "events": [EVENT | field]}).status_code == 422


def test_what_cannot_be_is_refused_with_its_field_and_what_is_allowed(second):
    wrong = second.post(CODINGS, json={"article": "c", "events": [EVENT | {"quote": "No rally came"}]})
    assert (wrong.status_code, wrong.json()["parameter"]) == (400, "event 1: quote")
    wrong = second.post(CODINGS, json={"article": "c", "events": [EVENT | {"form": "dance"}]})
    assert (wrong.status_code, wrong.json()["parameter"]) == (422, "events[0].form")


def test_what_coders_read_is_not_for_the_public(second, public):
    second.post(CODINGS, json={"article": "c", "events": [EVENT]})
    second.post(DECISIONS, json={"kind": "skip", "names": ["a-1"], "why": "later"})
    kinds = {one["kind"] for one in public.get("/api/v1/decisions").json()["decisions"]}
    assert kinds <= {"correct", "reject", "restore"}
    assert "later" not in public.get("/api/v1/events/a-1").text


def test_any_coder_may_code_an_article_as_a_whole_but_not_blind(first):
    begun = first.get(f"{CODINGS}/c").json()
    assert [event["record"] for event in begun["events"]] == ["c-1"]
    assert begun["events"][0]["form"] == "hunger_strike"
    quoted = begun["events"][0] | {"quote": EVENT["quote"]}
    made = first.post(CODINGS, json={"article": "c", "events": [quoted]})
    assert made.json()["decisions"][0]["value"]["blind"] is False
    assert first.get(f"{CODINGS}/nobody").status_code == 404


# --- the adjudicator

ADJUDICATIONS = "/api/v1/adjudications"


@pytest.fixture
def judge(second, as_role):
    """An adjudicator, when the second coder has called the strike a vigil."""
    second.post(CODINGS, json={"article": "c", "events": [EVENT]})
    return as_role("admin")


def test_what_two_coders_read_differently_waits_and_is_shown_side_by_side(judge):
    (waiting,) = judge.get(ADJUDICATIONS).json()["disputes"]
    assert (waiting["article"], waiting["disputed"]) == ("c", 1)
    both = judge.get(f"{ADJUDICATIONS}/c").json()
    (event,) = both["events"]
    assert (event["first"]["form"], event["second"]["form"], event["record"]) == (
        "hunger_strike",
        "vigil",
        "c-1",
    )
    assert {"form", "size"} <= set(event["differing"])
    assert both["yours"] == []


def test_a_ruling_changes_the_event_and_outranks_coders(judge, first):
    assert (
        judge.post(ADJUDICATIONS, json={"article": "c", "events": [EVENT | {"record": "c-1"}]}).status_code
        == 201
    )
    assert judge.get("/api/v1/events/c-1").json()["event"]["form"] == "vigil"
    assert judge.get(ADJUDICATIONS).json()["disputes"] == []
    again = first.post(
        DECISIONS, json={"kind": "correct", "names": ["c-1"], "field": "form", "value": "march"}
    )
    assert (again.status_code, "adjudicator" in again.json()["allowed"]) == (400, True)
    assert (
        judge.post(
            DECISIONS, json={"kind": "correct", "names": ["c-1"], "field": "form", "value": "march"}
        ).status_code
        == 201
    )
    assert judge.get("/api/v1/events/c-1").json()["event"]["form"] == "march"


def test_a_ruling_can_be_taken_back_by_an_adjudicator_alone(judge, first):
    made = judge.post(ADJUDICATIONS, json={"article": "c", "events": [EVENT | {"record": "c-1"}]}).json()[
        "decisions"
    ]
    ids = [one["id"] for one in made if one["kind"] != "restore"]
    assert first.post(f"{DECISIONS}/undo", json={"ids": ids}).status_code == 403
    assert judge.post(f"{DECISIONS}/undo", json={"ids": ids}).status_code == 201
    assert judge.get("/api/v1/events/c-1").json()["event"]["form"] == "hunger_strike"
    assert [one["article"] for one in judge.get(ADJUDICATIONS).json()["disputes"]] == ["c"]


def test_a_coder_does_not_adjudicate(judge, first, as_role, public):
    for asking, status in ((first, 403), (as_role("reader"), 403), (public, 401)):
        assert asking.get(ADJUDICATIONS).status_code == status
        assert asking.get(f"{ADJUDICATIONS}/c").status_code == status
        assert asking.post(ADJUDICATIONS, json={"article": "c", "events": []}).status_code == status
    del judge.headers["X-CSRF-Token"]
    assert judge.post(ADJUDICATIONS, json={"article": "c", "events": []}).status_code == 403


@pytest.mark.parametrize("field", [{"by": "coder"}, {"final": False}, {"at": "1999-01-01T00:00:00Z"}])
def test_who_ruled_is_not_for_the_body_to_say(judge, field):
    assert judge.post(ADJUDICATIONS, json={"article": "c", "events": []} | field).status_code == 422


def test_an_article_that_two_coders_have_not_read_is_not_ruled_on(judge):
    assert judge.get(f"{ADJUDICATIONS}/a").status_code == 404
    assert judge.post(ADJUDICATIONS, json={"article": "a", "events": []}).status_code == 400


def test_who_was_one_of_the_two_is_told_so(judge, second):
    assert second.get(f"{ADJUDICATIONS}/c").json()["yours"] == ["second"]


def test_agreement_is_told_to_coders_in_figures(judge, first, public):
    told = first.get("/api/v1/agreement?by=week").json()
    assert (told["total"]["articles"], told["total"]["found"], len(told["periods"])) == (1, 1.0, 1)
    assert told["total"]["fields"]["form"] == {
        "alpha": None,
        "low": None,
        "high": None,
        "same": 0.0,
        "units": 1,
    }
    assert public.get("/api/v1/agreement").status_code == 401
    assert first.get("/api/v1/agreement?by=year").status_code == 422


# --- an event that only people found

UNREAD = {
    "form": "strike",
    "trigger": "held",
    "quote": "held in Leeds on 2024-05-12",
    "date": {"edtf": "2024-05-11", "text": "2024-05-12"},
    "place": {"name": "Leeds", "country": "GB", "precision": "city"},
}
STRIKES = "/api/v1/events?form=strike"


@pytest.fixture
def found(second, as_role):
    """An adjudicator who settled that the article tells a strike that only the second coder had seen."""
    second.post(CODINGS, json={"article": "c", "events": [EVENT, UNREAD]})
    judge = as_role("admin")
    events = [EVENT | {"record": "c-1"}, UNREAD]
    made = judge.post(ADJUDICATIONS, json={"article": "c", "events": events, "why": "it is there"})
    assert made.status_code == 201, made.text
    judge.made = [one["id"] for one in made.json()["decisions"]]
    return judge


def test_what_people_found_is_an_event_of_every_answer(found, public):
    (event,) = public.get(STRIKES).json()["events"]
    (telling,) = event["records"]
    assert (telling["article"], telling["coder"], telling["quote"]) == ("c", "people", UNREAD["quote"])
    assert public.get(f"/api/v1/records/{telling['record']}").json()["record"]["coder"] == "people"
    assert event["id"] in public.get("/api/v1/points").text
    assert public.get("/api/v1/facets").json()["form"]["strike"] == 1
    features = public.get("/ogc/collections/events/items?limit=1000").json()["features"]
    assert event["id"] in [one["id"] for one in features]
    for form in ("csv", "jsonl", "geojson"):
        assert event["id"] in public.get(f"/api/v1/export?format={form}").text
    page = public.get(f"/events/{event['id']}").text
    assert "People found this event in the article" in page
    assert "found it in an article" in page


def test_who_found_it_is_not_for_the_public(found, public):
    (event,) = public.get(STRIKES).json()["events"]
    for url in (f"/api/v1/events/{event['id']}", "/api/v1/decisions", f"/events/{event['id']}"):
        text = public.get(url).text
        assert "admin" not in text, url
        assert "it is there" not in text, url
    (decision,) = [
        one for one in public.get("/api/v1/decisions").json()["decisions"] if one["kind"] == "found"
    ]
    assert "value" not in decision
    shown = found.get(f"/api/v1/events/{event['id']}").json()["decisions"]
    assert ("found", "admin") in [(one["kind"], one["by"]) for one in shown]


def test_it_goes_with_the_ruling_and_a_second_look_changes_it(found, public):
    again = found.get(f"{ADJUDICATIONS}/c").json()["events"]
    assert len({one["record"] for one in again} - {""}) == 2
    assert found.post(f"{DECISIONS}/undo", json={"ids": found.made}).status_code == 201
    assert public.get(STRIKES).json()["events"] == []
    assert [one["article"] for one in found.get(ADJUDICATIONS).json()["disputes"]] == ["c"]


def test_one_coder_alone_finds_an_event(as_role):
    told = {"kind": "found", "names": ["c"], "value": UNREAD}
    coder = as_role("coder")
    (made,) = coder.post(DECISIONS, json=told).json()["decisions"]
    assert [one["id"] for one in coder.get(STRIKES).json()["events"]]
    assert coder.post(f"{DECISIONS}/undo", json={"ids": [made["id"]]}).status_code == 201
    assert coder.get(STRIKES).json()["events"] == []
    refused = coder.post(DECISIONS, json=told | {"value": UNREAD | {"quote": "not there: held"}})
    assert (refused.status_code, refused.json()["parameter"]) == (400, "quote")
    assert as_role("reader").post(DECISIONS, json=told).status_code == 403


def test_who_codes_an_article_blind_finds_nothing_in_it_meanwhile(second):
    told = {"kind": "found", "names": ["c"], "value": UNREAD}
    assert second.post(DECISIONS, json=told).status_code == 409


def test_what_people_found_is_hidden_from_whoever_codes_blind(first, as_role):
    found = first.post(DECISIONS, json={"kind": "found", "names": ["c"], "value": UNREAD}).json()
    (name,) = found["decisions"][0]["records"]
    blind = as_role("adjudicator")
    assert blind.post(SECOND, json=NEXT).json()["article"]["id"] == "c"
    assert blind.get(STRIKES).json()["events"] == []
    assert name not in blind.get("/api/v1/decisions").text
