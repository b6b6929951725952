"""Head counts of protests."""

from __future__ import annotations

import pytest

from rallybook.grounding.headcounts import head_counts
from rallybook.model.article import Article
from rallybook.model.mention import HeadCount
from rallybook.model.reading import Reading


def read(text: str) -> tuple[HeadCount, ...]:
    return head_counts(Reading(Article(id="a", text=text), text))


def told(text: str) -> list[tuple[str, int | None, int | None]]:
    return [(one.text, one.count.low, one.count.high) for one in read(text)]


@pytest.mark.parametrize(
    ("text", "phrase", "low", "high"),
    [
        ("More than 100 women marched to the mill gate.", "More than 100 women", 100, None),
        ("Hundreds of students rallied outside the ministry.", "Hundreds of students", 200, 999),
        ("Some 70 people gathered on the quay to protest.", "Some 70 people", 70, 70),
        ("Up to 10,000 demonstrators filled Harbour Square.", "Up to 10,000 demonstrators", None, 10_000),
        ("Between 300 and 400 protesters blocked the ring road.", "Between 300 and 400 protesters", 300, 400),
        ("Six hundred or so people joined the march.", "Six hundred or so people", 600, 600),
        ("Tens of thousands of people took to the streets.", "Tens of thousands of people", 20_000, 99_999),
        ("A crowd of about 4,000 chanted under the balcony.", "about 4,000", 4000, 4000),
    ],
)
def test_people_at_a_protest_are_counted(text: str, phrase: str, low: int | None, high: int | None) -> None:
    assert told(text) == [(phrase, low, high)]


@pytest.mark.parametrize(
    "text",
    [
        "Police arrested 40 people after the march.",
        "At least 12 people were killed in the riot.",
        "The plant employs 3,000 workers and makes tyres.",
        "The shop sold 200 bicycles for $4,000 in 2019.",
        "Officials counted 30 percent fewer visitors in May.",
        "Some 300 police officers lined the route of the protest.",
        "The march was 12 kilometres long and lasted 3 hours.",
        "The protest began on 21 May at 10:30.",
    ],
)
def test_other_numbers_are_no_head_counts(text: str) -> None:
    assert told(text) == []


def test_an_elided_crowd_is_counted_where_a_source_gives_it() -> None:
    text = (
        "Thousands of protesters marched through Larvana on Sunday. "
        "Police put the crowd at 3,500, while organisers claimed 9,000."
    )
    assert [low for _, low, _ in told(text)] == [2000, 3500, 9000]
    assert [one.claimed_by for one in read(text)] == ["", "Police", "organisers"]


def test_a_source_after_the_number_is_its_claimant() -> None:
    text = "Some 800 demonstrators, according to the organisers, rallied in the park."
    assert [one.claimed_by for one in read(text)] == ["the organisers"]


@pytest.mark.parametrize(
    ("text", "claimants"),
    [
        ("Eyewitnesses said that about 500 people marched to the square.", ["Eyewitnesses"]),
        ("About 250 farmers marched on Monday, a police spokesman said.", ["a police spokesman"]),
        ("About 250 farmers marched on Monday, by the police's count.", ["the police"]),
        ("The march drew 5,000 people, said its organiser, Ana Costa.", ["its organiser"]),
        ("Our reporter counted 60 protesters outside the court.", ["Our reporter"]),
        ("Around 4,000 people (police) or 9,000 (organisers) marched on Sunday.", ["police", "organisers"]),
        ("Thousands of people, the organisers say 20,000, filled the avenue.", ["", "the organisers"]),
        ("Some 300 people marched to the council, where the mayor said he would listen.", [""]),
        ("Hundreds of people protested in the capital on Sunday.", [""]),
    ],
)
def test_who_claims_a_count_is_told_before_it_after_it_or_at_the_end(text: str, claimants: list[str]) -> None:
    assert [one.claimed_by for one in read(text)] == claimants


@pytest.mark.parametrize(
    "text",
    [
        "AUPE Local 589 said its strike would start at dawn.",
        "Costa, 50, said the march would go on.",
        "A hunger strike by a 26 year-old man ended the protest.",
        "Protests grew between 2010 and 2017.",
        "Dozens of members of the military watched the protest.",
        "The protest was reported at news.example/riots/273737/ overnight.",
    ],
)
def test_names_ages_and_years_are_no_head_counts(text: str) -> None:
    assert told(text) == []


def test_a_year_right_before_a_number_is_not_the_number() -> None:
    assert told("On 15 July 2004 twelve women marched to the gate in protest.") == [("twelve women", 12, 12)]


def test_a_date_does_not_count_the_noun_after_it() -> None:
    assert told("On Tuesday 16 October students walked out of the noon lectures.") == []


def test_a_wrapped_line_does_not_part_a_number_from_its_noun() -> None:
    text = "In the city of Tarn on Tuesday a protest against the tax drew thousands of\nangry farmers, police said."
    assert [low for _, low, _ in told(text)] == [2000]


def test_scores_are_probabilities() -> None:
    found = read("About 500 people protested; 20 activists sat down in the road.")
    assert found
    assert all(0.0 < one.score <= 1.0 for one in found)


def test_a_text_without_numbers_has_none() -> None:
    assert read("Nothing to see here.") == ()
    assert read("") == ()
