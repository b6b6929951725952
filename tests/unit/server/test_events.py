import pytest


def test_a_page_has_the_events_in_the_order_of_their_days(client):
    page = client.get("/api/v1/events").json()
    assert [event["place"]["name"] for event in page["events"]] == ["Leeds", "Oban", "Suva", "Tomsk"]
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
        ("form=vigil", ["Leeds"]),
        ("form=vigil&form=rally&country=gb", ["Leeds", "Oban"]),
        ("from=2024-05-13", ["Suva", "Tomsk"]),
        ("near=56.4,-5.5,25", ["Oban"]),
        ("box=-2,53,0,54", ["Leeds"]),
        ("text=nurses", ["Oban"]),
        ("quote=%22nurses held%22", ["Oban"]),
        ("min_size=200&country=GB", ["Oban"]),
        ("source=The Argus&country=RU", ["Tomsk"]),
        ("undated=true", []),
        ("unplaced=false&form=vigil", ["Leeds"]),
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
        ("limit=1000000", "limit", "1000000"),
        ("near=here", "near", "here"),
        ("from=2024-13-01", "from", "2024-13-01"),
        ("from=2024-05-02&to=2024-05-01", "from", "2024-05-02"),
        ("near=99,0,1", "near", "99,0,1"),
        ("text=%22%22", "text", '""'),
        ("min_confidence=2", "min_confidence", "2"),
        ("after=nobody", "after", "nobody"),
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
    shown = client.get(f"/api/v1/events/{event}").json()
    assert shown["event"]["id"] == event
    assert {words["trigger"][0] for words in shown["words"].values()} == {"rally"}
    assert [claim["low"] for claim in shown["event"]["claims_of_size"]] == [300, 500]


def test_an_event_shows_what_changed_when(client):
    event = client.get("/api/v1/events?form=vigil").json()["events"][0]["id"]
    (step,) = client.get(f"/api/v1/events/{event}").json()["steps"]
    assert step["changed"] == {"form": ["march", "vigil"]}
    assert (step["revision"], step["reports"]) == (2, [1, 1])


def test_the_id_of_a_record_leads_to_its_event(client):
    answer = client.get("/api/v1/events/a-1", follow_redirects=False)
    assert answer.status_code == 308
    assert client.get(answer.headers["location"]).json()["event"]["records"][0]["record"] == "a-1"


def test_an_event_that_became_part_of_another_leads_there(client):
    ids = [event["id"] for event in client.get("/api/v1/events?country=GB").json()["events"]]
    token = client.get("/api/v1/meta").json()["caller"]["csrf"]
    made = client.post(
        "/api/v1/decisions", json={"kind": "same", "names": ids}, headers={"X-CSRF-Token": token}
    )
    assert made.status_code == 201, made.text
    answers = [client.get(f"/api/v1/events/{name}", follow_redirects=False) for name in ids]
    assert sorted(answer.status_code for answer in answers) == [200, 308]


def test_an_event_that_nobody_knows_is_not_found(client):
    answer = client.get("/api/v1/events/nobody")
    assert (answer.status_code, answer.json()["received"]) == (404, "nobody")


def test_whoever_has_an_answer_is_told_so_until_the_book_changes(client):
    first = client.get("/api/v1/events")
    tag = first.headers["etag"]
    assert not tag.startswith("W/")
    again = client.get("/api/v1/events", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    token = client.get("/api/v1/meta").json()["caller"]["csrf"]
    client.post(
        "/api/v1/decisions",
        json={"kind": "correct", "names": ["a-1"], "field": "form", "value": "march"},
        headers={"X-CSRF-Token": token},
    )
    changed = client.get("/api/v1/events", headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert changed.headers["etag"] != tag
    assert changed.content != first.content


def test_answers_of_two_codings_have_two_tags(client):
    plain = client.get("/api/v1/events", headers={"Accept-Encoding": "identity"})
    packed = client.get("/api/v1/events", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert plain.json() == packed.json()
    assert plain.headers["etag"] != packed.headers["etag"]


def test_a_cell_has_the_events_that_the_map_counts_in_it(client):
    cells = client.get("/api/v1/points?most=1&h3=1").json()["cells"]
    seen = []
    for cell, count in zip(cells["h3"], cells["count"], strict=True):
        url = f"/api/v1/events?cell={cell}&limit=1"
        while url:
            page = client.get(url).json()
            seen += [event["id"] for event in page["events"]]
            url = page["next"]
        assert len(client.get(f"/api/v1/events?cell={cell}").json()["events"]) == count
    assert len(seen) == len(set(seen)) == 4


@pytest.mark.parametrize("cell", ["f" * 15, "8f195da49b5a0cc"])
def test_what_is_no_cell_is_refused(client, cell):
    problem = client.get(f"/api/v1/events?cell={cell}")
    assert (problem.status_code, problem.json()["parameter"]) == (400, "cell")
