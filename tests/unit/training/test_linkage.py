import json

import pytest
from reports import other_act, report

from rallybook.linking.comparison import bundled_weights
from rallybook.training import linkage


@pytest.fixture
def rows():
    told = [
        (report("a"), "x"),
        (report("b"), "x"),
        (report("c"), "x"),
        (other_act("d"), "y"),
        (other_act("e"), "y"),
    ]
    return linkage.pairs(told)


def test_pairs_bear_their_levels_and_the_truth(rows):
    assert len(rows) == 10
    assert sum(same for _, same in rows) == 4
    assert all(levels["place"] == "same city" for levels, _ in rows)


def test_what_a_rule_decides_teaches_nothing():
    told = [(report("a", article="x"), "x"), (report("b", article="x"), "y")]
    assert linkage.pairs(told) == []


@pytest.mark.parametrize("fit", ["supervised", "unsupervised"])
def test_both_ways_tell_pairs_of_one_event(rows, fit):
    weights = (
        linkage.supervised(rows) if fit == "supervised" else linkage.unsupervised([row for row, _ in rows])
    )

    def weight(levels):
        return sum(weights.levels[name][level] for name, level in levels.items())

    assert min(weight(levels) for levels, same in rows if same) > max(
        weight(levels) for levels, same in rows if not same
    )


def test_a_nearer_level_never_weighs_less():
    for name, levels in bundled_weights().levels.items():
        order = [levels[level] for level in linkage._ORDER.get(name, ()) if level in levels]
        assert order == sorted(order), name


def test_weights_are_written_where_they_are_read(tmp_path, monkeypatch, rows):
    monkeypatch.setattr(linkage, "WEIGHTS", tmp_path / "weights.json")
    linkage.write(linkage.supervised(rows))
    assert set(json.loads((tmp_path / "weights.json").read_text())) == {"prior", "levels"}
