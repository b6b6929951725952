from itertools import permutations

from reports import decision

from rallybook.linking.judgements import judgements, newest_first


def test_same_and_different_hold():
    held = judgements([decision("d1", "same", "a", "b"), decision("d2", "different", "b", "c")])
    assert held.same("a", "b")
    assert held.apart("a", "c")
    assert not held.apart("a", "d")
    assert held.set_aside == ()


def test_the_newest_holds():
    older, newer = decision("d1", "same", "a", "b"), decision("d2", "different", "a", "b", day=2)
    for order in permutations((older, newer)):
        held = judgements(order)
        assert held.apart("a", "b")
        assert held.set_aside == ("d1",)


def test_what_newer_judgements_imply_stands():
    circle = [
        decision("d1", "different", "a", "c"),
        decision("d2", "same", "b", "c", day=2),
        decision("d3", "same", "a", "b", day=3),
    ]
    held = judgements(circle)
    assert held.same("a", "c")
    assert held.set_aside == ("d1",)


def test_an_older_same_does_not_join_what_newer_ones_keep_apart():
    held = judgements(
        [
            decision("d1", "same", "b", "c"),
            decision("d2", "same", "a", "b", day=2),
            decision("d3", "different", "a", "c", day=3),
        ]
    )
    assert held.same("a", "b")
    assert held.apart("b", "c")
    assert held.set_aside == ("d1",)


def test_different_keeps_each_two_apart():
    held = judgements([decision("d1", "different", "a", "b", "c")])
    assert held.apart("a", "b")
    assert held.apart("b", "c")
    assert held.apart("c", "a")


def test_groups_that_join_keep_what_is_different_from_each():
    held = judgements(
        [
            decision("d1", "different", "b", "x", day=4),
            decision("d2", "different", "a", "y", day=3),
            decision("d3", "same", "a", "b", day=2),
        ]
    )
    assert held.apart("a", "x")
    assert held.apart("b", "y")


def test_a_rejection_can_be_taken_back():
    rejected = decision("d1", "reject", "a", "b")
    assert judgements([rejected]).rejected == {"a", "b"}
    assert judgements([decision("d2", "restore", "a", day=2), rejected]).rejected == {"b"}


def test_a_decision_given_twice_is_one():
    one = decision("d1", "same", "a", "b")
    assert newest_first([one, one]) == [one]
