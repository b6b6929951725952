import datetime as dt

import pytest

from rallybook.coding.inferred_weeks import dated
from rallybook.coding.pipeline import gazetteer
from rallybook.coding.scene import survey
from rallybook.coding.stretches import stretches
from rallybook.grounding.reading import read
from rallybook.model.article import Article

PUBLISHED = dt.date(2024, 3, 8)


def found(text: str, word: str = "strike") -> list[str]:
    scene = survey(read(Article(id="a", text=text, published=PUBLISHED, language="en")), gazetteer())
    trigger = next(one for one in scene.triggers if word in one.text)
    days = [(timex, dated(timex, "happened", PUBLISHED)) for timex in scene.timexes]
    return [stretch.edtf for stretch in stretches(scene, trigger, days)]


@pytest.mark.parametrize(
    "text",
    [
        "Bakers in Lima on Thursday suspended the strike that they began on March 4.",
        "Bakers in Lima suspended their strike on Thursday. It began on March 4.",
        "On March 4 they stopped work. Bakers in Lima suspended their strike on Thursday.",
    ],
)
def test_two_days_tell_the_ends_of_an_act(text: str) -> None:
    assert found(text) == ["2024-03-04/2024-03-07"]


@pytest.mark.parametrize(
    "text",
    [
        "Bakers in Lima went on strike on Thursday.",
        "Bakers in Lima went on strike. The law passed on March 4. It is in force since Thursday.",
        "Bakers in Lima ended on Thursday the strike that began on 4 March 2019.",
        "Bakers in Lima went on strike in March, after the vote of May 2023.",
    ],
)
def test_one_day_or_days_of_something_else_tell_none(text: str) -> None:
    assert found(text) == []


def test_a_day_beside_the_act_pairs_with_those_nearest_to_it() -> None:
    days = "".join(f" On March {day} it rained." for day in range(1, 8))
    assert len(found(f"Bakers in Lima ended their strike on Friday.{days}")) == 4
