import datetime as dt

import pytest

from rallybook.coding.pipeline import surveyed
from rallybook.grounding.reading import read
from rallybook.model.article import Article

training = pytest.importorskip("rallybook.training.coreference", reason="scikit-learn is not installed")

FIRST = "Some 300 bakers rallied in Lyon on Sunday against the price of flour."
SECOND = "Some 40 butchers rallied in Lyon on Sunday against a tax on meat."


def answers(*quotes):
    """Whether the second mention of a rally tells another act, where the article is labelled with these quotes."""
    text = f"{FIRST} {SECOND}"
    scene = surveyed(read(Article(id="a", text=text, published=dt.date(2019, 5, 6), language="en")))
    row = {"id": "a", "events": [{"quote": quote, "trigger": "rallied"} for quote in quotes]}
    return [question.right for question in training.questions(scene, row, 1.0)]


@pytest.mark.parametrize(
    ("quotes", "right"),
    [
        ([FIRST, SECOND], [True]),
        # the second is told of no record: it is the first again
        ([FIRST], [False]),
        # what the first tells is not known
        ([SECOND], []),
        ([f"{FIRST} {SECOND}"], [False]),
    ],
)
def test_a_mention_tells_another_act_where_records_tell_both(quotes, right):
    assert answers(*quotes) == right
