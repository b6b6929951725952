import json

import pytest

from rallybook.model.reading import Reading
from rallybook.publishing.findings import Findings

_TEXT = "On Sunday about 40 people marched in Aberdeen. Police arrested five of them."


def _ground(rallybook, *arguments):
    return rallybook("ground", "-", "--published", "2024-05-14", *arguments, stdin=_TEXT)


def test_it_prints_what_each_grounder_finds_with_offsets(rallybook):
    result = _ground(rallybook, "--format", "jsonl")
    assert result.exit_code == 0
    line = json.loads(result.stdout)
    assert list(line) == ["id", "places", "dates", "sizes", "response"]
    for kind in ("places", "dates", "sizes", "response"):
        assert line[kind], kind
        for mention in line[kind]:
            assert _TEXT[mention["start"] : mention["end"]] == mention["text"]
    assert line["dates"][0]["edtf"] == "2024-05-12"


def test_only_the_kinds_that_are_asked_for_are_printed(rallybook):
    line = json.loads(_ground(rallybook, "--what", "sizes, dates").stdout)
    assert list(line) == ["id", "dates", "sizes"]


@pytest.mark.parametrize("what", ["places,people", "", ","])
def test_an_unknown_kind_is_a_usage_error_that_lists_the_kinds(rallybook, what):
    result = _ground(rallybook, "--what", what)
    assert result.exit_code == 2
    assert "places, dates, sizes, response" in result.stderr


def test_the_table_is_for_people(rallybook):
    lines = _ground(rallybook, "--what", "dates", "--format", "table").stdout.splitlines()
    assert lines[0] == _TEXT
    assert lines[1].split() == ["3", "dates", "Sunday", "2024-05-12"]


def test_an_article_that_breaks_a_grounder_does_not_stop_the_others(rallybook, articles, monkeypatch):
    def broken(article, kinds, counted_by):
        if article.id == "a2":
            raise ValueError("it broke")
        return Findings(reading=Reading(article, article.text), dates=())

    monkeypatch.setattr("rallybook.cli.ground.find", broken)
    result = rallybook("ground", articles, "--what", "dates")
    assert result.exit_code == 1
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["a1", "a3"]
    assert result.stderr == "rallybook: a2: ValueError: it broke\n"


def test_a_missing_file_is_named(rallybook, tmp_path):
    result = rallybook("ground", tmp_path / "gone.txt")
    assert result.exit_code == 1
    assert "gone.txt" in result.stderr


def test_head_counts_follow_the_convention_asked_for(rallybook, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Several hundred people marched in Leeds on Sunday.\n", encoding="utf-8")
    highs = {
        by: json.loads(rallybook("ground", path, "--what", "sizes", "--counted-by", by).stdout)["sizes"][0][
            "high"
        ]
        for by in ("codebook", "ccc", "count_love", "mpeds")
    }
    assert highs["codebook"] == 999
    assert highs["ccc"] == 300
    assert highs["mpeds"] == 200
