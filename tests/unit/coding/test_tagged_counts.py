import numpy as np
import pytest

from rallybook.coding.tagged import TAGGER, Tagged
from rallybook.coding.tagged_counts import told_counts
from rallybook.grounding.headcounts import head_counts
from rallybook.grounding.reading import read
from rallybook.grounding.response import responses
from rallybook.model.article import Article


def counted(text, odds):
    """Give the words of the head counts where the tagger says of every word that it is one, with these log odds."""
    reading = read(Article(id="", text=text, language="en"))
    scores = np.full((1, TAGGER.count), odds, np.float32)
    found = head_counts(reading, at_least=0.0)
    return [
        count.text for count in told_counts(found, Tagged((0,), (len(text),), scores), responses(reading))
    ]


def test_a_faint_number_counts_where_the_tagger_is_sure():
    text = "The square held 4,000 by noon."
    assert counted(text, 2.0) == ["4,000"]
    assert counted(text, -5.0) == []


@pytest.mark.parametrize(
    "text",
    [
        "The pause comes after police have arrested thousands of people in recent weeks during protests.",
        "Police detained some 300 people near the march.",
    ],
)
def test_those_who_were_arrested_are_no_crowd_however_sure_the_tagger_is(text):
    assert counted(text, 3.0) == []


def test_money_is_no_crowd_however_sure_the_tagger_is():
    assert counted("The strike for a wage of 23,000 taka has spread to the cutting rooms.", 3.0) == []
