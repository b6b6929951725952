import json

import pytest

_EVENT = {
    "form": "march", "status": "happened", "focus": "focal", "date": {"edtf": "2024-05-12"},
    "place": {"name": "Oban", "country": "GB", "lat": 56.4, "lon": -5.4, "precision": "city"},
    "quote": "They marched.",
}  # fmt: skip


@pytest.fixture
def files(tmp_path):
    gold, predicted = tmp_path / "gold.jsonl", tmp_path / "predicted.jsonl"
    gold.write_text(json.dumps({"id": "a", "text": "They marched.", "events": [_EVENT]}))
    predicted.write_text(json.dumps({"id": "a", "events": [_EVENT | {"status": "planned"}]}))
    return gold, predicted


def test_it_prints_figures_with_intervals(rallybook, files):
    result = rallybook("evaluate", *files)
    assert result.exit_code == 0
    assert "detect        P 1.000  R 1.000  F1 1.000 [1.000, 1.000]" in result.stdout
    assert "record        P 0.000" in result.stdout


def test_json_is_one_value(rallybook, files):
    assert json.loads(rallybook("evaluate", *files, "--json").stdout)["record"]["F1"] == 0.0


def test_groups_and_errors_can_be_asked_for(rallybook, files):
    result = rallybook(
        "evaluate", *files, "--by", "form", "--errors", 3, "--cause", "status", "--text", files[0]
    )
    assert result.exit_code == 0
    assert "== status: 1 error\n" in result.stdout
    assert "planned" in result.stdout


def test_a_missing_file_is_a_usage_error(rallybook, files, tmp_path):
    result = rallybook("evaluate", files[0], tmp_path / "gone.jsonl")
    assert result.exit_code == 2
    assert "gone.jsonl" in result.stderr


def test_a_wrong_line_is_a_usage_error_that_names_it(rallybook, files):
    files[1].write_text("{nope")
    result = rallybook("evaluate", *files)
    assert result.exit_code == 2
    assert "line 1" in result.stderr
    assert "{nope" in result.stderr


@pytest.mark.parametrize("option", [("--by", "colour"), ("--cause", "rain"), ("--errors", "-1")])
def test_a_wrong_option_is_a_usage_error(rallybook, files, option):
    result = rallybook("evaluate", *files, *option)
    assert result.exit_code == 2
    assert option[1] in result.stderr


@pytest.mark.parametrize("place", [0, 1, 2])
def test_errors_may_be_asked_for_without_a_number(rallybook, files, place):
    words = list(files)
    words.insert(place, "--errors")
    result = rallybook("evaluate", *words)
    assert result.exit_code == 0
    assert "== status: 1 error\n" in result.stdout


def test_errors_stand_in_the_context_of_the_gold_text(rallybook, files):
    gold, _ = files
    gold.write_text(
        json.dumps({"id": "a", "text": "Rain fell. They marched. Sun shone.", "events": [_EVENT]})
    )
    assert "…Rain fell. [They marched.] Sun shone.…" in rallybook("evaluate", *files, "--errors").stdout


def test_errors_do_not_spoil_the_json(rallybook, files):
    result = rallybook("evaluate", *files, "--json", "--errors")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "--json" in result.stderr
