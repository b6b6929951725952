import pytest

from rallybook.coding.reach import SCALES
from rallybook.coding.scene import survey
from rallybook.coding.tagged import ROLES
from rallybook.evaluation.labelled import Labelled, LabelledDate, LabelledPlace
from rallybook.grounding.gazetteer import CompiledGazetteer
from rallybook.grounding.reading import read
from rallybook.model.article import Article
from rallybook.model.record import FORMS, STATUSES
from rallybook.training.corpus import Lesson
from rallybook.training.page import ACT_TAG as ACT
from rallybook.training.page import EXTENT_TAG as EXTENT
from rallybook.training.page import FOCUS_TAG as FOCUS
from rallybook.training.page import FORM_TAG as FORM
from rallybook.training.page import ROLE_TAG as ROLE
from rallybook.training.page import SCALE_TAG as SCALE
from rallybook.training.page import STATUS_TAG as STATUS
from rallybook.training.page import UNTOLD
from rallybook.training.tags import sheet

TEXT = "About 300 nurses marched in Leeds on Sunday. The march in Leeds ended at noon. Buses ran late."
EVENT = {
    "form": "march",
    "status": "happened",
    "focus": "focal",
    "trigger": "marched",
    "quote": "About 300 nurses marched in Leeds on Sunday.",
    "place": {"text": "Leeds", "precision": "city"},
    "date": {"text": "on Sunday", "edtf": ""},
    "size": {"text": "About 300"},
    "participants": ["nurses"],
}


@pytest.fixture(scope="module")
def lesson():
    article = Article(id="a", text=TEXT, language="en")
    scene = survey(read(article), CompiledGazetteer())
    gold = Labelled(
        form="march",
        status="happened",
        focus="focal",
        date=LabelledDate(""),
        place=LabelledPlace("Leeds", "GB", 53.8, -1.55, "city"),
        quote=EVENT["quote"],
        trigger="marched",
    )
    told = tuple((0,) if t.text == "marched" else () for t in scene.triggers)
    return Lesson("written", scene, (gold,), (EVENT,), told)


def tags_of(article, words, nth=0):
    at = -1
    for _ in range(nth + 1):
        at = TEXT.index(words, at + 1)
    (window,), (tags,) = article.windows, article.tags
    return next(tags[n] for n, start in enumerate(window.starts) if start == at)


def test_the_trigger_bears_form_status_and_focus(lesson):
    found = tags_of(sheet(lesson), "marched")
    assert found[ACT] == 1
    assert FORMS[found[FORM]] == "march"
    assert STATUSES[found[STATUS]] == "happened"
    assert found[FOCUS] == 1


def test_it_bears_the_reach_as_far_as_the_labels_say(lesson):
    found = tags_of(sheet(lesson), "marched")
    assert SCALES[found[SCALE]] == "place"
    assert found[EXTENT] == UNTOLD  # a day of the week that nothing fixes


def test_other_words_name_no_act_and_have_no_form(lesson):
    found = tags_of(sheet(lesson), "Buses")
    assert found[ACT] == 0
    assert {found[FORM], found[STATUS], found[FOCUS]} == {UNTOLD}


def test_of_the_same_act_told_again_the_labels_say_nothing(lesson):
    assert tags_of(sheet(lesson), "march", 1)[ACT] == UNTOLD


def test_parts_of_an_act_are_tagged_where_they_stand_nearest(lesson):
    article = sheet(lesson)
    place = ROLE + ROLES.index("place")
    assert tags_of(article, "Leeds")[place] == 1
    assert tags_of(article, "Leeds", 1)[place] == UNTOLD
    assert tags_of(article, "Buses")[place] == 0
    assert tags_of(article, "nurses")[ROLE + ROLES.index("participants")] == 1
    assert tags_of(article, "nurses")[place] == 0


def test_what_only_one_coder_saw_is_left_untold(lesson):
    doubtful = lesson._replace(events=(EVENT | {"optional": True},))
    assert tags_of(sheet(doubtful), "marched")[ACT] == UNTOLD
