import numpy as np
import pytest

from rallybook.coding.act_columns import READER
from rallybook.coding.columns import ACT
from rallybook.coding.coreference import acts_of
from rallybook.coding.mentions_read import with_mentions_read
from rallybook.coding.pipeline import gazetteer
from rallybook.coding.scene import survey
from rallybook.coding.tagged import TAGGER, Tagged
from rallybook.coding.trees import shipped
from rallybook.coding.verdicts import NAMES, is_named, numbers, verdicts
from rallybook.grounding.reading import read
from rallybook.model.article import Article
from rallybook.model.record import FORMS

TEXT = "Bakers marched in Lyon on Sunday. Nurses did not open the wards in Lille on Monday."
WORDS = ("marched", "did not open")


class Sure:
    """A reader that sees an act in each mention, with these log odds, and a march."""

    def __init__(self, odds):
        self.odds = odds

    def read(self, text, title, sentences, act):
        scores = np.zeros((1, READER.count), np.float32)
        scores[0, ACT] = self.odds
        scores[0, READER.form.start + FORMS.index("march")] = 5.0
        return Tagged((act[0],), (act[1],), scores, READER)


def scene(odds=(2.0, 2.0), read_odds=3.0):
    """The text as it is read by a tagger and a reader that give these log odds to its acts."""
    starts = tuple(TEXT.index(word) for word in WORDS)
    scores = np.zeros((2, TAGGER.count), np.float32)
    scores[:, ACT] = odds
    tagged = Tagged(starts, tuple(map(sum, zip(starts, map(len, WORDS), strict=True))), scores)
    found = survey(read(Article(id="a", text=TEXT, language="en")), gazetteer(), tagged)
    return with_mentions_read(found, Sure(read_odds))


def weighed(found, odds=1.5):
    acts = acts_of(found)
    told = numbers(found, acts, [odds] * len(acts), [0.25] * len(acts))
    return acts, [dict(zip(NAMES, one, strict=True)) for one in told]


def test_what_is_weighed_is_what_each_part_of_the_coder_says():
    _, (march, *_) = weighed(scene())
    assert (march["event"], march["retold"], march["tagged act"], march["read act"]) == (1.5, 0.25, 2.0, 3.0)
    assert march["read form"] == march["likeliest form"] == pytest.approx(0.0, abs=0.2)


def test_an_act_that_no_strong_word_tells_is_told_apart_and_so_is_one_that_the_tagger_does_not_see():
    found = scene((2.0, 2.0))
    acts, told = weighed(found)
    assert [is_named(found, act) for act in acts] == [one["named"] == 1.0 for one in told]
    unseen = weighed(scene((2.0, -7.0), -7.0))[1]
    assert all(one["named"] in (1.0, -1.0) for one in unseen)


def test_a_likelier_model_of_acts_makes_a_likelier_event():
    found = scene()
    acts = acts_of(found)
    faint, sure = (verdicts(found, acts, [odds] * len(acts))[0] for odds in (-3.0, 4.0))
    assert 0.0 < faint < sure < 1.0


def test_what_a_strong_word_names_and_another_calls_off_is_an_event_for_all_that_networks_miss():
    text = "A march through Lyon planned for Sunday was called off. Bakers marched in Lille."
    found = survey(read(Article(id="a", text=text, language="en")), gazetteer())
    acts = acts_of(found)
    told = dict(
        zip((act.status(None) for act in acts), verdicts(found, acts, [-4.0] * len(acts)), strict=True)
    )
    assert told["cancelled"] > 0.5 > told["happened"]


def test_the_trees_that_ship_ask_about_what_is_weighed():
    assert shipped("verdicts").names == NAMES
