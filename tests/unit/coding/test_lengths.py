import datetime as dt

import pytest

from rallybook.coding.lengths import lasting
from rallybook.coding.pipeline import gazetteer
from rallybook.coding.scene import survey
from rallybook.grounding.reading import read
from rallybook.model.article import Article
from rallybook.model.record import Status

FRIDAY = dt.date(2024, 3, 8)


@pytest.mark.parametrize(
    ("text", "word", "status", "stretch"),
    [
        ("Bakers in Lima ended a two-day walkout on Friday.", "walkout", "happened", (7, 8)),
        ("Bakers in Lima lifted a three-day unofficial strike on Friday.", "strike", "happened", (6, 8)),
        ("Bakers in Lima ended a 72-hour strike on Friday.", "strike", "happened", (6, 8)),
        ("Bakers in Lima will begin a three-day strike on Friday.", "strike", "planned", (8, 10)),
        ("Bakers in Lima plan a week-long strike from Friday.", "strike", "planned", None),
        ("Bakers in Lima began a three-day strike on Friday.", "strike", "happened", None),
        ("Bakers in Lima ended a 12-hour strike on Friday.", "strike", "happened", None),
        ("After a three-day trial bakers went on strike in Lima on Friday.", "strike", "happened", None),
        ("Bakers in Lima ended a strike on Friday.", "strike", "happened", None),
        ("Bakers in Lima went on strike on Friday and stayed out for 3 days.", "strike", "happened", (8, 10)),
        ("Bakers in Lima went on strike on Friday, which lasted two days.", "strike", "happened", (8, 9)),
        ("On Friday bakers in Lima will strike for two days.", "strike", "planned", (8, 9)),
        ("Bakers on strike in Lima on Friday have stayed out for 3 days.", "strike", "happened", None),
        ("On Friday bakers had gone on strike for two days.", "strike", "happened", None),
        ("Bakers on strike on Friday were jailed for two days.", "strike", "happened", None),
    ],
)
def test_a_length_tells_a_stretch_with_its_last_or_first_day(
    text: str, word: str, status: Status, stretch: tuple[int, int] | None
) -> None:
    scene = survey(read(Article(id="a", text=text, language="en")), gazetteer())
    trigger = next(one for one in scene.triggers if word in one.text)
    days = tuple(FRIDAY.replace(day=day) for day in stretch) if stretch else None
    assert lasting(scene, trigger, FRIDAY, status) == days


@pytest.mark.parametrize(
    ("text", "status", "day"),
    [
        ("Bakers in Lima ended a three-day strike on Friday.", "happened", dt.date.min),
        ("Bakers in Lima will begin a three-day strike on Friday.", "planned", dt.date.max),
    ],
)
def test_a_stretch_that_no_calendar_holds_is_none(text: str, status: Status, day: dt.date) -> None:
    scene = survey(read(Article(id="a", text=text, language="en")), gazetteer())
    trigger = next(one for one in scene.triggers if "strike" in one.text)
    assert lasting(scene, trigger, day, status) is None
