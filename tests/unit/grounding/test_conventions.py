"""Head counts under the conventions of other projects."""

from __future__ import annotations

import pytest

from rallybook.grounding.conventions import Convention, head_count
from rallybook.grounding.headcounts import head_counts
from rallybook.model.article import Article
from rallybook.model.reading import Reading


@pytest.mark.parametrize(
    ("words", "convention", "low", "high"),
    [
        ("hundreds of people", "codebook", 200, 999),
        ("hundreds of people", "ccc", 200, 200),
        ("hundreds of people", "count_love", 100, 100),
        ("hundreds of people", "mpeds", 100, 100),
        ("dozens of nurses", "count_love", 20, 20),
        ("dozens of nurses", "mpeds", 10, 10),
        ("tens of thousands", "ccc", 20_000, 20_000),
        ("tens of thousands", "mpeds", 10_000, 10_000),
        ("hundreds of\nthousands", "ccc", 200_000, 200_000),
        ("hundreds, perhaps thousands", "ccc", 200, 2000),
        ("three dozen", "mpeds", 30, 30),
        ("between 300 and 500", "ccc", 300, 500),
        ("between 300 and 500", "count_love", 300, 300),
        ("put at 300 by police and at 500 by the union", "codebook", 300, 500),
        ("more than 100", "codebook", 100, None),
        ("more than 100", "ccc", 100, 100),
        ("nobody at all", "mpeds", None, None),
    ],
)
def test_the_same_words_have_each_projects_count(
    words: str, convention: Convention, low: int | None, high: int | None
) -> None:
    told = head_count(words, convention)
    assert (told.low, told.high) == (low, high)


def test_the_head_counts_of_an_article_can_be_read_by_another_convention() -> None:
    text = "Hundreds of students rallied outside the ministry, and some 40 nurses marched to the square."
    reading = Reading(Article(id="a", text=text), text)
    assert [(one.count.low, one.count.high) for one in head_counts(reading)] == [(200, 999), (40, 40)]
    by_mpeds = head_counts(reading, convention="mpeds")
    assert [(one.count.low, one.count.high) for one in by_mpeds] == [(100, 100), (40, 40)]
    assert [one.text for one in by_mpeds] == [one.text for one in head_counts(reading)]
