import pytest

from rallybook.coding.screen import worth_reading

PADDING = " The council also spoke of the new library, its roof and its opening hours." * 12


@pytest.mark.parametrize(
    "text",
    [
        "Thousands protested in Lisbon on Sunday.",
        "BUS DRIVERS ON STRIKE",
        "Families gathered outside the court." + PADDING + " They lit candles.",
        "Residents blocked the road and demanded water." + PADDING,
        "Pupils walked out.",
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
    ],
)
def test_other_news_is_left_out(text):
    assert not worth_reading(text)
