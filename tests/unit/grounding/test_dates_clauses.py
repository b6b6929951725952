"""Dates that what stands around them in their clause, their entry or the title tells."""

import datetime as dt

import pytest

from rallybook.grounding.dates import timexes
from rallybook.model.article import Article
from rallybook.model.reading import Reading

WEDNESDAY = dt.date(2017, 6, 7)


def values(text: str, published: dt.date | None = WEDNESDAY) -> list[str]:
    return [
        each.date.edtf for each in timexes(Reading(Article(id="a", text=text, published=published), text))
    ]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        # a "that" which opens the clause says nothing of the day
        ("The union says that this Friday it will march.", "2017-06-09"),
        ("The union made known that the Monday it held a rally.", "2017-06-05"),
        # what lasted until a day is over
        ("They sat there until Tuesday.", "../2017-06-06"),
        ("They will sit there until Friday.", "2017-06-07/2017-06-09"),
        ("They have refused to work until Friday.", "2017-06-07/2017-06-09"),
        # counts look to the day told in their clause, before and behind them
        ("For a third consecutive day farmers kept the road shut on Tuesday.", "2017-06-04/.."),
        ("The road was shut for the second day in a row on Monday.", "2017-06-04/.."),
        ("Miners spent a third night underground on Monday.", "2017-06-03/.."),
        ("The fast entered yesterday its fifth day.", "2017-06-02/.."),
        ("Farmers blocked the road for a third straight day after Sunday's vote.", "2017-06-05/.."),
    ],
)
def test_clauses_around_a_day(text: str, edtf: str) -> None:
    assert edtf in values(text)


def test_a_statement_comes_some_days_after_the_act_that_follows() -> None:
    told = values("The ministry answered on Tuesday. The statement came a day after nurses marched.")
    assert told == ["2017-06-06", "2017-06-05"]


def test_without_a_told_day_a_statement_is_of_the_day_of_publication() -> None:
    assert values("The statement came the day after a convoy reached Regina.") == ["2017-06-06"]
    assert values("The statement came two days after a convoy reached Regina.") == ["2017-06-05"]


def test_entries_of_a_live_report_are_of_the_day_of_writing() -> None:
    text = "9.10 Crowds gather.\n\n+++ 10.45 +++ The council voted last night.\n\n14h20 Farmers arrive.\n\n15.00 Rain."
    assert values(text) == ["2017-06-07", "2017-06-07", "2017-06-06", "2017-06-07", "2017-06-07"]


def test_one_line_that_begins_with_a_number_is_no_report() -> None:
    assert values("2.50 a loaf is what bread costs.\n\nBakers struck on Monday.") == ["2017-06-05"]


def test_days_of_a_text_without_a_day_lie_in_the_month_told_last() -> None:
    text = "On 11 January loaders refused the trucks. In March the packers wrote. On the 8th they came to the office."
    assert values(text, None) == ["XXXX-01-11", "XXXX-03", "XXXX-03-08"]


def test_days_of_a_look_back_lie_behind_it() -> None:
    text = "It began on January 14, when nurses marched. Pupils sat down on October 9."
    published = dt.date(2017, 12, 28)
    article = Article(id="a", title="The year the wards spoke", text=text, published=published)
    assert [each.date.edtf for each in timexes(Reading(article, text))] == ["2017-01-14", "2017-10-09"]
    assert values(text, published) == ["2018-01-14", "2017-10-09"]


def test_a_look_back_that_has_come_near_to_a_day_may_tell_it() -> None:
    text = "On June 2 nurses marched. June 20: a strike."
    article = Article(id="a", title="The year of the wards", text=text, published=WEDNESDAY)
    assert [each.date.edtf for each in timexes(Reading(article, text))] == ["2017-06-02", "2017-06-20"]


def test_days_beside_the_one_that_dates_a_text_without_a_day_are_the_nearer_ones() -> None:
    text = "The strike began on Monday 3 April 2017. Wednesday: pupils sat down. They had voted on Saturday."
    assert values(text, None) == ["2017-04-03", "2017-04-05", "2017-04-01"]
    assert values("They met on Monday 3 April 2017. They will march on Sunday.", None)[-1] == "2017-04-09"


def test_months_of_a_text_without_capitals_are_told_as_others() -> None:
    text = "On 8 March women marched.\n\nThen June. They struck from the 13th to the 30th. September's drama: the 26th."
    expected = ["2016-03-08", "2016-06", "2016-06-13/2016-06-30", "2016-09", "2016-09-26"]
    published = dt.date(2016, 12, 29)
    assert values(text, published) == values(text.lower(), published) == expected
    assert values("they held the march. then may they rest.", published) == []
