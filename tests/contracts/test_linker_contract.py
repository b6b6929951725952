"""What every linker gives: events from records, copies that count once, whatever the order of what comes in."""

import datetime as dt

import pytest
from fake_linker import FakeLinker
from reports import FORT_WILLIAM, decision, other_act, report

from rallybook import api
from rallybook.model.article import Article
from rallybook.model.copies import CopyGroup

LINKERS = {"bundled": api.linker, "fake": FakeLinker}
TEXT = (
    "Ferry workers marched along the pier in Oban on Sunday for a second lifeboat. Their association, Safe Crossings, "
    "counted three hundred, the harbour master half as many. A piper led them, and a collie followed. (Wire)"
)
OTHER = (
    "Pupils sat down in the school hall of Oban on Sunday and asked for heating in the gymnasium. (Courier)"
)
WIRE = (CopyGroup(("x", "y")),)


@pytest.fixture(params=LINKERS)
def linker(request):
    return LINKERS[request.param]()


def article(name, text=TEXT, day=13):
    return Article(id=name, text=text, published=dt.date(2024, 5, day))


def test_two_reports_of_one_event_share_a_key_and_a_cluster(linker):
    told = [report("a"), report("b"), report("c", place=FORT_WILLIAM)]
    first, second, _ = (linker.block_keys(one) for one in told)
    exact = [
        [here or there for here, there in zip(first[key], second[key], strict=True)]
        for key in first.keys() & second.keys()
    ]
    assert any(map(all, exact))
    assert set(linker.clusters(told, [])) == {("a", "b"), ("c",)}
    assert set(linker.clusters(told[::-1], [])) == {("a", "b"), ("c",)}


def test_people_outrank_the_linker(linker):
    told = [report("a"), report("b"), report("c", place=FORT_WILLIAM)]
    judged = [decision("d", "same", "a", "c"), decision("e", "different", "a", "b")]
    assert set(linker.clusters(told, judged)) == {("a", "c"), ("b",)}


def test_copies_share_a_key_and_are_one_report_whatever_the_order(linker):
    given = [article("y", day=14), article("x"), article("z", OTHER)]
    keys = {one.id: set(linker.copy_keys(one.text)) for one in given}
    assert all(0 <= key < 2**32 for several in keys.values() for key in several)
    assert keys["x"] & keys["y"]
    for order in (given, given[::-1]):
        assert tuple(linker.copies(order)) == WIRE
    assert tuple(linker.copies([given[0], given[2]])) == ()


def test_an_event_shows_every_report_and_which_are_copies(linker):
    told = [report("a", article="x"), report("b", article="y"), report("c", article="z")]
    event = linker.consolidated(told, [], WIRE)
    assert (event.id, event.revision) == ("", 0)
    assert {one.record: one.copy_of for one in event.records} == {"a": "", "b": "x", "c": ""}
    assert {one.copy_of for one in linker.consolidated(told, [], ()).records} == {""}


def test_an_event_has_what_a_person_corrected(linker):
    judged = [decision("d", "correct", "a", field="form", value="vigil")]
    event = linker.consolidated([report("a"), other_act("b")], judged, ())
    assert (event.form, event.support["form"]) == ("vigil", ("d",))


def test_an_adjudicator_outranks_what_people_say_later(linker):
    judged = [
        decision("d", "correct", "a", day=1, field="form", value="vigil", final=True),
        decision("e", "correct", "a", day=9, field="form", value="boycott"),
    ]
    for order in (judged, judged[::-1]):
        assert linker.consolidated([report("a")], order, ()).form == "vigil"
