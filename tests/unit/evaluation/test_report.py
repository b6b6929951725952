import json

import pytest

from rallybook.evaluation.report import compare

_EVENT = {
    "form": "march", "status": "happened", "focus": "focal", "date": {"edtf": "2024-05-12"},
    "place": {"name": "Oban", "country": "GB", "lat": 56.4, "lon": -5.4, "precision": "city"},
    "quote": "They marched.",
}  # fmt: skip


@pytest.fixture
def comparison(tmp_path):
    gold, predicted = tmp_path / "gold.jsonl", tmp_path / "predicted.jsonl"
    gold.write_text(json.dumps({"id": "a", "text": "Rain. They marched. Sun.", "events": [_EVENT, _EVENT]}))
    predicted.write_text(json.dumps({"id": "a", "events": [_EVENT | {"status": "planned"}]}))
    return compare(gold, predicted)


def test_the_figures_as_json_have_their_intervals(comparison):
    figures = comparison.as_json()
    assert figures["detect"]["R"] == 0.5
    assert figures["detect"]["interval"] == [2 / 3, 2 / 3]
    assert figures["fields"]["status"] == {"mean": 0.0, "n": 1, "interval": [0.0, 0.0]}
    assert figures["errors"] == {"place": 0, "date": 0, "status": 1, "form": 0, "missed": 1, "invented": 0}
    assert json.loads(json.dumps(figures)) == figures


def test_the_figures_as_text_name_every_measure(comparison):
    text = comparison.as_text(by="form")
    assert "detect        P 1.000  R 0.500  F1 0.667 [0.667, 0.667]  (1 of 2 gold, 1 predicted)" in text
    assert "errors by cause: place 0, date 0, status 1" in text
    assert text.split("\n")[-1].split() == ["march", "2", "1", "0", "0"]


def test_errors_are_listed_by_cause_with_their_context(comparison, tmp_path):
    text = comparison.errors(5, text=tmp_path / "gold.jsonl")
    assert "== status: 1 error\n" in text
    assert "…Rain. [They marched.] Sun.…" in text


def test_one_cause_can_be_asked_for(comparison):
    text = comparison.errors(5, cause="missed")
    assert "== missed" in text
    assert "== status" not in text


def test_a_heading_tells_how_many_of_how_many_follow(comparison, tmp_path):
    path = tmp_path / "predicted.jsonl"
    path.write_text(json.dumps({"id": "a", "events": []}))
    text = compare(tmp_path / "gold.jsonl", path).errors(1)
    assert "== missed: 2 errors, 1 of them below\n" in text
    assert text.count("missed  ·  a") == 1


def test_articles_that_were_not_coded_are_told(comparison, tmp_path):
    (tmp_path / "other.jsonl").write_text(json.dumps({"id": "b", "events": []}))
    absent = compare(tmp_path / "gold.jsonl", tmp_path / "other.jsonl")
    assert "not in PRED: 1 articles, whose records count as missed" in absent.as_text()
    assert absent.as_json()["absent"] == 1
    assert "not in PRED" not in comparison.as_text()
