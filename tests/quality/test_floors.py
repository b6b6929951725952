import json

import msgspec
import pytest
from measure import FIELDS, SETS, SLACK, coded, figures, floors, measured
from reference_scorer import reference_scorer

from rallybook.evaluation.records_score import MEASURES

each_set = pytest.mark.parametrize(
    "name",
    [
        pytest.param(
            name,
            marks=pytest.mark.skipif(
                not path.is_file(),
                reason="these labelled articles are not part of the project; RALLYBOOK_DATA names their folder",
            ),
        )
        for name, path in SETS.items()
    ],
)


@each_set
def test_the_coder_is_as_good_as_its_floors(name, tmp_path):
    now, slack = measured(name, tmp_path), SLACK.get(name, 0.0)
    below = {
        measure: (now[measure], floor)
        for measure, floor in floors()[name].items()
        if now[measure] < floor - slack
    }
    assert below == {}


@each_set
def test_every_value_is_proved_by_the_words_at_its_offsets(name):
    with SETS[name].open(encoding="utf-8") as file:
        texts = {row["id"]: row["text"] for row in map(json.loads, file)}
    for article in coded(name):
        text = texts[article.id]
        for record in article.events:
            assert record.quote in text
            assert record.trigger in text
            for path, spans in record.spans.items():
                for start, end in spans:
                    assert 0 <= start < end <= len(text), (article.id, record.id, path)


@each_set
def test_no_article_fails(name):
    assert [failure for article in coded(name) for failure in article.failures] == []


def test_each_set_has_a_floor_for_each_measure():
    assert {name: list(floor) for name, floor in floors().items()} == {
        name: [*MEASURES, *FIELDS] for name in SETS
    }


@each_set
def test_our_figures_are_those_of_the_reference_scorer(name, tmp_path):
    reference = reference_scorer()
    ours = msgspec.to_builtins(figures(name, tmp_path))
    theirs, _ = reference.score(
        reference.load(str(SETS[name])), reference.load(str(tmp_path / f"{name}.jsonl"))
    )
    assert ours == theirs
