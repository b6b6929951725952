import datetime as dt
from itertools import permutations

import pytest
from reports import BRITAIN, FORT_WILLIAM, NOWHERE, PIER, SCOTLAND, other_act, report

from rallybook.linking.comparison import COMPARISONS, bundled_weights, compared, match_weight
from rallybook.linking.profiles import profile
from rallybook.linking.rules import cannot_link
from rallybook.model.record import EventPlace, Response


def levels(one, other):
    both = [compared(profile(a), profile(b)) for a, b in permutations((one, other))]
    assert both[0] == both[1]
    return both[0]


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ({}, {}, "same city"),
        ({"place": PIER}, {"place": PIER}, "same spot"),
        ({"place": PIER}, {"place": EventPlace("the museum", "Oban", "GB", 56.415, -5.472, "site")}, "other spot"),
        ({}, {"place": EventPlace("", "Dunbeg", "GB", 56.45, -5.43, "city")}, "neighbouring place"),
        ({}, {"place": FORT_WILLIAM}, "other city"),
        ({}, {"place": BRITAIN}, "city in the country"),
        ({}, {"place": SCOTLAND}, "city in the region"),
        ({"place": SCOTLAND}, {"place": BRITAIN}, "region in the country"),
        ({"place": BRITAIN}, {"place": BRITAIN}, "same country"),
        ({"place": BRITAIN}, {"place": EventPlace("", "Eire", "IE", 53.0, -8.0, "country")}, "other country"),
        ({}, {"place": NOWHERE}, None),
    ],
)  # fmt: skip
def test_places_are_compared_by_distance_and_exactness(one, other, level):
    assert levels(report("a", **one), report("b", **other)).get("place") == level


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("2024-05-12", "2024-05-12", "same day"),
        ("2024-05-12", "2024-05-13", "a day apart"),
        ("2024-05-12", "2024-05-11/2024-05-14", "within a week"),
        ("2024-05-12", "2024-05", "within a month"),
        ("2024-05-12", "2024", "within longer"),
        ("2024-05-10/2024-05-12", "2024-05-10/2024-05-12", "same days"),
        ("2024-05-10/2024-05-12", "2024-05-10/2024-05-15", "same beginning or end"),
        ("2024-05-10/2024-05-12", "2024-05-11/2024-05-15", "overlap"),
        ("2024-05-12", "", "inferred, near"),
        ("2024-05-01", "", "inferred, apart"),
    ],
)
def test_dates_are_compared_by_overlap_and_exactness(one, other, level):
    assert levels(report("a", day=one), report("b", day=other))["date"] == level


def test_a_plan_comes_before_its_outcome():
    early = report("a", status="planned", published=dt.date(2024, 5, 10))
    late = report("c", status="planned", published=dt.date(2024, 5, 20))
    assert levels(early, report("b"))["status"] == "planned, then its outcome"
    assert levels(late, report("b"))["status"] == "planned after its outcome"


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ((500, 500), (300, 800), "overlap"),
        ((500, 500), (800, 800), "within a factor of 2"),
        ((500, 500), (2000, 2000), "within a factor of 5"),
        ((500, 500), (9000, 9000), "far apart"),
        ((None, 0), (9000, 9000), "far apart"),
        ((500, 500), (None, None), None),
    ],
)
def test_sizes_are_compared_by_their_ratio(one, other, level):
    assert levels(report("a", size=one), report("b", size=other)).get("size") == level


def test_what_the_police_did_is_compared_where_both_tell_it():
    force, none = Response(("force", "arrests")), Response(("none",))
    assert levels(report("a", response=force), report("b", response=force))["response"] == "same act"
    assert levels(report("a", response=force), report("b", response=none))["response"] == "at odds"
    assert "response" not in levels(report("a", response=force), report("b"))


def test_words_that_any_protest_has_do_not_count():
    one = report("a", claims=("protesters demand",), quote="Hundreds of people marched on Sunday.")
    assert "aims" not in levels(one, report("b"))


def test_a_retelling_weighs_more_than_another_act():
    here, again, other = profile(report("a")), profile(report("b", form="rally")), profile(other_act("c"))
    assert match_weight(here, again) > 0 > match_weight(here, other)


def test_every_weight_is_of_a_comparison_that_is_made():
    assert set(bundled_weights().levels) <= set(COMPARISONS)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({}, ""),
        ({"article": "article of a"}, "two records of one article"),
        ({"place": FORT_WILLIAM}, "different places"),
        ({"day": "2024-05-15"}, "different days"),
        ({"day": "2024-05-15/2024-05-16"}, "different days"),
        ({"day": "2024-05"}, ""),
        ({"trigger": "counter-protest"}, "protest and counter-protest"),
        ({"participants": ("Counterdemonstrators",)}, "protest and counter-protest"),
        ({"place": BRITAIN, "umbrella": True}, "the whole and one of its cities"),
    ],
)
def test_what_cannot_be_one_event(changed, reason):
    one, other = profile(report("a")), profile(report("b", **changed))
    assert cannot_link(one, other) == cannot_link(other, one) == reason


def test_a_strike_is_dated_by_any_of_its_days():
    first, third, later = (
        profile(report(day, form="strike", day=day)) for day in ("2024-05-12", "2024-05-14", "2024-07-14")
    )
    assert cannot_link(first, third) == ""
    assert cannot_link(first, later) == "different days"
