from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rallybook.grounding.dates import dateline_date, day_of_writing, timexes
from rallybook.model.article import Article
from rallybook.model.edtf import bounds
from rallybook.model.mention import Timex
from rallybook.model.reading import Reading

WEDNESDAY = dt.date(2017, 6, 7)


def reading(text: str, published: dt.date | None = WEDNESDAY) -> Reading:
    return Reading(Article(id="a", text=text, published=published), text)


def values(text: str, published: dt.date | None = WEDNESDAY) -> list[str]:
    return [each.date.edtf for each in timexes(reading(text, published))]


def words(text: str) -> list[str]:
    return [each.text for each in timexes(reading(text))]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("Farmers completed this Sunday four days at the dam.", "2017-06-04"),
        ("Farmers completed this Friday four days at the dam.", "2017-06-09"),
        ("Farmers will march this Sunday.", "2017-06-11"),
        ("The march is this Sunday.", "2017-06-11"),
    ],
)
def test_this_weekday_is_yesterday_where_what_is_told_is_past(text: str, edtf: str) -> None:
    monday = dt.date(2017, 6, 5)
    assert values(text, monday)[0] == edtf


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("Nurses rallied on Wednesday.", "2017-06-07"),
        ("Nurses rallied on Thursday.", "2017-06-01"),
        ("Nurses will rally on Thursday.", "2017-06-08"),
        ("Nurses rallied last Friday.", "2017-06-02"),
        ("Nurses rallied this past Monday.", "2017-06-05"),
        ("Nurses plan to rally next Wednesday.", "2017-06-14"),
        ("A rally is planned for Saturday.", "2017-06-10"),
        ("The union called for a strike on Monday.", "2017-06-12"),
        ("The march is due on Sunday.", "2017-06-11"),
        ("The call for a strike on Monday was heeded.", "2017-06-05"),
        ("The union said on Monday that it will strike.", "2017-06-05"),
        ("The rally, which will be joined by injured miners on Friday, is legal.", "2017-06-09"),
        ("We march on Saturday!", "2017-06-10"),
        ("They are organising a rally on Saturday.", "2017-06-10"),
        ("They were to have met on Saturday.", "2017-06-03"),
        ("The rally takes place on Friday.", "2017-06-09"),
        ("Nurses met early on Monday.", "2017-06-05"),
        ("on monday morning nurses met .", "2017-06-05"),
        ("Nurses struck Monday last week.", "2017-05-29"),
        ("They will meet on Friday week.", "2017-06-16"),
        ("They met a week ago Monday.", "2017-05-29"),
        ("It happened at the 5 of the morning of this Monday.", "2017-06-05"),
        ("They marched on the first Sunday of February.", "2017-02-05"),
        ("They marched on the last Friday of May.", "2017-05-26"),
        ("Mohamed and his son are to march on Friday.", "2017-06-09"),
        ("On Friday, Mohamed and his son are to march.", "2017-06-09"),
        ("The union extended to Friday its offer.", "2017-06-09"),
        ("They extended their offers to acquire the mill Friday.", "2017-06-02"),
        ("The bandh against the proposed plant shut down the town on Tuesday.", "2017-06-06"),
        ("They have been out since last Tuesday.", "2017-05-30/.."),
        ("They have been out since last Friday.", "2017-06-02/.."),
        ("They have been out since Friday a week ago.", "2017-05-26/.."),
        ("They met on Thursday of the week before last.", "2017-05-25"),
        ("They met on the Friday of the previous week.", "2017-06-02"),
        ("They called a strike for Thursday and Friday of next week.", "2017-06-15/2017-06-16"),
        ("On 3 June, a Saturday, they met.", "2017-06-03"),
        ("They came over the weekend.", "2017-06-03/2017-06-04"),
        ("They will come this weekend.", "2017-06-10/2017-06-11"),
    ],
)
def test_weekdays_follow_the_news_rules(text: str, edtf: str) -> None:
    assert values(text) == [edtf]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("They met yesterday.", "2017-06-06"),
        ("They meet tonight.", "2017-06-07"),
        ("They met last night.", "2017-06-06"),
        ("They met overnight.", "2017-06-06/2017-06-07"),
        ("They met the day before yesterday.", "2017-06-05"),
        ("They will meet the day after tomorrow.", "2017-06-09"),
        ("They met two days ago.", "2017-06-05"),
        ("They met three weeks ago.", "2017-05-17~"),
        ("They met twenty-five years ago.", "1992"),
        ("They will meet in two days.", "2017-06-09"),
        ("They met last week.", "2017-05-29/2017-06-04"),
        ("They met earlier this week.", "2017-06-05/2017-06-06"),
        ("They met last month.", "2017-05"),
        ("They met late last month.", "2017-05~"),
        ("They will meet next year.", "2018"),
        ("They met in recent weeks.", "2017-05/2017-06-06~"),
        ("They met in the past three days.", "2017-06-04/2017-06-07~"),
        ("He spoke of the recent bread riots.", "2017-05/2017-06-06~"),
    ],
)
def test_days_are_counted_from_the_publication(text: str, edtf: str) -> None:
    assert values(text) == [edtf]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("on 12 June 2016", "2016-06-12"),
        ("on the 12th of June, 2016", "2016-06-12"),
        ("on June 3rd", "2017-06-03"),
        ("on Monday, June 5", "2017-06-05"),
        ("on 5 June this year", "2017-06-05"),
        ("on 11 October last year", "2016-10-11"),
        ("on 12.06.2016 at 07:30", "2016-06-12"),
        ("on 2016-06-12", "2016-06-12"),
        ("on 12/31/2016", "2016-12-31"),
        ("on Jan . 17 , 2016", "2016-01-17"),
        ("on Ju1y 4, 2016", "2016-07-04"),
        ("on 8 february2016", "2016-02-08"),
        ("3-5 May", "2017-05-03/2017-05-05"),
        ("May 3rd to 5th", "2017-05-03/2017-05-05"),
        ("between 3 and 5 May", "2017-05-03/2017-05-05"),
        ("from 25 December 2016 to 2 January 2017", "2016-12-25/2017-01-02"),
        ("from Monday to Wednesday last week", "2017-05-29/2017-05-31"),
        ("on Saturday and Sunday", "2017-06-03/2017-06-04"),
        ("in May", "2017-05"),
        ("in August 2016", "2016-08"),
        ("in mid-January", "2017-01~"),
        ("in late 2016", "2016~"),
        ("in the 1990s", "199X"),
        ("in the 18th century", "17XX"),
        ("in 1968", "1968"),
        ("in nineteen ninety-four", "1994"),
        ("in the summer of 2016", "2016-22"),
        ("in the third quarter of 2016", "2016-07/2016-09"),
    ],
)
def test_dates_periods_and_ranges_are_read(text: str, edtf: str) -> None:
    assert values(f"They met {text}.") == [edtf]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("The mine was shut in May 2011. They struck on 12 October of that year.", "2011-10-12"),
        ("It was shut in May 2011. They struck from May 12 to 14 of that year.", "2011-05-12/2011-05-14"),
        ("It was shut in May 2011. They had camped there in March of that year.", "2011-03"),
        ("It was shut on 9 May 2011. It began in March of that year, the union said.", "2011-03"),
        ("It was shut on 9 May 2011. They had camped there since the autumn of that year.", "2011-23/.."),
    ],
)
def test_that_year_is_the_one_told_before(text: str, edtf: str) -> None:
    assert values(text)[-1] == edtf


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("on Valentine’s Day", "2017-02-14"),
        ("on Easter Monday", "2017-04-17"),
        ("on Good Friday 2016", "2016-03-25"),
        ("on Ash Wednesday", "2017-03-01"),
        ("on Orthodox Easter 2016", "2016-05-01"),
        ("on May Day", "2017-05-01"),
        ("in Chicago on Labor Day", "2016-09-05"),
        ("in Kyiv on Ukraine's Independence Day 2016", "2016-08-24"),
        ("on MLK Day", "2017-01-16"),
        ("on New Year's Eve", "2016-12-31"),
        ("on Eid al-Fitr 2016", "2016-07-06"),
        ("after the September 11 attacks", "2001-09-11"),
        ("the day after Christmas 2016", "2016-12-26"),
        ("two days before 2016 New Year's Eve", "2016-12-29"),
    ],
)
def test_named_days_are_known(text: str, edtf: str) -> None:
    assert values(f"They met {text}.") == [edtf]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("They have sat there since Monday.", "2017-06-05/.."),
        ("They stop work from 1 July.", "2017-07-01/.."),
        ("The ban holds until 5 July.", "2017-06-07/2017-07-05"),
        ("The ban held until 5 May 2016.", "../2016-05-05"),
    ],
)
def test_open_stretches_stay_open(text: str, edtf: str) -> None:
    assert values(text) == [edtf]


def test_later_words_count_from_the_day_told_before() -> None:
    text = (
        "On 2 June 2016 hundreds gathered. That evening police came. The next morning more came; two days earlier "
        "there had been a vigil."
    )
    assert values(text) == ["2016-06-02", "2016-06-02", "2016-06-03", "2016-06-01"]
    assert [each.anaphoric for each in timexes(reading(text))] == [False, True, True, True]


def test_two_days_named_together_are_a_stretch_only_where_they_touch() -> None:
    assert values("They met on 8 and 9 May.") == ["2017-05-08/2017-05-09"]
    assert "2017-05-11" in values("They met on 8 and 11 May.")


def test_years_later_count_from_the_year_told() -> None:
    assert values("In 2010 the mine closed. Two years later the town was empty.") == ["2010", "2012"]


def test_the_distance_from_a_later_day_leads_back_to_the_event() -> None:
    assert values("They marched on Monday, two days after the general strike.") == [
        "2017-06-05",
        "2017-06-03",
    ]


@pytest.mark.parametrize(
    "event",
    [
        "thousands joined hands in a chain",
        "several unions walked out",
        "crowds laid siege to the port",
        "40 sat down",
    ],
)
def test_so_does_that_from_a_later_day_to_what_some_people_did(event: str) -> None:
    assert values(f"They marched on Monday, a day after {event}.") == ["2017-06-05", "2017-06-04"]


def test_a_distance_that_nothing_follows_leads_on() -> None:
    assert values("They marched on Monday, and a day after, police came.") == ["2017-06-05", "2017-06-06"]


@pytest.mark.parametrize(
    "passing",
    ["Prosecutors said on Thursday that nobody was held.", "Rallies are banned there until Saturday."],
)
def test_a_day_told_in_passing_is_not_the_same_day(passing: str) -> None:
    text = f"In Bari farmers marched on Tuesday. {passing} In Lecce bakers marched the same day."
    assert values(text)[-1] == "2017-06-06"


def test_where_no_other_day_is_told_it_is() -> None:
    assert values("Police said on Tuesday that bakers had marched the same day.") == ["2017-06-06"] * 2


def test_what_enters_its_third_day_does_so_about_the_day_of_publication() -> None:
    text = "The vote was on 25 May. Talks are set for Saturday. Guards entered the fourth day of a fast."
    assert values(text)[-1] == "2017-06-04/.."


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("The strike entered its third day on Monday.", "2017-06-03/.."),
        ("The strike entered its twenty-third day.", "2017-05-16/.."),
        ("The strike entered its 43rd day.", "2017-04-26/.."),
        ("They came for the third evening in a row.", "2017-06-05/.."),
        ("Drivers are now in the fourth week of a strike.", "2017-05-17~/.."),
        ("For the seventh day running they sat there.", "2017-06-01/.."),
    ],
)
def test_a_stretch_in_its_third_day_began_two_days_before(text: str, edtf: str) -> None:
    assert values(text)[0] == edtf


def test_the_third_day_of_something_is_no_stretch() -> None:
    assert values("On the third day of the congress he slept.") == []


def test_a_month_as_a_heading_holds_for_the_days_below_it() -> None:
    text = "MARCH. On the 3rd, drivers blocked the bridge. APRIL. On the 20th they did so again."
    assert values(text)[1::2] == ["2017-03-03", "2017-04-20"]


def test_a_time_of_day_takes_the_day_told_before_and_says_so() -> None:
    found = timexes(reading("Nurses met on Monday. Police came at seven."))
    assert [(each.date.edtf, each.clock) for each in found] == [("2017-06-05", False), ("2017-06-05", True)]


def test_a_time_of_day_beside_a_day_belongs_to_it() -> None:
    assert words("They met at ten on Sunday and at noon on Monday.") == [
        "ten on Sunday",
        "noon on Monday",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Theresa May may speak; the March on Washington is history.",
        "The Sunday Times wrote about Bloody Sunday.",
        "He is 21 years old and won 2:1.",
        "Every Sunday they march for two hours; 2000 people came.",
        "They met on the 12th floor of 5 buildings.",
        "The annual three-day walk took nine hours.",
        "It was their first strike in six years.",
        "Friends of this august house came.",
    ],
)
def test_what_is_no_date_is_left_alone(text: str) -> None:
    assert values(text) == []


def test_without_publication_a_weekday_has_no_value_and_a_day_no_year() -> None:
    assert values("They met on Monday.", None) == [""]
    assert values("They met on 8 March and the evening before.", None) == ["XXXX-03-08", "XXXX-03-07"]
    assert values("From 1 December they stop.", None) == ["XXXX-12-01/.."]


def test_a_whole_date_in_the_text_stands_for_the_publication() -> None:
    assert values("On Tuesday, 14 January 2020 they met. They met again on Saturday the 18th.", None) == [
        "2020-01-14",
        "2020-01-18",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Posted: 12 March 2019\n\nThey met on Monday.",
        "A headline\n\nTuesday, March 12, 2019\n\nThey met.",
        "LONDON, March 12, 2019 (Reuters) - They met.",
    ],
)
def test_a_header_line_tells_the_day(text: str) -> None:
    assert dateline_date(reading(text, None)) == dt.date(2019, 3, 12)


def test_a_dateline_in_capitals_with_a_short_year_tells_the_day() -> None:
    assert dateline_date(reading("BOGOTA (COLOMBIA), 26 SEP 89 (DPA) -- [TEXT] THREE MET.", None)) == dt.date(
        1989, 9, 26
    )
    assert values("On 12 June 90 people met.") == ["2017-06-12"]


@pytest.mark.parametrize(
    ("dateline", "day"),
    [("LIMA, June 6", dt.date(2017, 6, 6)), ("LIMA, June 1", WEDNESDAY), ("LIMA, June 8", WEDNESDAY)],
)
def test_today_counts_from_a_dateline_some_days_before_publication(dateline: str, day: dt.date) -> None:
    story = reading(f"{dateline} - Bakers marched today.")
    assert day_of_writing(story) == day
    assert timexes(story)[-1].date.edtf == day.isoformat()


def test_a_day_of_publication_that_cannot_be_is_none() -> None:
    assert day_of_writing(reading("Bakers marched today.", dt.date(1, 1, 1))) is None


def test_days_without_a_year_make_a_stretch_without_a_year() -> None:
    assert values("They met on 16 and 17 October.", None) == ["XXXX-10-16/XXXX-10-17"]


def test_two_months_that_follow_each_other_are_one_stretch() -> None:
    assert values("They stayed out in March and April.") == ["2017-03/2017-04"]
    assert values("They stayed out in March and May.") == ["2017-03", "2017-05"]


def test_a_week_that_owns_something_is_no_day_to_count_from() -> None:
    found = values("They marched on Saturday, more of them than last week's crowd. A week earlier few came.")
    assert found[-1] == values("They marched on Saturday. A week earlier few came.")[-1]
    assert values("Saturday's march was large. The next day few came.")[-1] != ""


def test_a_year_since_which_something_is_told_is_that_of_what_happened_then() -> None:
    assert values("It is the largest since 2013, when a march in May was stopped.")[-1] == "2013-05"
    assert values("It is the largest since 2013 and began in May.")[-1] == "2017-05"


def test_a_date_in_a_sentence_is_no_dateline() -> None:
    assert (
        dateline_date(reading("The council banned the rally of 12 March 2019 after a long debate.", None))
        is None
    )


def test_relation_tells_how_the_words_before_bound_the_time() -> None:
    found = timexes(reading("From 1 July, by Friday, before Tuesday, after Thursday, since Monday."))
    assert [each.relation for each in found] == ["since", "by", "before", "after", "since"]


PIECES = [
    "on Monday", "last", "next", "the", "12th", "of May", "May", "2016", "3", "-", "to", "and", "since", "until", "ago",
    "two", "weeks", "days", "later", "that", "same day", "evening", "in", "early", "June", ",", ".", "\n\n", "at 5 pm",
    "10:30", "Easter", "recent months", "31 February", "0000", "99", "1/2/03", "weekend", "quarter", "first", "will",
]  # fmt: skip
WORDY = st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=25).map(" ".join)
DAYS = st.none() | st.dates(max_value=dt.date(9990, 12, 31))


def understood(found: Timex) -> bool:
    edtf = found.date.edtf
    return edtf == "" or edtf.startswith("XXXX-") or bounds(edtf) is not None


@given(WORDY, DAYS)
@settings(deadline=None, max_examples=300)
@example("on 31 December", dt.date(9990, 12, 31))
@example("last week, two years ago, the next decade", dt.date(1, 1, 1))
def test_any_text_is_read_in_order_and_every_value_is_understood(
    text: str, published: dt.date | None
) -> None:
    found = timexes(reading(text, published))
    assert all(each.text == text[each.start : each.end] for each in found)
    assert all(left.end <= right.start for left, right in pairwise(found))
    assert all(understood(each) for each in found)


WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
SENTENCES = [
    "They marched on {}.",
    "They will march on {}.",
    "They marched last {}.",
    "They sat there since {}.",
]


@given(
    st.sampled_from(WEEKDAYS),
    st.dates(min_value=dt.date(1900, 1, 1), max_value=dt.date(2100, 1, 1)),
    st.sampled_from(SENTENCES),
)
@settings(deadline=None)
def test_a_week_later_the_same_words_mean_a_week_later(
    weekday: str, published: dt.date, sentence: str
) -> None:
    text, week = sentence.format(weekday), dt.timedelta(days=7)
    (now,), (later,) = timexes(reading(text, published)), timexes(reading(text, published + week))
    assert now.date.first is not None
    assert later.date.first == now.date.first + week


@given(st.dates(min_value=dt.date(1900, 1, 1), max_value=dt.date(2050, 1, 1)))
@settings(deadline=None)
def test_a_day_written_out_is_read_back(day: dt.date) -> None:
    assert values(f"They met on {day.day} {day:%B} {day.year}.") == [day.isoformat()]
    assert values(f"They met on {day:%B} {day.day}, {day.year}.") == [day.isoformat()]


def test_long_lines_take_linear_time() -> None:
    # a hundred thousand characters without a line break; a quadratic reading would take minutes
    text = "on Monday at 5 two 1 of the " * 3_600
    assert len(timexes(reading(text))) >= 3_600


def test_what_began_on_a_day_told_began_on_that_day() -> None:
    assert values("The strike began on 25 May. It entered its second week.") == [
        "2017-05-25",
        "2017-05-25/..",
    ]


def test_what_lasts_now_counts_from_the_day_of_writing() -> None:
    assert values("They met on Monday. The strike, now in its third day, goes on.")[-1] == "2017-06-05/.."


@pytest.mark.parametrize(
    ("text", "inferred"),
    [
        ("Nurses rallied on Friday.", True),
        ("Nurses rallied on Friday evening.", True),
        ("Nurses rallied last Friday.", False),
        ("Nurses rallied on Friday of last week.", False),
        ("Nurses rallied on Friday, 2 June.", False),
        ("Nurses will rally from Monday to Wednesday.", True),
        ("Nurses will rally from Monday to Wednesday next week.", False),
        ("Nurses will rally from 12 to 14 June.", False),
    ],
)
def test_a_day_of_the_week_alone_tells_no_week(text: str, inferred: bool) -> None:
    assert [each.week_inferred for each in timexes(reading(text))] == [inferred]


@pytest.mark.parametrize(
    ("text", "inferred"),
    [
        ("Nurses rallied on the 2nd.", True),
        ("Nurses rallied on the 2nd of this month.", False),
        ("Nurses rallied on 2 June.", False),
    ],
)
def test_a_day_of_the_month_alone_tells_no_month(text: str, inferred: bool) -> None:
    assert [each.month_inferred for each in timexes(reading(text))] == [inferred]
