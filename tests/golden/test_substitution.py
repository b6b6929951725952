"""General rules, not one article: the story comes out right with other places, people, days and numbers."""

from __future__ import annotations

import pytest
from comparison import code, compare, examples, golden, verbatim
from substitution import substitutions, variant, variants

NAMES = [table.name for table in substitutions()[1]]
STORY = "courtyard-candles"
LEFT_OUT = ("Russia", "Siberia", "Ural", "Moscow", "Petersburg", "Irkutsk", "Navaln", "Putin", "Valentine")


def given(name):
    article = examples()[STORY]
    return variants(article.text, article.published, golden()[STORY])[NAMES.index(name)]


@pytest.mark.parametrize("name", NAMES)
def test_no_name_of_the_example_is_left_in_a_variant(name):
    assert [old for old in LEFT_OUT if old in given(name).text] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_expected_words_of_a_variant_stand_in_its_text(name):
    told = given(name)
    assert [words for event in told.events for words in verbatim(event) if words not in told.text] == []


def test_the_expected_records_change_with_the_text():
    told = [given(name).events for name in NAMES]
    places = {tuple(event["place"]["name"] for event in events) for events in told}
    days = {events[0]["date"]["edtf"] for events in told}
    assert len(places) == len(days) == len(NAMES) >= 5


def test_words_put_in_are_not_replaced_again():
    table = substitutions()[1][0]._replace(words={"Moscow": "Minsk", "Minsk": "Moscow"})
    text = "From Moscow to Minsk, not to Moscowville"
    assert variant(text, [], table).text == "From Minsk to Moscow, not to Moscowville"


def test_tables_for_another_day_are_refused():
    with pytest.raises(ValueError, match="2021-02-14"):
        variants("", "2021-02-15", [])


@pytest.mark.parametrize("name", NAMES)
def test_all_eight_records_of_a_variant_come_out_right(name):
    told = given(name)
    result = compare(told.events, code(told.text, told.published))
    assert (result.right, result.coded, result.gold) == (8, 8, 8), result.faults
