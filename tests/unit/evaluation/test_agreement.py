"""Krippendorff's alpha against the worked examples of its author."""

import pytest

from rallybook.evaluation.agreement import alpha, by_field, reliability
from rallybook.evaluation.labelled import Labelled, LabelledDate, LabelledPlace, LabelledRange

# Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), section C: four observers, twelve units, some missing
_OBSERVERS = (
    (1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3),
    (None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None),
)
_UNITS = [[value for value in unit if value is not None] for unit in zip(*_OBSERVERS, strict=True)]


def test_nominal_data_of_several_observers_with_missing_values():
    assert alpha(_UNITS) == pytest.approx(0.743, abs=5e-4)


def test_a_difference_of_ones_own_interval_data():
    assert alpha(_UNITS, lambda one, other: (one - other) ** 2) == pytest.approx(0.849, abs=5e-4)


def test_binary_data_of_two_observers():
    # the same paper, section A: ten units
    first, second = "0100000000", "1110010100"
    assert alpha(list(zip(first, second, strict=True))) == pytest.approx(0.095, abs=5e-4)


def test_all_alike_is_1_also_where_nothing_varies():
    assert alpha([("a", "a"), ("b", "b")]) == 1.0
    assert alpha([("a", "a"), ("a", "a")]) == 1.0


def test_fewer_than_two_units_and_units_that_do_not_vary_have_no_alpha():
    assert reliability([("a", "b")]).alpha is None
    assert reliability([("a", "a"), ("a", "a")]) == reliability([("b", "b"), ("b", "b")])
    assert (reliability([("a", "a"), ("a", "a")]).alpha, reliability([("a", "a"), ("a", "a")]).same) == (
        None,
        1.0,
    )
    assert reliability([]).units == 0


def test_the_interval_holds_alpha_and_is_the_same_each_time():
    told = reliability(_UNITS)
    assert told.low <= told.alpha <= told.high
    assert told == reliability(_UNITS)


def _pair(first, second):
    return by_field([(first, second), (Labelled(form="march"), Labelled(form="march"))])


def test_a_day_next_to_another_weighs_less_than_a_week():
    def days(one, other):
        sides = [Labelled(date=LabelledDate(day)) for day in (one, other)]
        return _pair(*sides)["date"].alpha

    assert (
        1.0
        == days("2024-05-12", "2024-05-12")
        > days("2024-05-12", "2024-05-13")
        > days("2024-05-12", "2024-07-30")
    )


def test_a_place_across_the_sea_weighs_more_than_a_suburb():
    def places(lat):
        sides = [LabelledPlace("x", "GB", 51.5, 0.0, "city"), LabelledPlace("x", "GB", lat, 0.0, "city")]
        return _pair(*(Labelled(place=side) for side in sides))["place"].alpha

    assert 1.0 == places(51.6) > places(52.5) > places(58.0)


def test_a_count_ten_times_another_weighs_more_than_one_that_is_rounded():
    def sizes(low):
        sides = [LabelledRange(100, 100), LabelledRange(low, low)]
        return _pair(*(Labelled(size=side) for side in sides))["size"].alpha

    assert 1.0 == sizes(100) > sizes(130) > sizes(1_000)


def test_the_same_words_told_longer_differ_a_little():
    def claims(words):
        return _pair(Labelled(claims=("higher pay",)), Labelled(claims=(words,)))["claims"].alpha

    assert 1.0 == claims("higher pay") > claims("much higher pay") > claims("lower rents")
