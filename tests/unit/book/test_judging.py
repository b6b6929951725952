"""What a person says of events becomes decisions on records."""

import msgspec
import pytest
from found_examples import finding, vigil_of
from kept_examples import decision

from rallybook.book.judging import checked, decisions_in, decisions_of, identified, weighed
from rallybook.errors import InputError


def test_same_names_all_records_of_the_events(book):
    event = book.event("a-1")
    (made,) = decisions_of(book, "same", [event.id, "c-1"], by="ann", why="one march")
    assert (made.kind, made.records, made.by, made.why) == ("same", ("a-1", "b-1", "c-1"), "ann", "one march")
    assert made == identified(made)


def test_different_names_each_record_of_one_with_each_of_the_other(book):
    made = decisions_of(book, "different", [book.event("a-1").id, "c-1"], by="ann")
    assert sorted(one.records for one in made) == [("a-1", "c-1"), ("b-1", "c-1")]


def test_an_event_that_is_gone_can_be_restored_and_nothing_else(book):
    event = book.event("c-1").id
    book.decide(decisions_of(book, "reject", [event], by="ann"))
    for kind, names in (("reject", [event]), ("correct", [event]), ("same", [event, "a-1"])):
        correction = ("form", "march") if kind == "correct" else ("", None)
        with pytest.raises(InputError, match=f"{event}.*one is gone since"):
            decisions_of(book, kind, names, by="ann", correction=correction)
    (made,) = decisions_of(book, "restore", [event], by="ann")
    assert made.records == ("c-1",)


@pytest.mark.parametrize(
    ("kind", "names", "options", "said"),
    [
        ("merge", ["a-1", "c-1"], {"by": "ann"}, "decision: received 'merge', allowed: same"),
        ("reject", ["a-1"], {"by": " "}, "by: received ' ', allowed: the name of who decides"),
        ("same", ["a-1", "a-1"], {"by": "ann"}, "at least two events or records"),
        ("reject", [], {"by": "ann"}, "received 'no name', allowed: at least one event"),
        ("reject", ["a-1"], {"by": "ann", "correction": ("form", "march")}, "neither, but with correct"),
        (
            "different",
            ["a-1", "a-1", "b-1"],
            {"by": "ann", "correction": ("", 3)},
            "neither, but with correct",
        ),
        ("reject", ["zz"], {"by": "ann"}, "received 'zz'"),
    ],
)
def test_a_judgement_that_is_none_is_named(book, kind, names, options, said):
    with pytest.raises(InputError, match=said):
        decisions_of(book, kind, names, **options)


def test_nobody_parts_more_pairs_than_were_looked_at(book, monkeypatch):
    monkeypatch.setattr("rallybook.book.judging._MOST_PAIRS", 1)
    with pytest.raises(InputError, match="received '2 pairs of records', allowed: up to 1"):
        decisions_of(book, "different", [book.event("a-1").id, "c-1"], by="ann")


@pytest.mark.parametrize(
    ("field", "given", "value"),
    [
        ("form", "march", "march"),
        ("umbrella", "true", True),
        ("size", '{"low": 5}', {"text": "", "low": 5, "high": None}),
        ("size.low", "5", 5),
        ("claims", '["bread"]', ("bread",)),
        ("date.edtf", "2024-05", "2024-05"),
    ],
)
def test_a_value_is_taken_as_its_field_has_it(field, given, value):
    assert checked(field, given) == value


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("form", "picnic"),
        ("size", "many"),
        ("size", '{"most": 3}'),
        ("date.edtf", "May"),
        ("umbrella", "perhaps"),
    ],
)
def test_a_value_that_is_none_is_refused(field, given):
    with pytest.raises(InputError, match=f"{field}: received"):
        checked(field, given)


def test_a_line_that_is_no_decision_is_named_by_its_number():
    good = identified(decision("reject", "a-1"))
    lines = [msgspec.json.encode(good), b"", b"no json"]
    found = decisions_in(lines, "d.jsonl")
    assert next(found) == good
    with pytest.raises(InputError, match=r"d\.jsonl:3: received 'no json'"):
        next(found)
    with pytest.raises(InputError, match=r"d\.jsonl:1: .*with an id, records"):
        next(decisions_in([msgspec.json.encode(good).replace(good.id.encode(), b"")], "d.jsonl"))


def test_what_was_found_comes_in_with_the_id_that_follows_from_it(book):
    def lines(**changed):
        record = finding().value["record"] | changed
        return [
            msgspec.json.encode(msgspec.structs.replace(finding(), value={"text": "x", "record": record}))
        ]

    assert next(decisions_in(lines(), "d")).records == (vigil_of(),)
    withdrawn = finding(withdrawn=True)
    assert next(decisions_in([msgspec.json.encode(withdrawn)], "d")) == withdrawn
    for changed, said in (
        ({"form": "march"}, "the id that follows from it"),
        ({"id": "other"}, "the id that follows from it"),
        ({"status": "maybe"}, "what a person found in an article"),
        ({"trigger": "march"}, "words of the quote"),
        ({"date": {"edtf": "May"}}, "date.edtf"),
    ):
        with pytest.raises(InputError, match=said):
            next(decisions_in(lines(**changed), "d"))


def test_what_an_adjudicator_said_of_a_find_takes_one(book):
    book.decide([finding(withdrawn=True, final=True)])
    with pytest.raises(InputError, match="what was not adjudicated"):
        weighed(book, [finding(by="bob")], final=False)
    (made,) = weighed(book, [finding(by="bob")], final=True)
    assert made.final
