from labelled_examples import LONDON, record

from rallybook.evaluation.intervals import intervals
from rallybook.evaluation.records_score import matches


def _found(count):
    gold = {str(number): (record(), record(at=LONDON)) for number in range(count)}
    predicted = {
        str(number): (record(),) if number % 2 else (record(), record(at=LONDON)) for number in range(count)
    }
    return matches(gold, predicted)


def test_the_interval_holds_the_figure():
    low, high = intervals(_found(40))["detect"]
    assert low < 2 * 60 / (60 + 80) < high


def test_more_articles_give_a_narrower_interval():
    few, many = intervals(_found(8))["detect"], intervals(_found(80))["detect"]
    assert many[1] - many[0] < few[1] - few[0]


def test_the_same_seed_gives_the_same_interval():
    found = _found(10)
    assert intervals(found, seed=3) == intervals(found, seed=3)


def test_fields_have_intervals_too():
    assert intervals(_found(10))["date"] == (1.0, 1.0)


def test_there_is_no_interval_without_articles():
    assert intervals([]) == {}
