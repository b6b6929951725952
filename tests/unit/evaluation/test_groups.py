import pytest
from labelled_examples import LONDON, record

from rallybook.evaluation.groups import GROUPS, groups
from rallybook.evaluation.records_score import matches


def test_found_right_and_invented_are_counted_by_value():
    gold = {"a": (record(), record(at=LONDON, form="rally"), record(day="2020-01-01"))}
    predicted = {
        "a": (
            record(),
            record(at=LONDON, form="rally", status="planned"),
            record(day="2010-01-01", form="boycott"),
        )
    }
    found = {group.value: group for group in groups(matches(gold, predicted), "form")}
    assert list(found) == ["march", "rally", "boycott"]
    march, rally, boycott = found.values()
    assert (march.gold, march.found, march.right, march.invented) == (2, 1, 1, 0)
    assert (rally.gold, rally.found, rally.right, rally.invented) == (1, 1, 0, 0)
    assert (boycott.gold, boycott.invented) == (0, 1)


@pytest.mark.parametrize("by", sorted(GROUPS))
def test_every_grouping_counts_every_record_once(by):
    gold = {"a": (record(), record(at=LONDON, day="2024-05/.."), record(day="", status=None))}
    assert sum(group.gold for group in groups(matches(gold, gold), by)) == 3
