"""Laws of numbers, head counts and responses: positions, order, ranges, effort."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rallybook.grounding.headcounts import head_counts
from rallybook.grounding.numbers import quantities
from rallybook.grounding.police_acts import police_acts
from rallybook.grounding.response import responses
from rallybook.model.article import Article
from rallybook.model.reading import Reading

WORDS = (
    "police officers arrested were killed injured 300 two dozen of people about more than up to hundreds thousands "
    "marched protest crowd , . \n no not the and a between 40 - said tear gas 1,500 lakh half million by several "
    "organisers claimed at put in custody hurt İ é “ ” to or so + % $ 2019 strike workers blocked dispersed"
).split(" ")
TEXTS = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join))


def reading(text: str) -> Reading:
    return Reading(Article(id="a", text=text), text)


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_every_mention_is_a_part_of_the_text_and_every_range_is_in_order(text: str) -> None:
    for one in (*head_counts(reading(text)), *responses(reading(text))):
        assert text[one.start : one.end] == one.text
        assert one.text
        low, high = one.count.low, one.count.high
        assert low is None or low >= 0
        assert low is None or high is None or low <= high
        assert 0.0 <= one.score <= 1.0


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_quantities_come_in_order_and_do_not_overlap(text: str) -> None:
    found = quantities(text)
    assert all(one.start <= one.core < one.end <= len(text) for one in found)
    assert all(left.end <= right.start for left, right in pairwise(found))


@given(TEXTS)
@settings(max_examples=50, deadline=None)
def test_reading_twice_gives_the_same(text: str) -> None:
    assert head_counts(reading(text)) == head_counts(reading(text))
    assert responses(reading(text)) == responses(reading(text))


@given(st.integers(min_value=2, max_value=99_999_999))
def test_a_number_with_commas_is_read_as_it_was_written(value: int) -> None:
    assert [one.count.low for one in quantities(f"{value:,} people")] == [value]


@given(st.integers(min_value=2, max_value=9_999_999))
def test_a_word_of_bounding_opens_one_side_only(value: int) -> None:
    over, under = quantities(f"more than {value:,}")[0].count, quantities(f"up to {value:,}")[0].count
    assert (over.low, over.high) == (value, None)
    assert (under.low, under.high) == (None, value)


@pytest.mark.parametrize(
    "number",
    [
        "9" * 400,
        "1" + ",000" * 200,
        "10000000000000000000",
        "1e400",
        "-" * 300 + "5",
        "0" * 500,
        "٣٠٠",
        "5" + "0" * 30 + " million",
    ],
)
def test_a_number_beyond_all_crowds_is_no_head_count(number: str) -> None:
    text = f"About {number} people protested in the square."
    assert all((one.count.low or 0) < 10**12 for one in head_counts(reading(text)))
    assert all(
        (one.count.high or 0) < 10**12 for one in responses(reading(f"Police arrested {number} people."))
    )


@pytest.mark.parametrize(
    "piece",
    [
        "more than 300 people marched and police arrested 20 protesters. ",
        "police arrested police arrested 20 and 30 and ",
        "one hundred and one hundred and ",
        "more than more than ",
        "1,1,1,1,",
        "were taken to the the the ",
        "a few a few a few ",
        "Police put the crowd at ",
        "\n",
        "no no no ",
        "500 ",
        "500, perhaps ",
        "killed 3; 4 said ",
        "9",
        "1,000,000,000,000,000,000 protesters marched. ",
        "hundreds and ",
        "the number of arrested ",
        "death police clash with a b c ",
    ],
)
def test_the_effort_grows_with_the_length_and_no_faster(piece: str) -> None:
    def seconds(times: int) -> float:
        text = piece * times
        started = time.process_time()
        head_counts(reading(text))
        responses(reading(text))
        police_acts(reading(text))
        return time.process_time() - started

    seconds(10)
    short, long = seconds(200), seconds(3200)
    # sixteen times the text: quadratic effort would take 256 times as long, linear 16 (and noise)
    assert long < 80 * max(short, 0.005)
