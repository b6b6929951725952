import datetime as dt

import pytest

from rallybook.coding.act_columns import READER
from rallybook.coding.scene import survey
from rallybook.grounding.gazetteer import CompiledGazetteer
from rallybook.grounding.reading import read
from rallybook.model.article import Article
from rallybook.training.corpus import Lesson
from rallybook.training.page import ROLE_TAG, UNTOLD
from rallybook.training.unquoted import unquoted

TEXT = (
    "Bakers marched in Lima from Monday to Wednesday. Police put the crowd at 300, the union spoke of 900 people. "
    "Officers arrested 45 people in Lima and 17 were hurt. On Friday 45 nurses in Cusco were arrested, too."
)
EVENT = {
    "form": "march",
    "trigger": "marched",
    "quote": "Bakers marched in Lima from Monday to Wednesday.",
    "date": {"edtf": "2024-03-04/2024-03-06"},
    "place": {"name": "Lima", "country": "PE", "lat": -12.04, "lon": -77.03, "precision": "city"},
    "size": {"text": "300", "low": 300, "high": 900},
    "response": {"actions": ["arrests"], "arrests": {"low": 45, "high": 45}},
    "harm": {"injured": {"low": 17, "high": 17}, "killed": {"low": None, "high": None}},
}


@pytest.fixture(scope="module")
def told():
    article = Article(id="a", text=TEXT, language="en", published=dt.date(2024, 3, 9))
    scene = survey(read(article), CompiledGazetteer())
    found = {}
    for words in unquoted(Lesson("articles", scene, (), (EVENT,), ()), EVENT):
        for column, tag in words.tags.items():
            found.setdefault(READER.roles[column - ROLE_TAG], []).append((TEXT[words.start : words.end], tag))
    return found


def test_a_count_is_told_nearest_to_the_act_and_elsewhere_left_open(told):
    assert told["arrests"] == [("45", UNTOLD), ("45", 1)]
    assert told["injured"] == [("17", 1)]
    assert "killed" not in told


def test_both_ends_of_a_size_are_told(told):
    assert {words for words, tag in told["size"] if tag == 1} == {"300", "900"}


def test_the_words_of_the_act_tell_what_the_authorities_did(told):
    assert told["met: arrests"] == [("marched", 1)]
    assert told["met: force"] == [("marched", 0)]
