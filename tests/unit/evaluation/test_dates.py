import pytest
from labelled_examples import record

from rallybook.evaluation.dates import likeness, right


@pytest.mark.parametrize(
    ("gold", "predicted", "expected"),
    [
        ("2024-05-12", "2024-05-12", 1.0),
        ("", "", 1.0),
        ("", "2024-05-12", 0.3),
        ("XXXX-05-12", "", 1.0),
        ("2024-05", "2024-05-12", 0.8),
        ("2024-05-12/..", "2025-01-01", 0.8),
        ("2024-05-12", "2024-05-13", 0.6),
        ("2024-05-12", "2024-05-19", 0.3),
        ("2024-05-12", "2024-05-20", 0.0),
    ],
)
def test_dates_are_alike_by_the_days_between_them(gold, predicted, expected):
    assert likeness(record(day=gold), record(day=predicted)) == expected
    assert likeness(record(day=predicted), record(day=gold)) == expected


@pytest.mark.parametrize(
    ("gold", "predicted", "expected"),
    [
        ("2024-05-12", "2024-05-12", True),
        ("2024-05-12", "2024-05-13", False),
        ("2024-05-12", "2024-05-12/2024-05-13", True),
        ("2024-05-12/2024-05-20", "2024-05-12/..", True),
        ("2024-05-12/2024-05-20", "2024-05-13/2024-05-20", False),
        ("2024-05~", "2024-05-30", True),
        ("2024-05", "2024-05-30", False),
        ("", "2024-05-12", False),
        ("", "", True),
    ],
)
def test_a_date_is_right_by_its_first_day_and_nearly_its_last(gold, predicted, expected):
    assert right(record(day=gold), record(day=predicted)) is expected


def test_any_reading_of_the_gold_date_will_do():
    gold = record(day="2024-05-12", also={"date": ("2024-05-19",)})
    assert right(gold, record(day="2024-05-19"))
    assert likeness(gold, record(day="2024-05-19")) == 1.0
