import math

import pytest
from reports import FORT_WILLIAM, other_act, report

from rallybook.linking.clustering import clusters
from rallybook.linking.comparison import COMPARISONS
from rallybook.linking.explaining import explained, likest


def test_a_pair_is_explained_by_levels_that_add_up():
    found = explained((report("a"), other_act("b")))
    assert found.weight == pytest.approx(
        found.prior + sum(one.weight for one in found.agreements) - found.crowd
    )
    assert {one.comparison for one in found.agreements} <= set(COMPARISONS)
    assert found.records == ("a", "b")


def test_other_events_near_take_from_the_weight():
    pair = report("a"), report("b")
    alone = explained(pair)
    near = [other_act(f"c{n}") for n in range(3)]
    crowded = explained(pair, [*pair, *near, report("far", place=FORT_WILLIAM)])
    assert (alone.others, alone.crowd, crowded.others) == (0, 0.0, 3)
    assert crowded.crowd == pytest.approx(math.log(4))
    assert crowded.weight == pytest.approx(alone.weight - math.log(4))


def test_what_a_rule_keeps_apart_is_no_crowd():
    same_article = [other_act(f"c{n}", article="article of a") for n in range(3)]
    assert explained((report("a"), report("b")), same_article).others == 0


@pytest.mark.parametrize(("count", "one_event"), [(0, True), (5, False)])
def test_the_weight_is_the_one_that_linking_goes_by(count, one_event):
    other = report(
        "b", form="strike", organisers=(), participants=("crews",), claims=("a lifeboat",), trigger="struck",
        quote="Crews want a lifeboat.",
    )  # fmt: skip
    near = [other_act(f"c{n}") for n in range(count)]
    pair = report("a"), other
    together = any(set(cluster) == {"a", "b"} for cluster in clusters([*pair, *near]))
    assert together == (explained(pair, near).weight > 0) == one_event


def test_a_rule_is_named():
    assert explained((report("a"), report("b", place=FORT_WILLIAM))).cannot == "different places"


def test_of_two_sides_the_likest_are_taken():
    ones = [other_act("c"), report("a")]
    one, other = likest(ones, [report("far", place=FORT_WILLIAM), report("b")])
    assert (one.record.id, other.record.id) == ("a", "b")
