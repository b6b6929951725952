import datetime as dt

import pytest

from rallybook.coding.act_sizes import NAMES
from rallybook.coding.pipeline import surveyed
from rallybook.grounding.reading import read
from rallybook.model.article import Article

training = pytest.importorskip("rallybook.training.act_sizes", reason="scikit-learn is not installed")

TEXT = "Some 300 bakers marched in Lyon on Sunday against the price of flour; organisers said 900."
MARCH = {
    "form": "march",
    "status": "happened",
    "date": {"edtf": "2019-05-05"},
    "place": {"name": "Lyon", "country": "FR", "lat": 45.75, "lon": 4.85, "precision": "city"},
    "quote": TEXT,
    "trigger": "marched",
}


def answers(text, *events):
    scene = surveyed(read(Article(id="a", text=text, published=dt.date(2019, 5, 6), language="en")))
    return list(training.questions(scene, {"id": "a", "events": list(events)}, 1.0))


@pytest.mark.parametrize(
    ("low", "high", "right"),
    [(300, 900, [True, True]), (300, 300, [True, False]), (None, None, [False, False])],
)
def test_a_number_is_right_where_the_record_tells_it_or_has_it_as_an_end(low, high, right):
    asked = answers(TEXT, MARCH | {"size": {"low": low, "high": high}})
    assert [question.right for question in asked] == right
    assert {len(question.numbers) for question in asked} == {len(NAMES)}


def test_an_act_that_stands_for_no_record_is_not_asked_about():
    assert answers(TEXT) == []
    assert answers("The cats in Lyon slept on Sunday while 300 bakers marched to bed, he said.") == []
