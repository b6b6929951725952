import json

import msgspec
from coded_examples import ARTICLE, FAILED, QUIET
from hypothesis import given
from hypothesis import strategies as st

from rallybook.model.outcome import Coded
from rallybook.publishing.lines import JsonArray, JsonLines, as_json

_FIELDS = ["id", "published", "language", "coder", "events", "failures"]
_RECORD = [
    "id", "form", "status", "focus", "umbrella", "date", "place", "size", "participants", "organisers",
    "targets", "claims", "response", "harm", "trigger", "quote", "spans", "confidence",
]  # fmt: skip


def test_each_article_is_one_line_with_its_fields_in_order():
    lines = list(JsonLines().lines([ARTICLE, QUIET, FAILED]))
    assert all(line.endswith("\n") and line.count("\n") == 1 for line in lines)
    for line in lines:
        assert list(json.loads(line)) == _FIELDS


def test_a_record_has_the_fields_of_the_codebook_in_order():
    event = json.loads(next(JsonLines().lines([ARTICLE])))["events"][0]
    assert list(event) == _RECORD
    assert event["place"] == {
        "text": "the harbour of Oban", "name": "Oban", "country": "GB", "lat": 56.415, "lon": -5.472,
        "precision": "site",
    }  # fmt: skip
    assert event["spans"] == {"trigger": [[40, 54]]}
    assert event["size"] == {"text": "More than 200", "low": 200, "high": None}


def test_a_line_comes_out_before_the_next_article_is_asked_for():
    def articles():
        yield ARTICLE
        raise AssertionError("asked too early")

    assert json.loads(next(JsonLines().lines(articles())))["id"] == "a1"


def test_letters_are_written_as_themselves():
    assert "протест" in as_json({"text": "протест"})


@given(st.text(alphabet=st.characters(categories=("L", "Cs", "P", "Zs")), max_size=20))
def test_any_text_comes_back_the_same_lone_surrogates_included(text):
    line = as_json(Coded(id=text))
    line.encode("utf-8")
    assert json.loads(line)["id"] == text


def test_the_array_holds_the_same_objects_as_the_lines():
    coded = [ARTICLE, QUIET]
    array = json.loads("".join(JsonArray().lines(coded)))
    assert array == [json.loads(line) for line in JsonLines().lines(coded)]


def test_an_array_of_nothing_is_an_empty_array():
    assert json.loads("".join(JsonArray().lines([]))) == []


def test_a_line_can_be_read_back_as_the_same_value():
    assert msgspec.json.decode(next(JsonLines().lines([ARTICLE])), type=Coded) == ARTICLE
