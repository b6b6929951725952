import pytest
from starlette.testclient import TestClient

from rallybook.server.app import create_app
from rallybook.server.settings import Settings


def test_a_hit_shows_the_words_where_they_stand(client):
    told = client.get("/api/v1/search?text=nurses").json()
    (hit,) = told["hits"]
    assert (told["total"], hit["article"]) == (1, "a")
    assert "Nurses came" in hit["excerpt"]


def test_the_public_finds_by_words_but_reads_quotes_only_where_texts_are_not_shown(book, public):
    settings = Settings(host="0.0.0.0", texts="none")
    with TestClient(create_app(book, settings), base_url="http://testserver") as asking:
        (hit,) = asking.get("/api/v1/search?text=came").json()["hits"]
    assert hit["excerpt"] in {"Nurses held a rally.", "A rally was held."}


@pytest.mark.parametrize(
    "words",
    [
        "'; DROP TABLE events; --", '" OR 1=1 --', "nurses* NEAR(a b)", "title:rally", "NOT rally", "(", ")", "AND",
        "^rally", '"rally', "{title text}: rally", "a OR b", "rally + came", "-rally", "%", "rally\\",
    ],
)  # fmt: skip
def test_the_syntax_of_databases_is_words_like_others(client, words):
    before = client.get("/api/v1/facets").json()
    answer = client.get("/api/v1/search", params={"text": words})
    assert answer.status_code in {200, 400}, answer.text
    assert client.get("/api/v1/facets").json() == before


def test_what_says_or_in_words_does_not_widen_the_search(client):
    assert client.get("/api/v1/search", params={"text": "nurses OR rally"}).json()["total"] == 0
    assert client.get("/api/v1/search", params={"text": "nur*"}).json()["total"] == 0
