from __future__ import annotations

import datetime as dt

import pytest

from rallybook.model.edtf import approximate, bounds, well_formed


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("2021-02-14", "2021-02-14", "2021-02-14"),
        ("2021-02-14/2021-02-16", "2021-02-14", "2021-02-16"),
        ("2021-02", "2021-02-01", "2021-02-28"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2021", "2021-01-01", "2021-12-31"),
        ("2021-22", "2021-06-01", "2021-08-31"),
        ("2021-24", "2021-12-01", "2022-02-28"),
        ("199X", "1990-01-01", "1999-12-31"),
        ("19XX", "1900-01-01", "1999-12-31"),
        ("2021-XX", "2021-01-01", "2021-12-31"),
        ("2021-02-XX", "2021-02-01", "2021-02-28"),
        ("2021-01-18/2021-02-13~", "2021-01-18", "2021-02-13"),
        ("2021-03~", "2021-03-01", "2021-03-31"),
        ("2021-01/2021-03", "2021-01-01", "2021-03-31"),
    ],
)
def test_a_date_covers_its_first_to_its_last_day(edtf: str, first: str, last: str) -> None:
    assert bounds(edtf) == (dt.date.fromisoformat(first), dt.date.fromisoformat(last))


def test_an_open_end_is_none() -> None:
    assert bounds("2021-02-01/..") == (dt.date(2021, 2, 1), None)
    assert bounds("../2021-02-01") == (None, dt.date(2021, 2, 1))
    assert bounds("/2021-02-01") == (None, dt.date(2021, 2, 1))


@pytest.mark.parametrize(
    "edtf",
    [
        "",
        "XXXX-11-03",
        "2021-02-30",
        "2021-13",
        "2021-00",
        "../..",
        "/",
        "soon",
        "2021-",
        "0000",
        "9999",
        "٢٠٢١",
    ],
)
def test_what_tells_no_days_has_no_bounds(edtf: str) -> None:
    assert bounds(edtf) is None


def test_approximate_tells_marked_dates() -> None:
    assert all(approximate(each) for each in ("2021-02~", "2021?", "199X", "2021-01/2021-02-13~"))
    assert not approximate("2021-02-14/..")


@pytest.mark.parametrize(
    "edtf",
    ["2021", "2021-02", "2021-02-14", "2021-02~", "2021-02-14/..", "../2021-02-14", "2021-01/2021-02-13~"],
)
def test_dates_that_can_be_read_whole_are_well_formed(edtf: str) -> None:
    assert well_formed(edtf)


@pytest.mark.parametrize(
    "edtf",
    ["", "..", "../..", "/", "2021-02-30", "2021-13-01", "soon", "2021-02-14/soon", "2021-02-14/2021-02-30",
     "2021-02-16/2021-02-14", "2021-02-14 ", "2021/2022/2023", "XXXX-11-03", "14 February 2021"],
)  # fmt: skip
def test_what_can_be_read_in_part_only_is_not(edtf: str) -> None:
    assert not well_formed(edtf)
