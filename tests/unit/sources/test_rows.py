import datetime as dt

import pytest

from rallybook.model.article import Article
from rallybook.model.outcome import Failure
from rallybook.sources.encodings import MOST_CHARACTERS
from rallybook.sources.rows import day_of, from_row

TEXT = "Hundreds marched in Accra on Monday."


def given(row, **options):
    return list(from_row(row, "rows.jsonl:7", **options))


def test_all_known_keys_are_kept():
    row = {
        "id": "a1",
        "text": TEXT,
        "title": "March",
        "published": "2021-02-14T23:30:00+02:00",
        "url": "https://example.org/1",
        "source": "Daily",
        "language": "en-GB",
    }
    expected = Article(
        id="a1",
        text=TEXT,
        title="March",
        published=dt.date(2021, 2, 14),
        url="https://example.org/1",
        source="Daily",
        language="en",
    )
    assert given(row) == [expected]


def test_labels_are_never_looked_at():
    class Untouchable:
        def __getattribute__(self, name):
            raise AssertionError("looked at")

    assert given({"text": TEXT, "events": Untouchable()}) == given({"text": TEXT})


def test_a_number_as_id_becomes_a_string():
    assert given({"id": 12, "text": TEXT})[0].id == "12"


@pytest.mark.parametrize("name", [None, "", " ", True, []])
def test_without_an_id_the_facts_give_one(name):
    (article,) = given({"id": name, "text": TEXT})
    assert article.id == given({"text": TEXT})[0].id
    assert len(article.id) == 16


def test_the_given_date_is_for_rows_without_one():
    day = dt.date(2020, 1, 2)
    assert given({"text": TEXT}, published=day)[0].published == day
    assert given({"text": TEXT, "published": None}, published=day)[0].published == day
    assert given({"text": TEXT, "published": "2021-02-14"}, published=day)[0].published == dt.date(
        2021, 2, 14
    )


@pytest.mark.parametrize(
    "value", ["soon", "14/02/2021", "2021-02-30", "2021", "0001-01-01", 20210214, ["2021-02-14"]]
)
def test_a_date_that_is_none_is_named_and_the_article_goes_on(value):
    failure, article = given({"id": "a1", "text": TEXT, "published": value}, published=dt.date(2020, 1, 2))
    assert failure.article == article.id == "a1"
    assert "published: received" in failure.reason
    assert "rows.jsonl:7" in failure.reason
    assert article.published is None


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"id": "a1"}, "no text"),
        ({"text": 5}, "text: received 5, allowed: a string"),
        ({"text": None}, "text: received None"),
        ({"text": " \n"}, "no words"),
        (
            {"text": "a" * (MOST_CHARACTERS + 1)},
            f"{MOST_CHARACTERS + 1:,} characters, allowed: up to {MOST_CHARACTERS:,}",
        ),
    ],
)
def test_a_row_without_a_usable_text_is_named(row, words):
    (failure,) = given(row)
    assert isinstance(failure, Failure)
    assert "rows.jsonl:7" in failure.reason
    assert words in failure.reason


def test_a_long_value_is_cut_in_the_message():
    (failure,) = given({"text": [["x" * 1000] * 1000] * 1000})
    assert len(failure.reason) < 1500


def test_half_a_surrogate_pair_is_replaced_one_for_one():
    (article,) = given({"id": "a\ud800", "text": "a \udfff b"})
    assert (article.id, article.text) == ("a\ufffd", "a \ufffd b")


@pytest.mark.parametrize(
    "value", ["2021-02-14", " 2021-02-14 ", "20210214", "2021-02-14T00:00:00Z", "2021-W06-7"]
)
def test_iso_8601_dates_are_understood(value):
    assert day_of(value) == dt.date(2021, 2, 14)
