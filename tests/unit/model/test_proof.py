from two_coders import nurses

from rallybook.model.proof import said_in, spans_of
from rallybook.model.record import Size


def test_what_is_words_of_the_article_is_told_by_its_field():
    assert said_in(nurses(size=Size("300", 300, 300))) == {
        "place.text": ("Oban",), "size.text": ("300",), "trigger": ("nurses",), "quote": ("Some 300 nurses came.",),
        "participants": ("nurses",),
    }  # fmt: skip


def test_words_stand_as_near_to_the_quote_as_they_are_found():
    text = "Oban. Then nurses met in Oban, nurses sang in Leeds. Oban."
    said = {
        "quote": ("nurses sang in Leeds",),
        "trigger": ("nurses",),
        "place.text": ("Oban",),
        "claims": ("pay",),
    }
    assert spans_of(text, said) == {"quote": ((31, 51),), "trigger": ((31, 37),), "place.text": ((25, 29),)}
