import pytest

from rallybook.coding.act_numbers import Number, Standing, standings
from rallybook.coding.act_sizes import NAMES, SIZE_PICKS, compared, size_odds
from rallybook.coding.coreference import acts_of
from rallybook.coding.measure_marks import Surroundings
from rallybook.coding.pipeline import reader, surveyed
from rallybook.coding.records import read_alone
from rallybook.coding.trees import shipped
from rallybook.coding.weighing import belonging
from rallybook.grounding.reading import read
from rallybook.model.article import Article
from rallybook.model.mention import HeadCount
from rallybook.model.values import Range

TEXT = "Police put the march in Lyon on Sunday at 300 people, organisers at 900. In 1998 20,000 nurses lived there."


@pytest.fixture(scope="module")
def around() -> Surroundings:
    scene = surveyed(read(Article(id="a", text=TEXT, language="en")))
    assert scene is not None
    acts = acts_of(scene)[:1]
    read_alone(scene, acts, reader())
    return Surroundings(scene, acts)


def standing(count: int, at: int, *, read: float, by: str = "") -> Standing:
    told = HeadCount(start=at, end=at + 3, text="...", count=Range(count, count), claimed_by=by)
    return Standing(Number(told, (at, at + 3)), read, 1.0)


def test_shipped_trees_ask_for_what_is_compared() -> None:
    assert shipped("act_sizes").names == NAMES


def test_numbers_are_compared_with_the_likeliest(around: Surroundings) -> None:
    both = (standing(300, 40, read=3.0, by="police"), standing(900, 60, read=1.0, by="organisers"))
    first, second = (dict(zip(NAMES, numbers, strict=True)) for numbers in next(compared(around, [both])))
    assert (first["likeliest"], first["behind"], first["gap"], first["ratio"]) == (1.0, 0.0, 0.0, 1.0)
    assert (second["likeliest"], second["behind"], second["gap"], second["ratio"]) == (0.0, 2.0, 17.0, 3.0)
    assert (first["claimed by another"], second["claimed by another"]) == (0.0, 1.0)
    assert second["likeliest sure"] == 4.0


def test_without_numbers_nothing_is_compared(around: Surroundings) -> None:
    assert list(compared(around, [()])) == [[]]


def test_both_estimates_of_a_crowd_are_told_and_other_numbers_are_not(around: Surroundings) -> None:
    told = tuple(standings(around, "size", belonging("size", read=True)))
    (near,), (found,) = told, size_odds(around, told)
    odds = dict(zip([one.number.told.count.low for one in near], found, strict=True))
    assert min(odds[300], odds[900]) >= SIZE_PICKS.each
    assert odds.get(20_000, -9.0) < SIZE_PICKS.each
