"""Numbers in words and digits, with their bounds."""

from __future__ import annotations

import pytest

from rallybook.grounding.numbers import fold, quantities


def read(text: str) -> list[tuple[str, int | None, int | None]]:
    return [(text[one.start : one.end], one.count.low, one.count.high) for one in quantities(text)]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("2,500", 2500, 2500),
        ("1.5 million", 1_500_000, 1_500_000),
        ("3\u00a0000", 3000, 3000),
        ("10.000", 10_000, 10_000),
        ("1,00,000", 100_000, 100_000),
        ("20k", 20_000, 20_000),
        ("twenty-three", 23, 23),
        ("one hundred and fifty", 150, 150),
        ("one thousand 200", 1200, 1200),
        ("half a million", 500_000, 500_000),
        ("two and a half million", 2_500_000, 2_500_000),
        ("a couple of dozen", 24, 24),
        ("two lakh", 200_000, 200_000),
        ("one crore", 10_000_000, 10_000_000),
        ("35 thousand", 35_000, 35_000),
    ],
)
def test_a_plain_number_has_equal_ends(text: str, low: int, high: int) -> None:
    assert read(text) == [(text, low, high)]


@pytest.mark.parametrize("day", ["Jan 23", "Sept. 2", "May 1"])
def test_the_number_behind_the_dash_of_a_dateline_is_another(day: str) -> None:
    assert read(f"Posadas, {day} - Two hundred and eleven firemen")[-1] == (
        "Two hundred and eleven",
        211,
        211,
    )


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("more than 100", 100, None),
        ("at least 40", 40, None),
        ("no fewer than 250", 250, None),
        ("200 or more", 200, None),
        ("300+", 300, None),
        ("up to 300", None, 300),
        ("fewer than 25", None, 25),
        ("no more than thirty", None, 30),
        ("about 500", 500, 500),
        ("nearly 700", 700, 700),
        ("six hundred or so", 600, 600),
        ("most of the 400", 200, 400),
    ],
)
def test_words_before_and_after_bound_the_range(text: str, low: int | None, high: int | None) -> None:
    assert read(text) == [(text, low, high)]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("dozens", 24, 99),
        ("several dozen", 24, 99),
        ("hundreds", 200, 999),
        ("several hundred", 300, 999),
        ("a few hundred", 200, 999),
        ("thousands", 2000, 9999),
        ("several thousand", 3000, 9999),
        ("tens of thousands", 20_000, 99_999),
        ("hundreds of thousands", 200_000, 999_999),
        ("millions", 2_000_000, 9_999_999),
        ("a handful", 3, 9),
        ("scores", 40, 99),
    ],
)
def test_round_words_have_the_ranges_of_the_codebook(text: str, low: int, high: int) -> None:
    found = quantities(text)
    assert [(one.count.low, one.count.high, one.vague) for one in found] == [(low, high, True)]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("between 300 and 400", 300, 400),
        ("from 200 to 300", 200, 300),
        ("300-400", 300, 400),
        ("20-30,000", 20_000, 30_000),
        ("two or three thousand", 2000, 3000),
        ("three to four hundred", 300, 400),
        ("hundreds if not thousands", 200, 9999),
        ("between one hundred and two hundred", 100, 200),
    ],
)
def test_two_numbers_with_a_join_are_one_range(text: str, low: int, high: int) -> None:
    assert read(text) == [(text, low, high)]


def test_two_numbers_with_and_stay_two() -> None:
    assert [low for _, low, _ in read("seven men and nine women")] == [7, 9]


@pytest.mark.parametrize(
    "text", ["at 10:30", "on 24/7 duty", "COVID-19", "version 1.2.3", "someone", "the weather"]
)
def test_parts_of_other_signs_are_no_numbers(text: str) -> None:
    assert read(text) == []


def test_a_bare_year_is_marked() -> None:
    assert [one.year for one in quantities("in 2019 some 2,019 came")] == [True, False]


def test_folding_keeps_every_position() -> None:
    text = "İSTANBUL: About 300"
    assert len(fold(text)) == len(text)
    assert read(text) == [("About 300", 300, 300)]


def test_a_line_break_within_a_number_phrase_is_read_over() -> None:
    assert read("more than\n600 workers")[0][1:] == (600, None)
