"""General rules, not one article: the same story with other places, people, days and numbers comes out right."""

from __future__ import annotations

import pytest
from comparison import code, example, figures, golden
from substitution import WORD_FIELDS, substitutions, variant, variants

NAMES = [table.name for table in substitutions()[1]]
ARTICLE = example("courtyard-candles")
EVENTS = golden("courtyard-candles")


def given(name):
    return variants(ARTICLE.text, ARTICLE.published, EVENTS)[NAMES.index(name)]


@pytest.mark.parametrize("name", NAMES)
def test_no_place_of_the_example_is_left_in_a_variant(name):
    told = given(name)
    left = [old for old in ("Russia", "Siberia", "Ural", "Moscow", "Petersburg", "Navaln") if old in told.text]
    assert left == []
    assert told.text.count("\n") == ARTICLE.text.count("\n")


@pytest.mark.parametrize("name", NAMES)
def test_the_expected_words_of_a_variant_stand_in_its_text(name):
    told = given(name)
    words = [
        text
        for event in told.events
        for text in (
            event["date"]["text"],
            event["place"]["text"],
            event["size"]["text"],
            event["trigger"],
            event["quote"],
            *(text for field in WORD_FIELDS for text in event[field]),
        )
    ]
    assert [text for text in words if text not in told.text] == []


def test_the_expected_records_change_with_the_text():
    places = {tuple(sorted(event["place"]["name"] for event in given(name).events)) for name in NAMES}
    days = {given(name).events[0]["date"]["edtf"] for name in NAMES}
    assert len(places) == len(NAMES) >= 5
    assert len(days) >= 5


def test_words_put_in_are_not_replaced_again():
    table = substitutions()[1][0]._replace(words={"Moscow": "Minsk", "Minsk": "Moscow"})
    assert variant("From Moscow to Minsk, not to Moscowville", [], table).text == (
        "From Minsk to Moscow, not to Moscowville"
    )


@pytest.mark.parametrize("name", NAMES)
def test_all_eight_records_of_a_variant_come_out_right(name):
    told = given(name)
    coded = code(told.text, told.published)
    result = figures({"variant": told.events}, {"variant": coded})
    assert (result.right, result.predicted, result.gold) == (8, 8, 8), result.faults
