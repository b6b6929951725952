import pytest

from rallybook.grounding.reading import read
from rallybook.model.article import Article


def reading(text):
    return read(Article(id="a", text=text))


def found(text, words):
    """The words of the article behind some words of the reading."""
    result = reading(text)
    start = result.text.index(words)
    return result.span(start, start + len(words)).words


def test_clean_text_is_handed_through_as_it_is():
    text = "“We won’t leave,” said Zoë Müller. Nurses marched in Łódź on Monday.\n\nPolice watched."
    result = reading(text)
    assert result.text is text
    assert result.origin is None


@pytest.mark.parametrize(
    ("given", "mended"),
    [
        ("the minersâ€™ march", "the miners’ march"),
        ("â€œStopâ€\x9d, they said", "“Stop”, they said"),
        ("``Stop,'' they said", "“Stop,” they said"),
        ("''STOP,'' THEY SAID", "“STOP,” THEY SAID"),
        ("they don`t march", "they don’t march"),
        ("they don\ufffdt march", "they don’t march"),
        ("the crowdâs flag â it is Russia?s, isn?t it?", "the crowd’s flag – it is Russia’s, isn’t it?"),
        ("they don\x92t \x93march\x94", "they don’t “march”"),
        ("the of\ufb01ce in La\u200bgos", "the office in Lagos"),
        ("\u202eLagos\u202c \u200fmarch", "Lagos march"),
        ("\ufeffLagos", "Lagos"),
        ("the de\u00admon\u00adstra\u00adtion", "the demonstration"),
        ("500\u00a0people", "500 people"),
        ("５００ people", "500 people"),
        ("Farmers &amp; nurses&#39; march&nbsp;on", "Farmers & nurses' march on"),
        ("a\x00b\x07c", "a b c"),
        ("Lagos‚ Kano and Jos", "Lagos, Kano and Jos"),
        ("one\r\n\r\ntwo\rthree", "one \n \ntwo\nthree"),
        ("broken \ud800 half", "broken \ufffd half"),
        ("Hundreds  marched   in Lagos", "Hundreds marched in Lagos"),
    ],
)
def test_damage_is_mended(given, mended):
    assert reading(given).text == mended


def test_a_span_leads_back_to_the_garbled_words():
    assert found("Up to 500 minersâ€™ wives marched", "miners’ wives") == "minersâ€™ wives"


def test_a_span_of_a_word_leaves_unseen_marks_behind_it_out():
    assert found("They met in Lagos\u200b on Monday", "Lagos") == "Lagos"
    assert found("They met in Lagos\u200b", "Lagos") == "Lagos"
    assert found("They met in \u200bLagos on Monday", "Lagos") == "Lagos"


def test_a_span_of_a_word_with_a_mark_inside_has_the_mark():
    assert found("They met in La\u200bgos on Monday", "Lagos") == "La\u200bgos"


def test_a_span_across_a_wrapped_line_has_the_line_end():
    text = (
        "Several hundred dock workers walked through the old harbour of\n"
        "Gdynia on Friday and asked for the wages that the yard has owed\n"
        "them since May.\n\nPolice kept away.\n"
    )
    assert "harbour of Gdynia" in reading(text).text
    assert found(text, "harbour of Gdynia") == "harbour of\nGdynia"
    assert "May.\n\nPolice" in reading(text).text


def test_an_entity_for_a_control_mark_becomes_a_space():
    assert reading("one&#7;two &amp; three").text == "one two & three"


def test_two_kinds_of_damage_at_one_place_are_mended_once():
    assert reading("minersâ€™  march ,he said `` no ''").text == "miners’ march ,he said “no”"
