"""What the authorities did, and who was hurt."""

from __future__ import annotations

import pytest

from rallybook.grounding.response import responses
from rallybook.model.article import Article
from rallybook.model.mention import ResponseMention
from rallybook.model.reading import Reading

OPENING = "Hundreds of protesters marched through Larvana on Sunday to demand the release of two activists. "


def read(text: str) -> tuple[ResponseMention, ...]:
    return responses(Reading(Article(id="a", text=text), text))


def told(sentence: str) -> set[tuple[str, int | None, int | None]]:
    """Read a sentence behind an opening that makes the article one about a protest."""
    return {(one.action, one.count.low, one.count.high) for one in read(OPENING + sentence)}


def actions(sentence: str) -> set[str]:
    return {action for action, _, _ in told(sentence)}


@pytest.mark.parametrize(
    ("sentence", "low", "high"),
    [
        ("Police arrested 12 demonstrators.", 12, 12),
        ("Nineteen were carried off.", 19, 19),
        ("Police have arrested thousands of people.", 2000, 9999),
        ("There were a dozen arrests.", 12, 12),
        ("More than 30 protesters were detained.", 30, None),
        ("The arrests of 14 people followed.", 14, 14),
        ("Forty people, including three minors, were arrested.", 40, 40),
        ("Five men and two women were taken into custody.", 7, 7),
        ("Officers took nine people away.", 9, 9),
        ("A curfew followed and 60 people were rounded up.", 60, 60),
        ("The ministry put the number of people arrested in the capital at 287.", 287, 287),
        ("The twelve were released without charge.", 12, 12),
        ("As many as 63 strikers were arrested.", 63, 63),
        ("Three or four marchers were said to have been arrested.", 3, 4),
        ("In front of the assembly 340 teachers courted arrest.", 340, 340),
        ("At the gate police moved in and 61 were taken away in vans.", 61, 61),
        ("Seventeen people were charged after the protest.", 17, 17),
        ("Police hustled thirty students into buses.", 30, 30),
        ("The militia parted the crowds and took away six young men.", 6, 6),
        ("The town police took eight of them to the thana.", 8, 8),
        ("Four organisers were taken to a station and kept overnight.", 4, 4),
        ("Five captains spent the night in the barracks.", 5, 5),
        ("Four suspects had been taken for questioning.", 4, 4),
        ("Seven are in remand.", 7, 7),
    ],
)
def test_arrests_come_with_their_number(sentence: str, low: int, high: int | None) -> None:
    assert ("arrests", low, high) in told(sentence)


@pytest.mark.parametrize(
    ("sentence", "low", "high"),
    [
        ("There were no arrests.", 0, 0),
        ("Nobody was detained.", 0, 0),
        ("There was no trouble and nobody was taken in.", 0, 0),
        ("Police arrested no one.", 0, 0),
        ("Not a single arrest was made.", 0, 0),
        ("There were zero arrests.", 0, 0),
        ("Nobody's been arrested.", 0, 0),
        ("Police stood on the embankment and made no arrests.", 0, 0),
        ("Of the marchers none was held.", 0, 0),
        ("There were no large-scale arrests.", 0, None),
    ],
)
def test_arrests_of_none_are_the_action_none(sentence: str, low: int, high: int | None) -> None:
    found = told(sentence)
    assert ("none", low, high) in found
    assert "arrests" not in {action for action, _, _ in found}


@pytest.mark.parametrize(
    ("sentence", "action"),
    [
        ("Riot police fired tear gas and rubber bullets at the crowd.", "force"),
        ("Officers beat demonstrators with batons.", "force"),
        ("Troops dispersed the demonstrators.", "dispersal"),
        ("Police broke up the protest.", "dispersal"),
        ("Police blocked the marchers at the bridge.", "blocked"),
        ("Police warned the protesters to leave the square.", "warned"),
        ("Police watched from the steps.", "present"),
        ("Police did not intervene.", "none"),
    ],
)
def test_each_action_is_read_from_its_verb(sentence: str, action: str) -> None:
    assert action in actions(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Protesters could be arrested, lawyers said.",
        "The marchers blocked the bridge for an hour.",
        "The team beat its rivals on Saturday.",
        "Anyone who marched was likely to be arrested.",
    ],
)
def test_what_did_not_happen_or_others_did_is_no_act_of_police(sentence: str) -> None:
    assert not actions(sentence) & {"arrests", "blocked", "force"}


def test_a_threat_of_arrest_is_a_warning() -> None:
    found = actions("Police threatened to arrest the protesters.")
    assert "warned" in found
    assert "arrests" not in found


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Twenty-one people were injured.", ("injured", 21, 21)),
        ("The clashes left 3 dead.", ("killed", 3, 3)),
        ("At least five demonstrators were killed and dozens were wounded.", ("killed", 5, None)),
        ("At least five demonstrators were killed and dozens were wounded.", ("injured", 24, 99)),
        ("Two officers and a passer-by were hurt.", ("injured", 3, 3)),
        ("A student was taken to hospital.", ("injured", 1, 1)),
        ("No one was hurt.", ("injured", 0, 0)),
        ("One student needed nine stitches.", ("injured", 1, 1)),
        ("Nine constables had stitches.", ("injured", 9, 9)),
        ("One person was killed and six others were injured.", ("injured", 6, 6)),
        ("An unknown number of marchers were hurt.", ("injured", 2, None)),
    ],
)
def test_harm_comes_with_its_number(sentence: str, expected: tuple[str, int, int | None]) -> None:
    assert expected in told(sentence)


@pytest.mark.parametrize(
    ("sentences", "action", "ends"),
    [
        (
            "Police said 18 people had been detained. A lawyers' group gave the number as 26.",
            "arrests",
            {18, 26},
        ),
        ("The clinic saw 31 wounded; the prosecutor counts seven.", "injured", {31, 7}),
        (
            "Four villagers were killed according to the elders, two according to the ministry.",
            "killed",
            {4, 2},
        ),
    ],
)
def test_a_second_source_gives_a_second_count(sentences: str, action: str, ends: set[int]) -> None:
    assert {low for name, low, _ in told(sentences) if name == action} == ends


def test_the_size_of_the_crowd_is_no_second_count_of_arrests() -> None:
    found = told("Police detained 20 people. Organisers put the crowd at 500.")
    assert {low for name, low, _ in found if name == "arrests"} == {20}


def test_words_are_those_of_the_text() -> None:
    text = OPENING + "Police used Tear Gas and detained 20 people."
    found = read(text)
    assert {"Tear Gas", "detained"} <= {one.text for one in found}
    assert all(text[one.start : one.end] == one.text for one in found)


def test_a_text_of_something_else_has_none() -> None:
    assert read("") == ()
    assert read("The bakery opened at seven and sold out by nine.") == ()
