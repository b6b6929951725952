import datetime as dt

import msgspec
import pytest

from rallybook.coding.act_columns import READER, WHEN, WHERE
from rallybook.coding.scene import survey
from rallybook.evaluation.labelled import Labelled
from rallybook.grounding.gazetteer import CompiledGazetteer
from rallybook.grounding.reading import read
from rallybook.model.article import Article
from rallybook.training.corpus import Lesson
from rallybook.training.page import ROLE_TAG
from rallybook.training.whereabouts import verb_names, whereabouts

TEXT = (
    "LIMA - Bakers marched in Cusco on Monday, and nurses struck in Lima on Tuesday. "
    "Students rallied in Arequipa and Tacna on Wednesday."
)
LIMA = {"name": "Lima", "country": "PE", "lat": -12.04, "lon": -77.03, "precision": "city"}
CUSCO = {"name": "Cusco", "country": "PE", "lat": -13.52, "lon": -71.98, "precision": "city"}
AREQUIPA = {"name": "Arequipa", "country": "PE", "lat": -16.4, "lon": -71.54, "precision": "city"}
TACNA = {"name": "Tacna", "country": "PE", "lat": -18.01, "lon": -70.25, "precision": "city"}


def record(trigger, quote, place, date, text=""):
    told = {"edtf": date, "text": text}
    return {"form": "rally", "trigger": trigger, "quote": quote, "place": place, "date": told}


FIRST, SECOND = TEXT.split(". ", maxsplit=1)
EVENTS = (
    record("marched", FIRST, CUSCO, "2024-03-04"),
    record("struck", FIRST, LIMA, "2024-03-05"),
    record("rallied", SECOND, AREQUIPA, "2024-03-06"),
    record("rallied", SECOND, TACNA, "2024-03-06"),
)


def lesson_of(events, published=dt.date(2024, 3, 9)):
    article = Article(id="a", text=TEXT, language="en", published=published)
    scene = survey(read(article), CompiledGazetteer())
    gold = tuple(msgspec.convert(event, Labelled) for event in events)
    return Lesson("articles", scene, gold, events, ())


@pytest.fixture(scope="module")
def lesson():
    return lesson_of(EVENTS)


def told(found, role):
    column = ROLE_TAG + READER.roles.index(role)
    return [(TEXT[one.start : one.end], one.tags[column]) for one in found if column in one.tags]


def test_each_name_tells_where_the_act_was_or_does_not(lesson):
    names = told(whereabouts(lesson, EVENTS[1]), WHERE)
    assert {name for name, tag in names if tag} == {"LIMA", "Lima"}
    assert ("Cusco", 0) in names


def test_each_time_expression_dates_the_act_or_does_not(lesson):
    assert told(whereabouts(lesson, EVENTS[0]), WHEN) == [("Monday", 1), ("Tuesday", 0), ("Wednesday", 0)]


def test_records_that_the_same_words_name_are_asked_together(lesson):
    names = told(whereabouts(lesson, EVENTS[2]), WHERE)
    assert {name for name, tag in names if tag} == {"Arequipa", "Tacna"}


def test_a_day_that_no_publication_fixes_is_known_by_its_words():
    events = (record("marched", FIRST, CUSCO, "", "Monday"),)
    assert told(whereabouts(lesson_of(events, None), events[0]), WHEN) == [
        ("Monday", 1),
        ("Tuesday", 0),
        ("Wednesday", 0),
    ]


def test_of_a_stretch_that_no_expression_tells_its_ends_date_it():
    events = (record("marched", FIRST, CUSCO, "2024-03-04/2024-03-06"),)
    assert told(whereabouts(lesson_of(events), events[0]), WHEN) == [
        ("Monday", 1),
        ("Tuesday", 0),
        ("Wednesday", 1),
    ]


def test_of_a_marked_verb_the_names_in_its_place_tell_it(lesson):
    at = TEXT.index("Cusco")
    names = told(verb_names(lesson.scene, frozenset([(at, at + 5)])), WHERE)
    assert {name for name, tag in names if tag} == {"Cusco"}
