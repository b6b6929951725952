import pytest
from hypothesis import given
from hypothesis import strategies as st

from rallybook.coding.estimates import all_joined, estimates_joined, joined
from rallybook.grounding.headcounts import head_counts
from rallybook.grounding.reading import read
from rallybook.model.article import Article
from rallybook.model.mention import HeadCount, ResponseMention
from rallybook.model.values import Range


def told(text: str) -> list[Range]:
    reading = read(Article(id="a", text=text, title="", published=None))
    return [count.count for count in estimates_joined(text, head_counts(reading))]


def test_two_estimates_of_one_crowd_are_one_count() -> None:
    text = "Bakers marched through Lima. Police put the crowd at 300 people, while organisers claimed 900."
    assert told(text) == [Range(300, 900)]


def test_counts_of_two_crowds_stay_apart() -> None:
    text = "About 300 people marched in Lima. In Cusco, 40 bakers blocked the bridge for an hour."
    assert told(text) == [Range(300, 300), Range(40, 40)]


@pytest.mark.parametrize(
    ("between", "after"),
    [
        (" in Lima and, according to the police, ", " in Cusco"),
        (", down from a high of ", " in May"),
        (" out of a staff of ", ", police said"),
        (" and not ", ", police said"),
    ],
)
def test_words_set_two_counts_apart(between: str, after: str) -> None:
    text = f"Bakers said 6,500{between}8,000{after}."
    first = HeadCount(start=12, end=17, text="6,500", count=Range(6500, 6500), claimed_by="Bakers")
    at = text.index("8,000")
    other = HeadCount(start=at, end=at + 5, text="8,000", count=Range(8000, 8000), claimed_by="police")
    assert estimates_joined(text, [first, other]) == [first, other]


def test_words_of_the_joined_count_reach_from_the_first_to_the_last() -> None:
    text = "Bakers marched. Police counted 300 people, the union said 900."
    first = HeadCount(start=31, end=41, text=text[31:41], count=Range(300, 300), claimed_by="Police")
    other = HeadCount(start=58, end=61, text="900", count=Range(900, 900), claimed_by="the union")
    found = estimates_joined(text, [first, other])
    assert [one.text for one in found] == [text[31:61]]


def test_an_arrest_and_a_death_are_never_estimates_of_one_thing() -> None:
    text = "Police said 12 were arrested, the union said 3 were killed."
    arrested = ResponseMention(start=12, end=28, text=text[12:28], action="arrests", count=Range(12, 12))
    killed = ResponseMention(start=45, end=58, text=text[45:58], action="killed", count=Range(3, 3))
    assert all_joined(text, (), (arrested, killed)) == [arrested, killed]


def test_an_open_end_stays_open() -> None:
    assert joined([Range(100, None)]) == Range(100, None)
    assert joined([]) == Range()


numbers = st.one_of(st.none(), st.integers(0, 10**6))


@given(st.lists(st.builds(Range, numbers, numbers), max_size=6))
def test_the_range_that_holds_all_holds_each(ranges: list[Range]) -> None:
    whole = joined(ranges)
    for one in ranges:
        assert one.low is None or (whole.low is not None and whole.low <= one.low)
        assert one.high is None or (whole.high is not None and whole.high >= one.high)
