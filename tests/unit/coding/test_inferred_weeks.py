from __future__ import annotations

import datetime as dt

import pytest

from rallybook.coding.inferred_weeks import ahead, behind, beside, either_week
from rallybook.model.mention import Timex
from rallybook.model.values import DateRange

PUBLISHED = dt.date(2017, 6, 7)


def timex(edtf: str, *, alone: bool = True) -> Timex:
    return Timex(start=0, end=6, text="Friday", date=DateRange(edtf), week_inferred=alone)


@pytest.mark.parametrize(
    ("told", "moved"),
    [
        ("2017-06-02", "2017-06-09"),
        ("2017-06-02/..", "2017-06-09/.."),
        ("2017-06-09", "2017-06-09"),
        ("2017-06-07", "2017-06-07"),
        ("2017-06-05/2017-06-07", "2017-06-12/2017-06-14"),
    ],
)
def test_what_is_planned_lies_ahead(told: str, moved: str) -> None:
    assert ahead(timex(told), PUBLISHED).date.edtf == moved


@pytest.mark.parametrize(
    ("told", "moved"),
    [("2017-06-09", "2017-06-02"), ("2017-06-02", "2017-06-02"), ("2017-06-07", "2017-06-07")],
)
def test_what_happened_does_not(told: str, moved: str) -> None:
    assert behind(timex(told), PUBLISHED) == moved


def test_a_day_whose_week_is_told_stays() -> None:
    assert ahead(timex("2017-06-02", alone=False), PUBLISHED).date.edtf == "2017-06-02"
    assert behind(timex("2017-06-09", alone=False), PUBLISHED) == "2017-06-09"


def test_what_was_called_off_lies_in_either_week() -> None:
    assert [t.date.edtf for t in either_week(timex("2017-06-02"), PUBLISHED)] == ["2017-06-02", "2017-06-09"]
    assert [t.date.edtf for t in either_week(timex("2017-06-09"), PUBLISHED)] == ["2017-06-09", "2017-06-02"]
    assert [t.date.edtf for t in either_week(timex("2017-06-09", alone=False), PUBLISHED)] == ["2017-06-09"]


@pytest.mark.parametrize(
    ("told", "banned", "weeks"),
    [
        # two days ago or in five, one day ago or in six: what was called off is the nearer
        ("2017-06-12", False, ["2017-06-05"]),
        ("2017-06-06", False, ["2017-06-06"]),
        ("2017-06-02", False, ["2017-06-09"]),
        # three days ago or in four: either, but what was banned had been about to begin
        ("2017-06-04", False, ["2017-06-04", "2017-06-11"]),
        ("2017-06-11", True, ["2017-06-04"]),
        ("2017-06-02", True, ["2017-06-09"]),
    ],
)
def test_what_did_not_come_about_lies_beside_publication(told: str, banned: bool, weeks: list[str]) -> None:
    assert [t.date.edtf for t in beside(timex(told), PUBLISHED, banned=banned)] == weeks


def test_a_day_of_the_month_alone_moves_by_a_month() -> None:
    nth = Timex(start=0, end=8, text="the 31st", date=DateRange("2017-05-31"), month_inferred=True)
    assert ahead(nth, PUBLISHED).date.edtf == "2017-06-30"
    assert behind(nth, PUBLISHED) == "2017-05-31"
    assert [t.date.edtf for t in either_week(nth, PUBLISHED)] == ["2017-05-31", "2017-06-30"]
