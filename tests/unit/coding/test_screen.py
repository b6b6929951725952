import pytest

from rallybook.codebook.signs import claim_stems, crowd_words
from rallybook.coding.screen import BRIEF, LONG, gate, marks, worth_reading
from rallybook.coding.triggers import lowered, triggers

PADDING = " The council also spoke of the new library, its roof and its opening hours." * 12


@pytest.mark.parametrize(
    "text",
    [
        "Thousands protested in Lisbon on Sunday.",
        "BUS DRIVERS ON STRIKE",
        "Residents blocked the road and demanded water." + PADDING,
        "Pupils walked out.",
        PADDING + " Nurses then staged a sit-in at the ministry.",
        "Farmers parked their tractors across the bridge to demand a fair price for milk." + PADDING,
    ],
)
def test_texts_that_may_hold_a_protest_are_read(text):
    assert worth_reading(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The bank raised its rate by a quarter point in March.",
        "The striker scored twice and the England striker left.",
        "An air strike hit a depot, and riot police guarded the port.",
        "A crowd came to the fair." + PADDING,
        "The thief was arrested in the 400 block of Elm Street." + PADDING,
        "Campers pitched their tents by the lake for the summer." + PADDING,
        "A caravan burned down behind the farm." + PADDING,
        PADDING + " The man is charged with arson.",
    ],
)
def test_other_news_is_left_out(text):
    assert not worth_reading(text)


def test_two_weak_words_far_apart_in_a_long_text_are_not_enough():
    assert not worth_reading("Fans gathered for the match." + PADDING + PADDING + " The camp opens in June.")


def test_the_last_of_many_mentions_is_enough():
    assert worth_reading(
        "A tent stood in the yard." + PADDING * 5 + " Workers went on strike over unpaid wages."
    )


def test_less_is_asked_of_a_brief():
    bars = gate().bars
    assert bars.brief < bars.article < bars.unnamed
    assert (bars.bar(BRIEF - 1, named=True), bars.bar(BRIEF, named=True)) == (bars.brief, bars.article)
    assert bars.bar(LONG - 1, named=False) == bars.article
    assert bars.bar(LONG, named=False) == bars.unnamed


def test_marks_tell_of_the_words_the_company_and_the_signs_of_a_mention():
    text = "Hundreds of residents gathered outside the mine, blocked the road and chanted."
    found = triggers(text)
    told = marks(lowered(text), found, 0)
    assert {"act gathered", "before residents", "after outside", "crowd=True", "sign residents"} <= told
    assert any(mark.startswith("near form=blockade") for mark in told)


def test_mentions_further_off_are_no_company():
    text = "Residents gathered." + PADDING + " Lorries blocked the road."
    assert not any(mark.startswith("near form=") for mark in marks(lowered(text), triggers(text), 0))


def test_signs_and_crowd_words_are_lower_case():
    assert all(word == word.lower() for word in (*claim_stems(), *crowd_words()))
