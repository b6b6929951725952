import msgspec
import pytest
from reports import BRITAIN, FORT_WILLIAM, OBAN, SCOTLAND, other_act, report

from rallybook.linking.consolidation import consolidated
from rallybook.linking.umbrellas import kin
from rallybook.model.record import EventPlace

LILLE = EventPlace("Lille", "Lille", "FR", 50.637, 3.063, "city")
LONDON = EventPlace("London", "London", "GB", 51.507, -0.128, "city")
EUROPE = EventPlace("Europe", "Europe", "", None, None, "unknown")


def event(name, **changed):
    return msgspec.structs.replace(consolidated([report(name, **changed)]), id=name)


def whole(place=BRITAIN, **changed):
    return event("whole", umbrella=True, place=place, **changed)


def held(whole, *others):
    return [part.id for part in kin(whole, others).parts]


def test_a_whole_holds_the_cities_of_its_country_and_day():
    others = [
        event("oban", place=OBAN),
        event("lochaber", place=FORT_WILLIAM),
        event("lille", place=LILLE),
        event("later", day="2024-05-14"),
        event("scotland", place=SCOTLAND),
        event("undated", day=""),
        event("another whole", umbrella=True),
    ]
    assert held(whole(), *others) == ["oban", "lochaber"]


def test_only_a_whole_holds_any():
    assert held(event("oban"), event("lochaber", place=FORT_WILLIAM)) == []


def test_a_region_holds_what_lies_in_it():
    assert held(whole(SCOTLAND), event("oban"), event("london", place=LONDON)) == ["oban"]


def test_an_action_over_many_countries_holds_cities_of_all():
    assert held(whole(EUROPE), event("oban"), event("lille", place=LILLE)) == ["oban", "lille"]


@pytest.mark.parametrize(("day", "found"), [("2024-05-10/2024-05-14", ["oban"]), ("2024-05-13/..", [])])
def test_what_lasts_holds_its_days(day, found):
    assert held(whole(day=day), event("oban")) == found


def test_another_kind_of_act_is_a_part_where_people_or_aims_are_the_same():
    pupils = msgspec.structs.replace(consolidated([other_act("pupils")]), id="pupils")
    strike = event("strike", form="strike")
    assert held(whole(), pupils, strike) == ["strike"]
