import pytest


def test_a_page_has_the_events_in_the_order_of_their_days(client):
    page = client.get("/api/v1/events").json()
    assert [event["place"]["name"] for event in page["events"]] == ["Leeds", "Oban", "Tomsk"]
    assert page["next"] is None


def test_pages_follow_one_another_to_the_end(client):
    url, seen = "/api/v1/events?limit=1&country=GB&country=RU", []
    while url:
        page = client.get(url).json()
        seen += [event["id"] for event in page["events"]]
        url = page["next"]
    assert len(seen) == len(set(seen)) == 3


@pytest.mark.parametrize(
    ("query", "places"),
    [
        ("form=march", ["Leeds"]),
        ("form=march&form=rally&country=gb", ["Leeds", "Oban"]),
        ("from=2024-05-13", ["Tomsk"]),
        ("near=56.4,-5.5,25", ["Oban"]),
        ("box=-2,53,0,54", ["Leeds"]),
        ("text=nurses", ["Oban"]),
        ("quote=%22held a rally%22", ["Oban"]),
    ],
)
def test_filters_choose(client, query, places):
    found = client.get(f"/api/v1/events?{query}").json()["events"]
    assert sorted(event["place"]["name"] for event in found) == places


@pytest.mark.parametrize(
    ("query", "parameter", "received"),
    [
        ("form=dance", "form.0", "dance"),
        ("colour=red", "colour", "red"),
        ("limit=0", "limit", "0"),
        ("near=here", "near", "here"),
        ("from=2024-13-01", "from", "2024-13-01"),
        ("from=2024-05-02&to=2024-05-01", "from", "2024-05-02"),
        ("near=99,0,1", "near", "99,0,1"),
        ("text=%22%22", "text", '""'),
    ],
)
def test_what_cannot_be_asked_is_named_with_what_is_allowed(client, query, parameter, received):
    answer = client.get(f"/api/v1/events?{query}")
    problem = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.status_code in {400, 422}
    assert (problem["parameter"], problem["received"]) == (parameter, received)
    assert problem["allowed"]


def test_an_event_shows_the_words_behind_its_values(client):
    event = client.get("/api/v1/events?text=nurses").json()["events"][0]["id"]
    dossier = client.get(f"/api/v1/events/{event}").json()
    assert dossier["event"]["id"] == event
    assert {words["trigger"][0] for words in dossier["words"].values()} == {"rally"}


def test_the_id_of_a_record_leads_to_its_event(client):
    answer = client.get("/api/v1/events/a-1", follow_redirects=False)
    assert answer.status_code == 308
    assert client.get(answer.headers["location"]).json()["event"]["records"][0]["record"] == "a-1"
