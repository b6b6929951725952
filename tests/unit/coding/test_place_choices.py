import numpy as np

from rallybook.coding.place_choices import Whereabouts
from rallybook.coding.scene import survey
from rallybook.coding.tagged import TAGGER, Tagged
from rallybook.grounding.gazetteer import CompiledGazetteer
from rallybook.grounding.reading import read
from rallybook.model.article import Article

UNREAD = Tagged((), (), np.zeros((0, TAGGER.count), np.float32))


def told(text, trigger="blocked", tagged=UNREAD):
    scene = survey(read(Article(id="a", text=text, language="en")), CompiledGazetteer(), tagged)
    mention = next(t for t in scene.triggers if trigger in t.text)
    return [choice.place for choice in Whereabouts(scene).choices(mention)]


def regions(text):
    return {place.name for place in told(text) if place and place.precision == "region"}


def test_the_division_of_the_town_of_an_article_may_be_meant():
    text = "AACHEN, Germany - Farmers blocked roads on Monday.\n\nThe mayor of Aachen spoke."
    assert "North Rhine-Westphalia" in regions(text)


def test_so_may_a_division_of_the_same_name():
    text = "OAXACA, Mexico - Teachers blocked the highways in Oaxaca on Monday."
    assert regions(text)


def test_that_of_a_town_told_by_the_way_is_not():
    text = (
        "AACHEN, Germany - Farmers blocked roads in Aachen on Monday. The mayor of Aachen spoke in Aachen.\n\n"
        "A cousin lives in Munich."
    )
    assert "Bavaria" not in regions(text)


def test_the_rules_alone_do_not_ask_about_divisions():
    assert "North Rhine-Westphalia" not in {
        place.name
        for place in told("AACHEN, Germany - Farmers blocked roads on Monday.", tagged=None)
        if place
    }
