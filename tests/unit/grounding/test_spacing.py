import pytest

from rallybook.grounding.spacing import glued, loose


def mended(text):
    for start, end, good in sorted([*loose(text), *glued(text)], reverse=True):
        text = text[:start] + good + text[end:]
    return text


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("In Lagos , Kano and Jos , crowds met .", "In Lagos, Kano and Jos, crowds met."),
        ("the crowd 's flags did n't burn", "the crowd's flags didn't burn"),
        ("the union ’ s offices", "the union’s offices"),
        ("the union ( UGTT ) said", "the union (UGTT) said"),
        ("he said “ no ” twice", "he said “no” twice"),
        ("a fine of $ 500", "a fine of $500"),
        ("They left.Police came!Nobody knew", "They left. Police came! Nobody knew"),
        ('They said "we stay."Police came', 'They said "we stay." Police came'),
        ('They stayed."We stay," they said', 'They stayed. "We stay," they said'),
        ("They stayed.“We stay.”Police came", "They stayed. “We stay.” Police came"),
        ("10 , 000 people, 2, 000 more and 1 ,000 horses", "10,000 people, 2,000 more and 1,000 horses"),
        ("two  spaces and \t a tab", "two spaces and a tab"),
    ],
)
def test_gaps_of_tokenisers_and_typesetters_are_closed(given, wanted):
    assert mended(given) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "They waited . . . and waited",
        "    The paragraph is indented.",
        "„Nein“ sagte sie, ”nej” sade han",
        "a rate of .5 per cent, 'so called' gains",
        "See www.example.org, a.Smith@example.org, the U.S.Army and St.Petersburg at 5.Five",
        "one\n  two\n\n   three",
    ],
)
def test_spaces_that_are_meant_stay(text):
    assert mended(text) == text
