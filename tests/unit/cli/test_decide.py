import json

import pytest
from fake_linker import FakeLinker
from kept_examples import decision

from rallybook.book.store import SqliteBook


def _events(rallybook):
    lines = map(json.loads, rallybook("events").stdout.splitlines())
    return {line["place"]["name"]: line for line in lines}


def test_two_events_become_one_and_two_again(rallybook, book):
    before = _events(rallybook)
    ids = before["Oban"]["id"], before["Leeds"]["id"]
    made = rallybook("decide", "same", *ids, "--by", "ann", "--why", "one march")
    assert (made.exit_code, len(made.stdout.split())) == (0, 1)
    assert [r["record"] for r in _events(rallybook)["Oban"]["records"]] == ["a-1", "b-1", "c-1"]
    rallybook("decide", "different", "c-1", "a-1", "--by", "bob")
    rallybook("decide", "different", "c-1", "b-1", "--by", "bob")
    assert {name: event["id"] for name, event in _events(rallybook).items()} == {
        name: event["id"] for name, event in before.items()
    }


def test_events_that_are_different_keep_their_own_records_together(rallybook, book):
    before = _events(rallybook)
    made = rallybook("decide", "different", before["Oban"]["id"], before["Leeds"]["id"], "--by", "ann")
    # a-1 and c-1, b-1 and c-1; of a-1 and b-1 nothing was said
    assert len(made.stdout.split()) == 2
    assert _events(rallybook) == before


@pytest.mark.parametrize(
    ("field", "value", "held"),
    [
        ("form", "march", "march"),
        ("umbrella", "true", True),
        ("size.low", "700", 700),
        ("place.name", "2024", "2024"),
        ("claims", '["higher pay"]', ["higher pay"]),
        ("date.edtf", "2024-05-11/2024-05-12", "2024-05-11/2024-05-12"),
    ],
)
def test_a_value_is_corrected(rallybook, book, field, value, held):
    event = _events(rallybook)["Oban"]["id"]
    result = rallybook("decide", "correct", event, "--field", field, "--value", value, "--by", "ann")
    assert result.exit_code == 0, result.stderr
    (shown,) = [json.loads(line) for line in rallybook("events").stdout.splitlines() if event in line]
    for part in field.split("."):
        shown = shown[part]
    assert shown == held


def test_an_event_is_rejected_and_restored(rallybook, book):
    event = _events(rallybook)["Oban"]["id"]
    rallybook("decide", "reject", event, "--by", "ann")
    assert "Oban" not in _events(rallybook)
    gone = rallybook("decide", "correct", event, "--field", "form", "--value", "march", "--by", "ann")
    assert gone.exit_code == 2
    assert (
        f"event: received '{event}', allowed: an event that is there; this one is gone since" in gone.stderr
    )
    assert rallybook("decide", "restore", event, "--by", "ann").exit_code == 0
    assert _events(rallybook)["Oban"]["id"] == event


def test_a_decision_on_an_id_that_is_no_more_follows_its_records(rallybook, book):
    before = _events(rallybook)
    rallybook("decide", "same", before["Oban"]["id"], before["Leeds"]["id"], "--by", "ann")
    rallybook(
        "decide", "correct", before["Leeds"]["id"], "--field", "form", "--value", "vigil", "--by", "ann"
    )
    assert _events(rallybook)["Oban"]["form"] == "vigil"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("same", "a-1"), "decision same: received 'a-1', allowed: at least two events or records"),
        (("different", "a-1", "nothing"), "event: received 'nothing'"),
        (("different", "a-1", "a-1"), "at least two"),
        (("correct", "a-1"), "field: received '', allowed: form, status"),
        (("correct", "a-1", "--field", "form", "--value", "picnic"), "form: received 'picnic'"),
        (("correct", "a-1", "--field", "date.edtf", "--value", "May"), "date.edtf: received 'May'"),
        (("correct", "a-1", "--field", "place", "--value", "Leeds"), "place: received 'Leeds'"),
        (("correct", "a-1", "--field", "place", "--value", '{"town": "x"}'), "town is none of its parts"),
        (("reject", "a-1", "--value", "x"), "value: received 'x', allowed: not_a_protest, unverifiable"),
        (("same", "a-1", "b-1", "--value", "x"), "a field or a value (x)"),
        (("reject", "a-1", "--by", " "), "by: received ' ', allowed: the name of who decides"),
        (("merge", "a-1"), "'different'"),
    ],
)
def test_what_cannot_be_decided_is_a_usage_error_and_changes_nothing(rallybook, book, words, said):
    before = _events(rallybook)
    result = rallybook("decide", *(("--by", "ann") if "--by" not in words else ()), *words)
    assert result.exit_code == 2
    assert said in result.stderr
    assert _events(rallybook) == before


def test_what_was_adjudicated_is_judged_anew_with_final_only(rallybook, book):
    kept = SqliteBook(book, FakeLinker())
    kept.decide([decision("correct", "a-1", by="cy", field="form", value="vigil", final=True)])
    kept.close()
    words = ("decide", "correct", "a-1", "--field", "form", "--value", "march", "--by", "ann")
    refused = rallybook(*words)
    assert (refused.exit_code, "cy did so on 2024-06-01" in refused.stderr) == (2, True)
    assert rallybook(*words, "--final").exit_code == 0
    assert _events(rallybook)["Oban"]["form"] == "march"


def test_a_rejection_may_say_why_and_an_event_be_left_to_others(rallybook, book):
    assert rallybook("decide", "skip", "a-1", "--by", "ann").exit_code == 0
    assert rallybook("decide", "reject", "d-1", "--value", "unverifiable", "--by", "ann").exit_code == 0
    assert "Tomsk" not in _events(rallybook)


def test_an_event_is_found_in_an_article(rallybook, book):
    event = {
        "form": "vigil",
        "trigger": "rally",
        "quote": "A rally was held in Oban",
        "place": {"name": "Suva", "precision": "city"},
    }
    words = ("decide", "found", "a", "--by", "ann", "--value", json.dumps(event))
    result = rallybook(*words)
    assert (result.exit_code, len(result.stdout.split())) == (0, 1), result.stderr
    assert _events(rallybook)["Suva"]["records"][0]["coder"] == "people"
    refused = rallybook(*words[:-1], json.dumps(event | {"form": "picnic"}))
    assert (refused.exit_code, "form: received 'picnic', allowed: rally" in refused.stderr) == (2, True)
    absent = rallybook("decide", "found", "nothing", *words[3:])
    assert (absent.exit_code, "article: received 'nothing'" in absent.stderr) == (2, True)
