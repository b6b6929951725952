import json

import msgspec
import pytest
from kept_examples import decision, read
from two_coders import NURSES, alike, hand_in

from rallybook.errors import InputError
from rallybook.model.row import Imported
from rallybook.reviewing.finding import finding
from rallybook.reviewing.first import reviewed
from rallybook.reviewing.labelled import labelled
from rallybook.reviewing.ruling import ruling
from rallybook.reviewing.second import reviewed_articles

EVENT = {
    "form": "strike",
    "trigger": "nurses",
    "quote": NURSES,
    "date": {"edtf": "2024-05-11"},
    "place": {"name": "Oban", "country": "GB", "precision": "city"},
    "size": {"text": "300", "low": 300, "high": 300},
}


def _found(kept, told=EVENT, name="a", **facts):
    made = finding(kept, [name], told, **{"by": "ann"} | facts)
    kept.decide(made)
    return made


@pytest.mark.parametrize("given", [EVENT, json.dumps(EVENT)])
def test_one_person_alone_finds_an_event(kept, given):
    (made,) = _found(kept, given, why="read again")
    assert (made.kind, made.article, made.by, made.final) == ("found", "a", "ann", False)
    event = kept.event(made.records[0])
    (telling,) = event.records
    assert (event.form, event.size.low, telling.coder, telling.quote) == ("strike", 300, "people", NURSES)
    text = kept.article("a").text
    assert {path: text[slice(*spans[0])] for path, spans in telling.spans.items()} == {
        "trigger": "nurses", "quote": NURSES, "size.text": "300",
    }  # fmt: skip
    # the gazetteer's position
    assert event.place.lat == pytest.approx(56.4, abs=0.1)


def test_finding_it_again_finds_the_same(kept):
    (first,) = _found(kept)
    before = list(kept.events())
    (second,) = _found(kept, by="bob")
    assert (second.records, list(kept.events())) == (first.records, before)


@pytest.mark.parametrize(
    ("name", "changed", "said"),
    [
        ("nothing", {}, "article: received 'nothing'"),
        ("a", {"quote": "Some 300 doctors came."}, "trigger: received 'nurses', allowed: words of the quote"),
        ("a", {"quote": "300 nurses marched"}, "quote: received '300 nurses marched', allowed: words of the article"),
        ("a", {"claims": ["lower rents"]}, "claims: received 'lower rents', allowed: words of the article"),
        ("a", {"form": "picnic"}, "form: received 'picnic', allowed: rally, march"),
        ("a", {"status": "maybe"}, "status: received 'maybe', allowed: happened, planned"),
        ("a", {"place": {"precision": "village"}}, "place.precision: received 'village'"),
        ("a", {"place": {"name": "Nowhereville", "precision": "city"}}, "place.name: received 'Nowhereville'"),
        ("a", {"place": {"name": "Oban"}}, "place.precision: received 'unknown', allowed: site, city"),
        ("a", {"date": {"edtf": "May"}}, "date: received 'May'"),
        ("a", {"size": {"low": 9, "high": 3}}, "size: received '9 to 3'"),
        ("a", {"response": {"actions": ["smiled"]}}, "response.actions"),
        ("a", {"colour": "red"}, "colour"),
        ("a", {"record": "a-1"}, "record: received 'a-1', allowed: none"),
        ("a", {"trigger": "rally", "quote": "A rally was held in Oban", "date": {"edtf": "2024-05-12"}},
         "record a-1 was"),
    ],
)  # fmt: skip
def test_what_is_no_event_of_the_article_is_refused_by_its_name(kept, name, changed, said):
    with pytest.raises(InputError) as refused:
        finding(kept, [name], EVENT | changed, by="ann")
    assert said in str(refused.value)


@pytest.mark.parametrize("given", [None, "not json", "[]", "3"])
def test_what_is_no_table_is_refused(kept, given):
    with pytest.raises(InputError, match="value: received"):
        finding(kept, ["a"], given, by="ann")


def test_it_takes_one_article_and_a_name(kept):
    with pytest.raises(InputError, match="one article"):
        finding(kept, ["a", "c"], EVENT, by="ann")
    with pytest.raises(InputError, match="by: received"):
        finding(kept, ["a"], EVENT, by=" ")


def test_a_row_of_a_table_has_no_text_to_find_anything_in(kept):
    article, coded = read("r")
    row = msgspec.structs.replace(coded.events[0], imported=Imported("acled", "1", "own", False, True))
    kept.keep([(article, msgspec.structs.replace(coded, events=(row,)))])
    with pytest.raises(InputError, match="a row of a table"):
        finding(kept, ["r"], {"form": "vigil", "trigger": "rally", "quote": "A rally was held"}, by="ann")


def test_after_a_ruling_it_takes_an_adjudicator(kept):
    hand_in(kept, "a", alike(form="vigil"))
    kept.decide(ruling(kept, "a", [alike(record="a-1")], by="cy"))
    with pytest.raises(InputError, match="cy did so on"):
        finding(kept, ["a"], EVENT, by="ann")
    (made,) = _found(kept, by="cy", final=True)
    assert made.final
    assert kept.event(made.records[0]).form == "strike"


def test_what_the_first_coder_found_is_on_the_first_coders_side(kept):
    (made,) = _found(kept)
    found = reviewed(kept, kept.article("a"))
    assert [one.form for one in found.kept] == ["rally", "strike"]
    kept.decide([decision("reject", made.records[0], by="cy", minute=60 * 24 * 2_000)])
    assert reviewed(kept, kept.article("a")).rejected == {made.records[0]: ""}


def test_an_article_in_which_people_alone_found_something_is_labelled_by_that(kept):
    article, coded = read("z", words=NURSES)
    kept.keep([(article, msgspec.structs.replace(coded, events=()))])
    _found(kept, name="z")
    assert "z" in reviewed_articles(kept)
    (row,) = [one for one in labelled(kept) if not hasattr(one, "stage") and one["id"] == "z"]
    assert [one["form"] for one in row["events"]] == ["strike"]
    assert "coder" not in row["events"][0]
