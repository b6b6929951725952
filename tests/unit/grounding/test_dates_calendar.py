from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rallybook.grounding import calendar_rules as rules
from rallybook.grounding.holiday_dates import easter, orthodox_easter
from rallybook.grounding.tense import looks_ahead
from rallybook.grounding.timex_patterns import first_classes
from rallybook.model.edtf import bounds

DAYS = st.dates(min_value=dt.date(1900, 1, 1), max_value=dt.date(2100, 1, 1))


@pytest.mark.parametrize(
    ("year", "western", "orthodox"),
    [(2000, (4, 23), (4, 30)), (2017, (4, 16), (4, 16)), (2021, (4, 4), (5, 2)), (2024, (3, 31), (5, 5))],
)
def test_easter_falls_on_its_known_days(
    year: int, western: tuple[int, int], orthodox: tuple[int, int]
) -> None:
    assert easter(year) == dt.date(year, *western)
    assert orthodox_easter(year) == dt.date(year, *orthodox)


@given(st.integers(1900, 2099))
def test_easter_is_a_sunday_of_spring(year: int) -> None:
    assert easter(year).weekday() == orthodox_easter(year).weekday() == 6
    assert dt.date(year, 3, 22) <= easter(year) <= orthodox_easter(year) <= dt.date(year, 5, 8)


@given(DAYS, st.integers(0, 6))
def test_the_weekday_before_and_after_are_a_week_apart_at_most(day: dt.date, weekday: int) -> None:
    before, after = rules.weekday_before(day, weekday), rules.weekday_after(day, weekday)
    assert before is not None
    assert after is not None
    assert before.weekday() == after.weekday() == weekday
    assert before <= day <= after
    assert (after - before).days == (0 if day.weekday() == weekday else 7)


@given(DAYS, st.integers(-1200, 1200))
def test_months_added_and_taken_away_give_the_same_month(day: dt.date, months: int) -> None:
    there = rules.add_months(day, months)
    assert there is not None
    back = rules.add_months(there, -months)
    assert back is not None
    assert (back.year, back.month) == (day.year, day.month)


@given(st.integers(1900, 2100), st.integers(21, 24), st.booleans())
def test_a_season_is_written_as_the_days_it_covers(year: int, code: int, southern: bool) -> None:
    season = rules.season(year, code, southern=southern)
    assert bounds(season.edtf) == (season.first, season.last)


def test_southern_summer_runs_over_the_turn_of_the_year() -> None:
    assert rules.season(2016, 22, southern=True).edtf == "2016-12/2017-02"
    assert rules.season(2016, 24, southern=True).edtf == "2016-06/2016-08"


def test_no_day_lies_beyond_the_calendar() -> None:
    assert rules.shifted(dt.date.max, 1) is None
    assert rules.add_months(dt.date(1, 1, 1), -1) is None
    assert rules.week_of(dt.date.max, 1) is None


@pytest.mark.parametrize(
    ("before", "after", "ahead"),
    [
        ("The union will strike on ", ".", True),
        ("The union struck on ", ".", False),
        ("The strike planned for ", " is legal.", True),
        ("The union said on ", " that it will strike.", False),
        ("The union announced on ", " that it will strike.", False),
        ("They have sat there since ", ", and will stay.", False),
        ("On ", " the union will strike.", True),
        ("On ", " the union decided to strike.", False),
        ("It was quiet. A march on ", ".", None),
        ("They will talk. Crowds gathered on ", ".", False),
    ],
)
def test_the_nearest_cue_of_the_clause_tells_the_tense(before: str, after: str, ahead: bool | None) -> None:
    text = f"{before}Friday{after}"
    assert looks_ahead(text, len(before), len(before) + len("Friday")) is ahead


def test_first_classes_of_a_pattern_are_those_a_match_can_begin_with() -> None:
    assert first_classes("<the>? (?: <early> | <late> )? (?P<w> <weekday> ) <part>?") == {
        "the",
        "early",
        "late",
        "weekday",
    }
    assert first_classes("(?: <a> | <b>? ) (?! <c> ) <d>") == {"a", "b", "d"}
