from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from rallybook.model.edtf import bounds

# year 9999 is left out by `bounds`: the day after its last one does not exist
days = st.dates(max_value=dt.date(9998, 12, 31))


@given(st.text(alphabet="0123456789X-/.~?% ", max_size=24))
def test_bounds_never_raise(edtf: str) -> None:
    found = bounds(edtf)
    assert found is None or len(found) == 2


@given(days)
def test_a_day_is_its_own_bounds(day: dt.date) -> None:
    assert bounds(day.isoformat()) == (day, day)


@given(days, days)
def test_an_interval_has_the_bounds_of_its_ends(one: dt.date, other: dt.date) -> None:
    first, last = sorted((one, other))
    assert bounds(f"{first.isoformat()}/{last.isoformat()}") == (first, last)


@given(st.integers(1, 9998), st.integers(1, 12) | st.integers(21, 24))
def test_months_and_seasons_run_forwards(year: int, month: int) -> None:
    found = bounds(f"{year:04d}-{month:02d}")
    assert found is not None
    assert found[0] is not None
    assert found[1] is not None
    assert 28 <= (found[1] - found[0]).days + 1 <= 92


@given(days, st.sampled_from(["~", "?", "%"]))
def test_a_qualifier_changes_no_bounds(day: dt.date, mark: str) -> None:
    assert bounds(f"{day.isoformat()}{mark}") == (day, day)


@given(days)
def test_a_month_holds_its_days_and_a_year_its_months(day: dt.date) -> None:
    month, year = bounds(f"{day.year:04d}-{day.month:02d}"), bounds(f"{day.year:04d}")
    assert month is not None
    assert year is not None
    assert year[0] <= month[0] <= day <= month[1] <= year[1]
