import datetime as dt

from reports import report

from rallybook.linking.days import Days, days_of, gap


def test_a_day_is_itself():
    assert days_of(report("a")) == Days(dt.date(2024, 5, 12), dt.date(2024, 5, 12))


def test_an_open_end_closes_with_the_publication():
    assert days_of(report("a", day="2024-05-10/..")).last == dt.date(2024, 5, 13)


def test_an_open_end_after_the_publication_reaches_a_month():
    assert days_of(report("a", day="2024-06-01/..")).length == 31


def test_an_open_beginning_reaches_a_month_back():
    assert days_of(report("a", day="../2024-05-12")).first == dt.date(2024, 4, 12)


def test_no_day_is_the_week_before_the_publication():
    days = days_of(report("a", day=""))
    assert (days.first, days.last, days.told) == (dt.date(2024, 5, 6), dt.date(2024, 5, 13), False)


def test_what_is_planned_without_a_day_is_soon():
    assert days_of(report("a", day="", status="planned")).last == dt.date(2024, 5, 27)


def test_a_decade_dates_nothing():
    assert not days_of(report("a", day="201X")).told


def test_without_day_and_publication_there_is_no_hold():
    assert days_of(report("a", day="", published=None)) is None


def test_the_first_and_last_days_of_the_calendar_can_be_moved():
    assert days_of(report("a", day="../0001-01-01", published=None)).length == 1


def test_neighbouring_days_miss_each_other_by_one():
    one, other = (days_of(report("a", day=day)) for day in ("2024-05-12", "2024-05-13"))
    assert gap(one, other) == gap(other, one) == 1
