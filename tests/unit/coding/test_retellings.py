import datetime as dt

import numpy as np
import pytest

from rallybook.coding import retellings
from rallybook.coding.act_columns import READER
from rallybook.coding.coreference import acts_of
from rallybook.coding.pipeline import gazetteer
from rallybook.coding.retellings import NAMES, Weighed, compared, retold
from rallybook.coding.scene import survey
from rallybook.coding.tagged import Tagged
from rallybook.coding.trees import Node, Trees, shipped
from rallybook.grounding.reading import read
from rallybook.model.article import Article

TEXT = (
    "Bakers marched in Lyon on Sunday 5 May 2019. In Lyon on Sunday 5 May 2019 some blocked the Rhone bridge. "
    "Nurses went on strike in Lille on Monday 6 May 2019. Bus drivers went on strike in Boston on Monday 6 May 2019."
)


def told(text=TEXT):
    """The acts of a text, the first the likeliest."""
    scene = survey(
        read(Article(id="a", text=text, published=dt.date(2019, 5, 7), language="en")), gazetteer()
    )
    acts = acts_of(scene)
    return scene, [Weighed(act, 0.9 - 0.1 * number) for number, act in enumerate(acts)]


def test_two_acts_are_compared_by_their_values():
    scene, (march, blockade, *_) = told()
    alike = dict(zip(NAMES, compared(scene, [march, blockade])[0, 1], strict=True))
    assert (alike["km"], alike["days"], alike["same days"]) == (0.0, 0.0, 1.0)
    assert (alike["same kind"], alike["likelier status"], alike["other status"]) == (0.0, 0.0, 0.0)
    assert (alike["likelier"], alike["other"], alike["sentences"]) == (0.9, pytest.approx(0.8), 1.0)
    assert alike["both: participants"] == -1.0


def test_acts_far_from_each_other_are_not_compared():
    scene, weighed = told()
    assert set(compared(scene, weighed)) == {(0, 1)}


def test_what_was_called_off_is_not_what_took_place_told_again():
    text = (
        "Bakers marched in Lyon on Sunday 5 May 2019. A strike in Lyon on Sunday 5 May 2019 was called off."
    )
    scene, weighed = told(text)
    assert [one.act.status(scene.published) for one in weighed] == ["happened", "cancelled"]
    assert compared(scene, weighed) == {}


def test_of_two_acts_the_likelier_comes_first():
    scene, (march, blockade, *_) = told()
    pairs = compared(scene, [march._replace(probability=0.2), blockade])
    assert list(pairs) == [(1, 0)]


def test_acts_are_compared_with_those_near_them_alone(monkeypatch):
    monkeypatch.setattr(retellings, "_REACH", 1)
    scene, (march, blockade, *_) = told()
    pairs = compared(scene, [march, blockade, march, blockade])
    assert {abs(one - other) for one, other in pairs} == {1}


def test_an_act_is_another_told_again_where_the_trees_say_so():
    always = Trees(NAMES, 2.0, ())
    again = retold([0.9, 0.8, 0.7], {(0, 1): (0.0,), (1, 2): (0.0,)}, always)
    # the second counts no longer, so that the third is told by none
    assert again == [0.0, pytest.approx(0.881, abs=1e-3), 0.0]


def test_words_that_play_a_role_in_two_acts_speak_for_one_event():
    starts, ends = (0, 8), (6, 15)
    scores = np.full((2, READER.count), -9.0, np.float32)
    scores[0, READER.at("participants")] = 9.0
    one = retellings.roles_of(Tagged(starts, ends, scores, READER))
    other = retellings.roles_of(Tagged(starts, ends, scores[::-1].copy(), READER))
    role = retellings.ROLES.index("participants")
    assert retellings.read_alike(one, one)[role] == pytest.approx(1.0, abs=1e-3)
    assert retellings.read_alike(one, other)[role] == pytest.approx(0.0, abs=1e-3)


def test_the_trees_that_ship_ask_about_what_is_compared():
    trees = shipped("retellings")
    assert trees.names == NAMES
    asked = {node.asks for tree in trees.trees for node in tree}
    assert asked <= set(range(-1, len(NAMES)))
    assert isinstance(trees.trees[0][0], Node)
