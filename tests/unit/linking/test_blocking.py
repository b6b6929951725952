from reports import BRITAIN, NOWHERE, OBAN, SCOTLAND, report

from rallybook.linking.blocking import block_keys, candidates
from rallybook.linking.profiles import profile
from rallybook.model.record import EventPlace


def compared(*reports):
    return list(candidates([profile(one) for one in reports]))


def test_the_same_city_and_day_share_a_key():
    assert block_keys(report("a")) == block_keys(report("b"))
    assert compared(report("a"), report("b")) == [(0, 1)]


def test_neighbouring_days_are_compared_and_others_are_not():
    assert compared(report("a"), report("b", day="2024-05-13"))
    assert not compared(report("a"), report("b", day="2024-05-14"))


def test_a_suburb_in_the_next_cell_is_compared():
    west = EventPlace("west", "West", "GB", 56.0, -5.01, "city")
    east = EventPlace("east", "East", "GB", 56.0, -4.99, "city")
    assert compared(report("a", place=west), report("b", place=east))


def test_the_other_side_of_the_date_line_is_near():
    west, east = (EventPlace("", "Taveuni", "FJ", -16.9, lon, "city") for lon in (-179.95, 179.95))
    assert compared(report("a", place=west), report("b", place=east))


def test_a_far_town_of_the_country_is_not_compared():
    london = EventPlace("", "London", "GB", 51.5, -0.13, "city")
    assert not compared(report("a"), report("b", place=london))


def test_what_knows_only_the_country_is_compared_with_its_cities():
    assert compared(report("a"), report("b", place=BRITAIN)) == [(0, 1)]
    assert compared(report("a", place=SCOTLAND), report("b", place=BRITAIN)) == [(0, 1)]


def test_what_knows_only_the_month_is_compared_with_its_days():
    assert compared(report("a"), report("b", day="2024-05"))
    assert compared(report("a", day="2024-05"), report("b", place=BRITAIN))


def test_what_knows_no_place_is_compared_with_acts_of_its_kind():
    assert compared(report("a"), report("b", place=NOWHERE))
    assert not compared(report("a"), report("b", place=NOWHERE, form="hunger_strike"))


def test_days_of_one_strike_are_compared():
    strike = {"form": "strike"}
    assert compared(report("a", **strike), report("b", day="2024-05-20", **strike))


def test_a_strike_meets_no_other_act_of_its_month_but_those_that_tell_no_day():
    strike, rally = report("a", form="strike"), {"form": "rally", "place": OBAN}
    assert not compared(strike, report("b", day="2024-05-20", **rally))
    assert compared(strike, report("b", day="", published=strike.published, **rally))
    assert compared(report("a", day="", form="strike"), report("b", day="2024-05-20", **rally))


def test_days_of_one_strike_are_compared_over_the_turn_of_a_month():
    strike = {"form": "strike"}
    assert compared(report("a", day="2024-05-24", **strike), report("b", day="2024-06-14", **strike))


def test_what_has_neither_day_nor_publication_meets_its_like():
    bare = {"day": "", "published": None}
    assert compared(report("a", **bare), report("b", **bare))
    assert not compared(report("a", **bare), report("b"))


def test_the_keys_are_bounded():
    for day in ("2024-05-12", "2024-05-03/2024-05-12", "2020/2021", "2023-01-01/..", ""):
        for place in (OBAN, SCOTLAND, BRITAIN, NOWHERE, EventPlace("", "Pole", "", 89.99, 0.0, "city")):
            for form in ("rally", "march", "strike"):
                assert 1 <= len(block_keys(report("a", day=day, place=place, form=form))) <= 400
