"""Places that the gazetteer does not hold: told by the words around them, placed by what they lie in."""

import pytest

from rallybook.grounding.gazetteer import CompiledGazetteer
from rallybook.grounding.places import Geoparser
from rallybook.grounding.unlisted import with_unlisted
from rallybook.model.article import Article
from rallybook.model.mention import Toponym
from rallybook.model.reading import Reading

GAZETTEER = CompiledGazetteer()


def told(text: str) -> dict[str, Toponym]:
    reading = Reading(Article(id="t", text=text), text)
    toponyms = Geoparser(GAZETTEER).toponyms(reading)
    return {t.text: t for t in with_unlisted(text, toponyms, GAZETTEER) if t.place is not None}


def where(text: str, name: str) -> tuple[str, str]:
    place = told(text)[name].place
    assert place is not None
    return place.name, place.precision


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Tea pickers met in the village of Qorrubazz on Monday.", "Qorrubazz"),
        ("Tea pickers closed the Qorrubazz district on Monday.", "Qorrubazz"),
        ("Tea pickers marched near Qorrubazz on Monday.", "Qorrubazz"),
        ("Tea pickers met in the villages of Qorrubazz and Ulimaxu.", "Ulimaxu"),
        ("Tea pickers met at the Dwemi Springs on Monday.", "Dwemi Springs"),
    ],
)
def test_words_around_a_name_tell_that_it_is_a_place(text: str, name: str) -> None:
    assert where(text, name) == (name, "unknown")


@pytest.mark.parametrize(
    "text",
    [
        "Tea pickers marched in Congress colours on a Monday in March.",
        "Tea pickers spoke of it in Swahili near Kurdish friends.",
        "Pickers met near Maria Qorrubazz, their leader.",
        "TEA PICKERS MARCHED NEAR QORRUBAZZ",
        "tea pickers marched near qorrubazz",
    ],
)
def test_other_names_are_no_places(text: str) -> None:
    assert [name for name, t in told(text).items() if t.place and t.place.precision == "unknown"] == []


def test_a_quarter_lies_in_its_city() -> None:
    assert where("A crowd sat in the Qorrubazz district of Mogadishu.", "Qorrubazz") == ("Mogadishu", "site")
    assert where("A crowd sat in Mogadishu's Qorrubazz district.", "Qorrubazz") == ("Mogadishu", "site")


def test_a_village_is_placed_by_what_it_is_near() -> None:
    text = "Herders blocked the road at Qorrubazz, 15 km east of Mogadishu."
    assert where(text, "Qorrubazz") == ("Mogadishu", "site")
    assert where("Herders met in Qorrubazz, in Kenya.", "Qorrubazz") == ("Kenya", "country")


def test_a_longer_name_keeps_the_place_of_the_name_in_it() -> None:
    assert where("A crowd sat down at Baghdad Airport.", "Baghdad Airport") == ("Baghdad", "site")
    assert "Baghdad" not in told("A crowd sat down at Baghdad Airport.")


def test_a_small_word_that_opens_a_sentence_is_no_part_of_a_name() -> None:
    assert list(told("At Qorrubazz district of Mogadishu they sat down.")) == ["Qorrubazz", "Mogadishu"]
    assert list(told("In Lampung province farmers sat down.")) == ["Lampung"]
