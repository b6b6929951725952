import pytest

from rallybook.book.judging import decisions_of
from rallybook.book.undoing import undoing
from rallybook.errors import InputError


def _decided(book, kind, *names, **facts):
    made = decisions_of(book, kind, names, by="ann", **facts)
    book.decide(made)
    return [decision.id for decision in made]


def _told(book):
    return sorted(sorted(telling.record for telling in event.records) for event in book.events())


@pytest.mark.parametrize(
    ("kind", "names", "facts"),
    [
        ("same", ("a-1", "c-1"), {}),
        ("different", ("a-1", "b-1"), {}),
        ("correct", ("c-1",), {"correction": ("place.name", "Bradford")}),
        ("correct", ("c-1",), {"correction": ("size", {"low": 5, "high": 9})}),
    ],
)
def test_what_was_decided_is_taken_back(book, kind, names, facts):
    def values():
        return [(event.place.name, event.size.low, event.form) for event in book.events()]

    before, told = values(), _told(book)
    made = _decided(book, kind, *names, **facts)
    assert (values(), _told(book)) != (before, told)
    undone = undoing(book, made, by="bob", why="a slip")
    book.decide(undone)
    assert (values(), _told(book)) == (before, told)
    assert {(decision.by, decision.why) for decision in undone} == {("bob", "a slip")}


def test_a_rejection_is_turned_round(book):
    (undone,) = undoing(book, _decided(book, "reject", "c-1"), by="bob")
    assert (undone.kind, undone.records) == ("restore", ("c-1",))


def test_an_acceptance_is_withdrawn_and_rejects_nothing(book):
    (undone,) = undoing(book, _decided(book, "restore", "c-1", correction=("", "accepted")), by="bob")
    assert (undone.kind, undone.value) == ("restore", None)


def test_a_skip_is_withdrawn(book):
    (undone,) = undoing(book, _decided(book, "skip", "c-1"), by="bob")
    assert (undone.kind, undone.value) == ("skip", False)


def test_what_changed_nothing_is_not_taken_back(book):
    made = _decided(book, "same", "a-1", "b-1")
    with pytest.raises(InputError, match="changed nothing"):
        undoing(book, made, by="bob")


def test_a_decision_that_is_not_there_is_named(book):
    with pytest.raises(InputError, match="nobody"):
        undoing(book, ["nobody"], by="bob")
