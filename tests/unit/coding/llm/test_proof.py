import pytest

from rallybook.coding.llm.proof import Locator
from rallybook.grounding.reading import read
from rallybook.model.article import Article


def found(text, words, beside=None):
    reading = read(Article(id="a", text=text))
    place = Locator(reading).find(words, beside)
    return reading.span(*place).words if place else None


def test_words_are_found_letter_by_letter():
    assert found("Nurses marched in Leeds.", "marched in Leeds") == "marched in Leeds"


@pytest.mark.parametrize("words", ["", "  ", "nurses", "march", "marched in York", "Nurses  rallied"])
def test_what_does_not_stand_there_is_not_found(words):
    assert found("Nurses marched in Leeds.", words) is None


@pytest.mark.parametrize("words", ["500", "1", "00"])
def test_a_part_of_a_number_is_not_found(words):
    assert found("Some 1,500 nurses came.", words) is None


@pytest.mark.parametrize(
    ("text", "words", "given"),
    [
        ("They mar\u200bched on.", "marched", "mar\u200bched"),
        ("They mar\u200bched on.", "mar\u200bched", "mar\u200bched"),
        ("the union\u2019s “day of rage”", 'union\'s "day of rage"', "union\u2019s “day of rage”"),
        ("a sit\u2011in there", "sit-in", "sit\u2011in"),
        ("They marched\nthrough\u00a0town.", "marched through town", "marched\nthrough\u00a0town"),
        ("the unionâ€™s march", "union\u2019s march", "unionâ€™s march"),
    ],
)
def test_words_are_found_in_a_damaged_text_and_given_as_it_has_them(text, words, given):
    assert found(text, words) == given


def test_of_several_places_the_one_beside_the_quote_is_given():
    text = "A rally in Leeds. A rally in York. A rally in Hull."
    locator = Locator(read(Article(id="a", text=text)))
    assert locator.find("rally") == (2, 7)
    assert locator.find("rally", (18, 34)) == (20, 25)
    assert locator.find("Hull", (18, 34)) == (46, 50)


def test_signs_of_expressions_are_letters_like_others():
    assert found("He said (.*) [a-z]+ twice.", "(.*) [a-z]+") == "(.*) [a-z]+"
