import datetime as dt

import pytest
from kept_examples import record

from rallybook.model.recycled import was_there_before

POSTED = dt.date(2024, 5, 20)


@pytest.mark.parametrize(
    ("day", "edtf", "before"),
    [
        ("2024-05-10", "2024-05-12", True),
        # the clock of a camera may be a day off
        ("2024-05-11", "2024-05-12", False),
        ("2024-05-14", "2024-05-12", False),
        ("2024-05-10", "2024-05-12/2024-05-14", True),
        # no day is told: that of the post
        ("2024-05-12", "", True),
        ("2024-05-19", "", False),
    ],
)
def test_a_picture_is_older_than_the_event_or_not(day, edtf, before):
    assert was_there_before(dt.date.fromisoformat(day), record("a", day=edtf), POSTED) is before


def test_where_a_day_is_not_known_nothing_is_said():
    assert not was_there_before(None, record("a"), POSTED)
    assert not was_there_before(POSTED, record("a", day=""), None)
