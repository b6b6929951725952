import datetime as dt

import pytest

from rallybook.coding.coreference import acts_of
from rallybook.coding.pipeline import gazetteer
from rallybook.coding.scene import survey
from rallybook.grounding.reading import read
from rallybook.model.article import Article

MONDAY = dt.date(2024, 3, 11)
ASKED = "An activist called on women to form a human chain in Minsk on Sunday."


def acts(text):
    scene = survey(read(Article(id="a", text=text, published=MONDAY, language="en")), gazetteer())
    return [(act.form, act.status(MONDAY), act.edtf) for act in acts_of(scene)]


def test_a_plan_for_a_day_of_the_week_on_which_it_came_about_is_that_act():
    told = acts(f"{ASKED} More than 100 women formed a human chain in Minsk on Sunday.")
    assert told == [("human_chain", "happened", "2024-03-10")]


@pytest.mark.parametrize(
    "other",
    [
        "",
        "More than 100 women formed a human chain in Brest on Sunday.",
        "More than 100 women formed a human chain in Minsk on Saturday.",
        "More than 100 women held a hunger strike in Minsk on Sunday.",
    ],
)
def test_a_plan_of_which_nothing_like_it_is_told_lies_ahead(other):
    assert ("human_chain", "planned", "2024-03-17") in acts(f"{ASKED} {other}")
