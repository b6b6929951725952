import pytest

from rallybook.evaluation.linkage import measured

TRUTH = {"a": "x", "b": "x", "c": "x", "d": "y", "e": "z"}


def test_the_true_clusters_are_perfect():
    found = measured([("a", "b", "c"), ("d",), ("e",)], TRUTH)
    assert found[:6] == (1.0,) * 6
    assert (found.counted, found.true) == (3, 3)


def test_pairs_and_records_are_counted():
    found = measured([("a", "b"), ("c", "d"), ("e",)], TRUTH)
    assert (found.precision, found.recall) == (0.5, pytest.approx(1 / 3))
    # of a, b: all and two of three; of c: half and a third; of d: half and all; e is right
    assert found.b3_precision == pytest.approx((1 + 1 + 0.5 + 0.5 + 1) / 5)
    assert found.b3_recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1 + 1) / 5)


def test_a_record_in_no_cluster_stands_alone():
    assert measured([("a", "b", "c")], TRUTH).counted == 3


def test_records_without_a_true_event_are_left_out():
    assert measured([("a", "b", "c", "spare"), ("d",), ("e",)], TRUTH).precision == 1.0


def test_no_pairs_are_no_mistakes():
    assert measured([], {"a": "x"}).f1 == 1.0
