import pytest
from starlette.testclient import TestClient

from rallybook.model.article import Article
from rallybook.server.app import create_app
from rallybook.server.articles import excerpts
from rallybook.server.settings import Settings

TEXT = "A rally was held in Oban on 2024-05-12. Nurses came."


def test_this_machine_sees_the_text_of_an_article_with_its_records(client):
    article = client.get("/api/v1/articles/a").json()
    assert article["text"] == TEXT
    (record,) = article["records"]
    start, end = record["spans"]["trigger"][0]
    assert article["text"][start:end] == "rally"


def test_the_public_sees_the_words_that_prove_something_and_those_around_them(public):
    article = public.get("/api/v1/articles/a").json()
    assert article["text"] is None
    (excerpt,) = article["excerpts"]
    assert TEXT[excerpt["start"] : excerpt["end"]] == excerpt["words"]
    assert "rally" in excerpt["words"]


def test_a_coder_sees_the_text_that_there_is_to_judge(as_role):
    assert as_role("coder").get("/api/v1/articles/a").json()["text"] == TEXT
    assert as_role("reader").get("/api/v1/articles/a").json()["text"] is None


@pytest.mark.parametrize(("texts", "shown"), [("none", "rally"), ("all", TEXT)])
def test_how_much_is_shown_is_a_setting(book, public, texts, shown):
    settings = Settings(host="0.0.0.0", texts=texts)
    with TestClient(create_app(book, settings), base_url="http://testserver") as asking:
        article = asking.get("/api/v1/articles/a").json()
    assert (article["text"] or article["excerpts"][0]["words"]) == shown


def test_a_record_leads_to_its_article_and_its_event(client):
    told = client.get("/api/v1/records/a-1").json()
    assert (told["article"], told["source"], told["words"]) == ("a", "The Argus", {"trigger": ["rally"]})
    assert client.get(f"/api/v1/events/{told['event']}").status_code == 200


@pytest.mark.parametrize("path", ["articles/nobody", "records/nobody"])
def test_what_nobody_knows_is_not_found(client, path):
    answer = client.get(f"/api/v1/{path}")
    assert (answer.status_code, answer.json()["received"]) == (404, "nobody")


def test_an_id_may_have_slashes(client):
    assert client.get("/api/v1/articles/https://news.example/1").status_code == 404


def test_excerpts_that_touch_are_one():
    told = Article(id="x", text="0123456789" * 5)
    found = excerpts(told, [(20, 25), (5, 8), (22, 30)], 2)
    assert [(span.start, span.end) for span in found] == [(3, 10), (18, 32)]
