"""Look backs on a year: what lay in it is their news."""

import datetime as dt

import pytest

from rallybook.api import code_all
from rallybook.coding.pipeline import gazetteer
from rallybook.coding.recalled_period import in_period, recalls_period
from rallybook.coding.scene import survey
from rallybook.grounding.reading import read
from rallybook.model.article import Article

PUBLISHED = dt.date(2014, 12, 28)
MONTHS = (
    "It began on January 14, when nurses marched in Turin against night shifts. On May 3 dockers struck in Genoa. "
    "Pupils held a sit-in in Bari on October 9. On November 21 farmers rallied in Parma."
)


def recalled(title: str, text: str = MONTHS, published: dt.date | None = PUBLISHED) -> bool:
    article = Article(id="a", title=title, text=text, published=published, language="en")
    return recalls_period(survey(read(article), gazetteer()))


@pytest.mark.parametrize(
    "title",
    [
        "The year the wards spoke",
        "Turin's loud year",
        "2014 in Italy: the year of the docks",
        "A year on the quays",
        "Quarterly watch: the ports",
        "Twelve months, one city",
    ],
)
def test_titles_that_look_back(title: str) -> None:
    assert recalled(title)


@pytest.mark.parametrize(
    "title",
    [
        "A year on, nurses remember",
        "Boycott enters second year",
        "Three years for dock leader",
        "Nurse named Person of the Year",
        "The school year opens",
        "The last year in office",
        "Dockers strike in Genoa",
    ],
)
def test_titles_that_do_not(title: str) -> None:
    assert not recalled(title)


def test_times_of_one_month_are_no_look_back() -> None:
    assert not recalled(
        "The year the wards spoke", "Nurses marched in Turin on December 14 and on December 20."
    )


def test_without_a_day_of_publication_nothing_is_a_look_back() -> None:
    assert not recalled("The year the wards spoke", published=None)


@pytest.mark.parametrize(
    ("edtf", "inside"),
    [("2014-01-14", True), ("2014", True), ("2004/..", False), ("2015-01-10", False), ("", False)],
)
def test_the_period_ends_with_publication(edtf: str, inside: bool) -> None:
    assert in_period(edtf, PUBLISHED) is inside


def test_acts_of_the_period_are_news_and_older_ones_are_not() -> None:
    text = f"{MONTHS} All of them remembered the march in Turin on March 3, 1998."
    (coded,) = code_all(
        [
            Article(
                id="a", title="Italy: the year that marched", text=text, published=PUBLISHED, language="en"
            )
        ],
        min_confidence=0.0,
    )
    focus = {event.date.edtf: event.focus for event in coded.events}
    assert focus["2014-01-14"] == focus["2014-10-09"] == "focal"
    assert focus["1998-03-03"] == "background"
