from __future__ import annotations

import datetime as dt
import time

import pytest

from rallybook.grounding.dates import timexes
from rallybook.model.article import Article
from rallybook.model.edtf import bounds
from rallybook.model.reading import Reading

SUNDAY = dt.date(2021, 2, 14)


def found(text: str, published: dt.date | None = SUNDAY) -> list[tuple[str, str]]:
    reading = Reading(Article(id="a", text=text, published=published), text)
    return [(each.text, each.date.edtf) for each in timexes(reading)]


def values(text: str, published: dt.date | None = SUNDAY) -> list[str]:
    return [edtf for _, edtf in found(text, published)]


@pytest.mark.parametrize(
    "text",
    [
        "They met on 31 February 2021.",
        "They met on 31 February.",
        "They met on 2021-02-30.",
        "They met on 30/02/2021.",
        "They met on 2021/02/31.",
        "They met on 2021-13-45.",
        "They met in the year 0 and on 9999-99-99.",
    ],
)
def test_a_date_that_no_calendar_has_gets_no_value(text: str) -> None:
    assert set(values(text)) <= {""}


def test_a_month_before_a_count_stays_a_month() -> None:
    assert values("In June 31 people marched there.") == ["2020-06"]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("They sit there until spring.", "2021-02-14/2021-21"),
        ("They have sat there since Jan. 17.", "2021-01-17/.."),
        ("They have sat there since the beginning of the year.", "2021~/.."),
        ("They met on the last weekend of January.", "2021-01-30/2021-01-31"),
        ("They met on the weekend of 6 February.", "2021-02-06/2021-02-07"),
        ("They met the night before last.", "2021-02-12"),
        ("They met half a year ago.", "2020-08~"),
        ("They met a year and a half ago.", "2019-08~"),
        ("They met a week or so ago.", "2021-02-07~"),
        ("They met on Saturday/Sunday.", "2021-02-13/2021-02-14"),
        ("They sat there from Saturday into Sunday.", "2021-02-13/2021-02-14"),
        ("They met on 2021/02/13.", "2021-02-13"),
        ("They met on 13 Feb '21.", "2021-02-13"),
        ("They met on Saturday, February thirteenth.", "2021-02-13"),
        ("They met in January nineteen ninety-seven.", "1997-01"),
        ("They feared the year two thousand.", "2000"),
        ("They want it by year's end.", "2021-12~"),
        ("They want it in the coming weeks.", "2021-02-14/2021-03-07~"),
        ("In the 2020 second quarter they met.", "2020-04/2020-06"),
        ("They met in last year's third quarter.", "2020-07/2020-09"),
        ("They met throughout the week.", "2021-02-08/2021-02-14"),
        ("They met under a June agreement.", "2020-06"),
        ("They met at 3.30am on Friday.", "2021-02-12"),
        ("They met at 5 p.m. EST Friday.", "2021-02-12"),
        ("For the fifth straight night they met.", "2021-02-10/.."),
        ("They met on February 11, 12 and 13.", "2021-02-11/2021-02-13"),
        ("They met on 11, 12 and 13 February.", "2021-02-11/2021-02-13"),
        ("They met in the first week of January.", "2021-01-01/2021-01-07~"),
        ("They met in the week of 3 February.", "2021-02-01/2021-02-07"),
        ("They will meet a week on Saturday.", "2021-02-27"),
        ("They met two Sundays ago.", "2021-01-31"),
        ("They met ten years ago today.", "2011-02-14"),
        ("They met 48 hours ago.", "2021-02-12"),
        ("They met in the autumn of last year.", "2020-23"),
    ],
)
def test_turns_of_phrase_of_the_news_are_read(text: str, edtf: str) -> None:
    assert values(text) == [edtf]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("They met on Purim.", "2021-02-26"),
        ("They met on Eid al-Adha 2020.", "2020-07-31"),
        ("They fasted during Ramadan 2020.", "2020-04-24/2020-05-23~"),
        ("They met on Arbaeen 2020.", "2020-10-08"),
        ("They met on Dussehra 2019.", "2019-10-08"),
        ("They met on Lunar New Year.", "2021-02-12"),
        ("They met on Songkran 2019.", "2019-04-13/2019-04-15"),
        ("They met on Nowruz 2020.", "2020-03-21"),
        ("They met on Sham el-Nessim 2021.", "2021-05-03"),
        ("They met on the eve of Diwali 2020.", "2020-11-13"),
        ("In Dhaka they met on Victory Day 2020.", "2020-12-16"),
        ("In Moscow they met on Victory Day 2020.", "2020-05-09"),
        ("In Soweto they met on Youth Day 2020.", "2020-06-16"),
    ],
)
def test_holidays_of_the_main_calendars_are_known(text: str, edtf: str) -> None:
    assert values(text) == [edtf]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("The city banned Friday's march.", "2021-02-19"),
        ("Organisers had called off Friday's march.", "2021-02-19"),
        ("The delegations meet separately Friday.", "2021-02-19"),
        ("The new rules are effective March 1.", "2021-03-01"),
        ("A call to assemble on Friday came to nothing.", "2021-02-12"),
        ("In September, it announced plans to leave.", "2020-09"),
    ],
)
def test_verbs_beside_a_day_tell_whether_it_is_to_come(text: str, edtf: str) -> None:
    assert values(text) == [edtf]


def test_a_distance_from_an_event_counts_from_the_day_told_with_the_event() -> None:
    text = "The vote was held on 2 February. Police came on Friday. Two days before the vote they met."
    assert values(text) == ["2021-02-02", "2021-02-12", "2021-01-31"]


def test_a_distance_from_an_event_of_unknown_day_has_no_value() -> None:
    assert values("They met three days after the flood.") == [""]


def test_the_day_after_an_event_told_beside_a_day_is_that_day() -> None:
    assert values("They met on Friday, the day after the vote.") == ["2021-02-12", "2021-02-12"]


def test_a_comparison_with_a_day_opens_no_stretch() -> None:
    assert values("The share fell 4 percent from Friday.") == ["2021-02-12"]
    assert values("They stop work from Friday.") == ["2021-02-19/.."]


def test_a_time_of_day_is_told_without_its_preposition() -> None:
    assert found("At seven on Friday they met. By 15:00 they had left.") == [
        ("seven on Friday", "2021-02-12"),
        ("15:00", "2021-02-12"),
    ]


def test_a_time_of_day_in_a_new_sentence_is_one_of_its_own() -> None:
    assert [words for words, _ in found("They met on Friday. At seven, police came.")] == ["Friday", "seven"]


@pytest.mark.parametrize(
    "text",
    [
        "At the same time, prices rose.",
        "These are the people of tomorrow.",
        "The recently passed law is unpopular.",
        "In the first days after the vote it was quiet.",
        "It ended fiscal 2020 and the fiscal third quarter with a loss.",
        "Taxes rise in the next financial year.",
    ],
)
def test_marks_of_discourse_are_no_dates(text: str) -> None:
    assert values(text) == []


def test_a_year_told_in_the_text_that_fits_the_weekday_fixes_an_undated_article() -> None:
    assert values("On Saturday, 14 August they met.", None) == ["XXXX-08-14"]
    assert values("On Saturday, 14 August they met. In 2021 and 2019 it rained.", None)[0] == "2021-08-14"
    # in 2020 it was a Friday
    assert values("On Saturday, 14 August they met. In 2020 it rained.", None)[0] == "XXXX-08-14"


def test_a_weekday_with_its_number_falls_in_the_month_spoken_of() -> None:
    text = "FEBRUARY. On Saturday the 18th they met. MARCH. On Saturday the 18th they met again."
    assert values(text, dt.date(2017, 12, 30))[1::2] == ["2017-02-18", "2017-03-18"]


def test_ten_thousand_dates_take_linear_time() -> None:
    words = (
        "Monday, 31 February 2021; 2021-13-45; 12 May; two days after the vote; 5 pm; the 12th; Victory Day. "
    )
    spent = []
    for count in (250, 2_500):
        text = words * count
        begin = time.process_time()
        assert len(found(text)) >= 4 * count
        spent.append(time.process_time() - begin)
    # ten times the text may take ten times as long, with room for a busy machine; a quadratic reading takes a hundred
    assert spent[1] < 30 * spent[0]


@pytest.mark.parametrize("published", [dt.date(1, 1, 1), dt.date(9999, 12, 31)])
def test_the_ends_of_the_calendar_are_no_trap(published: dt.date) -> None:
    text = (
        "on Monday, last week, next year, in the coming weeks, half a century ago, "
        "the night before last, since spring, over the weekend, on Easter, on Purim, during Ramadan, by "
        "year's end, the weekend of 31 December, "
        "next decade"
    )
    assert all(edtf == "" or bounds(edtf) or "9999" in edtf for edtf in values(text, published))


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        # of 14 February 2021
        ("The rally on the 9th still troubles the mayor.", "2021-02-09"),
        ("Ten met on Sunday, six on the thirty-first, it is said.", "2021-01-31"),
        ("They marched last Friday.", "2021-02-12"),
        ("They marched last Saturday.", "2021-02-06"),
        ("They mean to be back on the last Friday of March.", "2021-03-26"),
        ("They met on the second Monday of December.", "2020-12-14"),
        ("There is a second line on the last Sunday of this month.", "2021-02-28"),
        ("They came on the night of the eleventh and stayed.", "2021-02-11"),
        ("On the thirteenth they set the pots down.", "2021-02-13"),
        ("For one day, and it was a single day, the seventh, the road was closed.", "2021-02-07"),
        ("On the 6th fifty of us linked arms.", "2021-02-06"),
        # the day beside the one told just before, not the one nearest to publication
        ("They met on Friday 15 January, and on the 13th the road was shut.", "2021-01-13"),
        ("They remembered the twenty-fifth of June last year.", "2020-06-25"),
        ("They met on Friday 12, at noon.", "2021-02-12"),
        ("They met on Friday 5.", "2021-02-05"),
        ("They met on Friday the twelfth.", "2021-02-12"),
        # twelve who were arrested, and no day
        ("On Friday 12 were arrested.", "2021-02-12"),
        ("On Thursday 12 were arrested.", "2021-02-11"),
        ("They have met since Monday last.", "2021-02-08/.."),
        ("In 1979 tanker drivers stayed out nineteen days in January.", "1979-01"),
        # a day of a few weeks on is nearer than the same of a year ago, whatever the tense around it
        (
            "The union led the strike and said it'd be repeated at the banquet on 1 March, at one plant.",
            "2021-03-01",
        ),
        # what is told of a day to come holds for no past one
        ("The law will come into force on 1 July. On Sunday the 7th they marched.", "2021-02-07"),
        ("The law will come into force on 1 July. On the 9th they marched.", "2021-02-09"),
    ],
)
def test_days_of_the_month_with_a_weekday_in_words_and_after_a_day_to_come(text: str, edtf: str) -> None:
    assert values(text)[-1] == edtf


def test_a_number_of_people_is_no_day_of_the_month() -> None:
    assert found("On Friday 12 were arrested.") == [("Friday", "2021-02-12")]


def test_an_order_is_no_day_of_the_month() -> None:
    assert values("On the third attempt they got in, and on the twelfth floor they sat down.") == []


def test_a_time_that_opens_an_entry_is_of_the_day_of_writing() -> None:
    text = "17:05 The mayor recalls last Sunday's march.\n17:30 It is full, and at seven, they say, it will be cleared."
    assert values(text)[-2:] == ["2021-02-14", "2021-02-14"]


def test_a_time_under_the_heading_of_a_day_is_of_that_day() -> None:
    assert values("Friday 12 February\n\n17:05 The square is full.")[-1] == "2021-02-12"
