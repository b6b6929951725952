from xml.etree import ElementTree

ATOM = "{http://www.w3.org/2005/Atom}"


def _entries(client, query=""):
    answer = client.get(f"/api/v1/feed.atom{query}")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    root = ElementTree.fromstring(answer.content)
    assert root.find(f"{ATOM}updated").text >= root.find(f"{ATOM}entry/{ATOM}updated").text
    return root.findall(f"{ATOM}entry")


def test_a_feed_tells_each_event_once_the_latest_first(client):
    entries = _entries(client)
    assert len({entry.find(f"{ATOM}id").text for entry in entries}) == len(entries) == 4
    times = [entry.find(f"{ATOM}updated").text for entry in entries]
    assert times == sorted(times, reverse=True)


def test_what_has_changed_comes_first(client):
    token = client.get("/api/v1/meta").json()["caller"]["csrf"]
    client.post(
        "/api/v1/decisions",
        json={"kind": "correct", "names": ["a-1"], "field": "form", "value": "blockade"},
        headers={"X-CSRF-Token": token},
    )
    (entry,) = _entries(client, "?limit=1")
    assert entry.find(f"{ATOM}title").text.startswith("blockade, Oban, GB, 2024-05-12")


def test_an_entry_links_to_its_page_and_proves_itself(client):
    oban = next(entry for entry in _entries(client) if "Oban" in entry.find(f"{ATOM}title").text)
    assert oban.find(f"{ATOM}summary").text == "Nurses held a rally."
    assert "/events/" in oban.find(f"{ATOM}link").get("href")
