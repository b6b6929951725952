import datetime as dt

import pytest

from rallybook.coding.date_choices import date_choices
from rallybook.coding.scene import survey
from rallybook.grounding.gazetteer import CompiledGazetteer
from rallybook.grounding.reading import read
from rallybook.model.article import Article


def dates(text, trigger="rally", status="happened"):
    article = Article(id="a", text=text, published=dt.date(2005, 11, 8), language="en")
    scene = survey(read(article), CompiledGazetteer())
    mention = next(t for t in scene.triggers if trigger in t.text)
    return {choice.edtf for choice in date_choices(scene, mention, status)}


@pytest.mark.parametrize(
    "text",
    [
        "The party held a rally in Minsk on Monday to mark the 88th anniversary of the 1917 revolution.",
        "On Monday dockers held a rally to remember the anniversary of the great strike of 1917.",
    ],
)
def test_what_an_act_recalls_does_not_date_it(text):
    found = dates(text)
    assert "2005-11-07" in found
    assert "1917" not in found


def test_a_year_that_no_anniversary_is_of_may_date_an_act():
    assert "1917" in dates("The union held its first rally in 1917, long before the anniversary.")


def test_a_day_of_the_week_of_what_was_called_off_may_lie_on_either_side():
    text = "The union called off its rally on Friday."
    assert {"2005-11-04", "2005-11-11"} <= dates(text, status="cancelled")
    assert "2005-11-04" not in dates(text)
