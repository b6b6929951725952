import json

from rallybook.model.article import Article
from rallybook.model.mention import HeadCount, ResponseMention, Timex, Toponym
from rallybook.model.reading import Reading
from rallybook.model.values import DateRange, Place, Range
from rallybook.publishing.findings import Findings, as_line, as_table

_TEXT = "On Sunday 40 people stood in Oban, watched by police."
_OBAN = Place(name="Oban", country="GB", lat=56.4, lon=-5.4, precision="city", geonameid=7)


def _findings():
    reading = Reading(Article(id="a1", text=_TEXT), _TEXT)
    return Findings(
        reading=reading,
        places=(
            Toponym(start=29, end=33, text="Oban", place=_OBAN, score=0.9),
            Toponym(start=46, end=52, text="police", place=None),
        ),
        dates=(Timex(start=0, end=9, text="On Sunday", date=DateRange("2024-05-12")),),
        sizes=(HeadCount(start=10, end=19, text="40 people", count=Range(40, 40)),),
        response=(ResponseMention(start=35, end=52, text="watched by police", action="present"),),
    )


def test_a_line_lists_each_kind_with_offsets_into_the_article():
    line = json.loads(as_line(_findings()))
    assert list(line) == ["id", "places", "dates", "sizes", "response"]
    assert line["places"][0] == {
        "start": 29, "end": 33, "text": "Oban", "geonameid": 7, "name": "Oban", "country": "GB",
        "lat": 56.4, "lon": -5.4, "precision": "city", "score": 0.9,
    }  # fmt: skip
    assert line["dates"] == [
        {"start": 0, "end": 9, "text": "On Sunday", "edtf": "2024-05-12", "granularity": "day"}
    ]
    assert line["sizes"] == [{"start": 10, "end": 19, "text": "40 people", "low": 40, "high": 40}]
    assert line["response"] == [{"start": 35, "end": 52, "text": "watched by police", "action": "present"}]


def test_a_name_without_a_place_is_left_out():
    assert len(json.loads(as_line(_findings()))["places"]) == 1


def test_a_kind_that_was_not_looked_for_has_no_key():
    only = Findings(reading=_findings().reading, dates=())
    assert json.loads(as_line(only)) == {"id": "a1", "dates": []}


def test_offsets_count_the_article_as_given_where_the_reading_was_repaired():
    article = Article(id="a1", text="caf\u00c3\u00a9 in Oban")
    reading = Reading(article, "caf\u00e9 in Oban", (*range(4), *range(5, 14)))
    found = Findings(reading=reading, places=(Toponym(start=8, end=12, text="Oban", place=_OBAN),))
    place = json.loads(as_line(found))["places"][0]
    assert article.text[place["start"] : place["end"]] == place["text"] == "Oban"


def test_the_table_goes_through_the_text_in_order():
    lines = as_table(_findings(), "A title").split("\n")
    assert lines[0] == "A title"
    assert [line.split()[1] for line in lines[1:5]] == ["dates", "sizes", "places", "response"]


def test_the_table_of_nothing_says_so():
    assert "nothing found" in as_table(Findings(reading=_findings().reading), "A title")
