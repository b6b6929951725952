import datetime as dt
import json

import pytest
from fake_coder import FakeCoder

import rallybook
from rallybook import api
from rallybook.errors import InputError, SourceError
from rallybook.model.outcome import Failure


@pytest.fixture(autouse=True)
def _fake(monkeypatch):
    coder = FakeCoder()
    monkeypatch.setattr(api, "coder", lambda *_, **__: coder)


@pytest.mark.parametrize("published", ["2024-05-13", dt.date(2024, 5, 13), dt.datetime(2024, 5, 13, 9)])
def test_a_text_gives_its_records_dated_by_the_day_of_publication(published):
    (record,) = rallybook.code("They held a rally.", published=published)
    assert record.date.edtf == "2024-05-13"


def test_a_text_without_a_protest_gives_no_records():
    assert rallybook.code("Rain fell.") == []


def test_a_wrong_day_is_named_with_what_is_allowed():
    with pytest.raises(InputError, match=r"'May 13'.*YYYY-MM-DD"):
        rallybook.code("They held a rally.", published="May 13")


def test_the_articles_of_a_file_are_read_one_by_one(tmp_path):
    path = tmp_path / "articles.jsonl"
    path.write_text('{"id": "a", "text": "A rally."}\nno json\n{"id": "b", "text": "Rain."}\n')
    failures = []
    articles = list(rallybook.read(path, published="2024-05-13", on_failure=failures.append))
    assert [(article.id, article.published) for article in articles] == [
        ("a", dt.date(2024, 5, 13)),
        ("b", dt.date(2024, 5, 13)),
    ]
    assert len(failures) == 1


def test_without_a_place_for_failures_reading_stops_at_the_first(tmp_path):
    with pytest.raises(SourceError, match="gone"):
        list(rallybook.read(tmp_path / "gone.txt"))


@pytest.mark.parametrize("jobs", [1, 2])
def test_many_articles_are_coded_in_their_order(tmp_path, jobs):
    path = tmp_path / "articles.jsonl"
    path.write_text("\n".join(json.dumps({"id": str(number), "text": "A rally."}) for number in range(30)))
    coded = list(rallybook.code_all(rallybook.read(path), jobs=jobs))
    assert [article.id for article in coded] == [str(number) for number in range(30)]


def test_a_failure_among_the_articles_comes_out_as_an_outcome_without_events():
    (outcome,) = rallybook.code_all([Failure("a", "read", "no text")])
    assert (outcome.id, outcome.events, outcome.failures) == ("a", (), (Failure("a", "read", "no text"),))


def test_every_public_name_is_there():
    for name in rallybook.__all__:
        assert getattr(rallybook, name), name
        assert name in dir(rallybook)


def test_a_name_that_is_not_there_is_an_attribute_error():
    with pytest.raises(AttributeError, match="nothing_like_it"):
        rallybook.nothing_like_it  # noqa: B018
