from kept_examples import decision

from rallybook.book.judgements import contradicted, disagreements
from rallybook.model.decision import in_order, rejected


def test_the_newest_of_reject_and_restore_holds():
    given = [
        decision("restore", "a", minute=2),
        decision("reject", "a", "b", minute=1),
        decision("reject", "c", minute=3),
        decision("restore", "c", minute=1),
    ]
    assert rejected(given) == {"b", "c"} == rejected(reversed(given))


def test_decisions_of_one_moment_are_in_the_order_of_their_ids():
    one, two = decision("reject", "a"), decision("restore", "a")
    assert in_order([two, one]) == in_order([one, two]) == (one, two)


def test_a_circle_of_three_is_a_contradiction():
    held = [decision("same", "a", "b"), decision("same", "b", "c", minute=1)]
    assert contradicted(decision("different", "a", "c", minute=2), held) == tuple(held)


def test_joining_what_is_apart_by_way_of_a_third_is_a_contradiction():
    held = [decision("same", "a", "b"), decision("different", "b", "c", minute=1)]
    assert contradicted(decision("same", "a", "c", minute=2), held) == tuple(held)


def test_judging_the_same_pair_again_contradicts_nothing():
    held = [decision("same", "a", "b"), decision("different", "a", "b", by="bob", minute=1)]
    assert contradicted(decision("same", "a", "b", minute=2), held) == ()


def test_taking_back_a_part_of_one_decision_contradicts_nothing():
    held = [decision("same", "a", "b", "c")]
    assert contradicted(decision("different", "a", "c", minute=1), held) == ()


def test_what_was_taken_back_ties_nothing():
    held = [
        decision("same", "a", "b"),
        decision("same", "b", "c", minute=1),
        decision("different", "b", "c", minute=2),
    ]
    assert contradicted(decision("different", "a", "c", minute=3), held) == ()


def test_other_kinds_contradict_nothing():
    assert contradicted(decision("reject", "a"), [decision("same", "a", "b")]) == ()


def test_people_disagree_only_with_others_and_only_where_they_judge_differently():
    given = [
        decision("correct", "a", field="form", value="march"),
        decision("correct", "a", field="form", value="march", by="bob", minute=1),
        decision("correct", "a", field="form", value="vigil", by="bob", minute=2),
        decision("correct", "a", field="status", value="planned", by="eve", minute=3),
        decision("correct", "a", field="form", value="riot", by="eve", minute=4),
    ]
    (found,) = disagreements(given)
    assert (found.holds.by, found.overruled.value) == ("eve", "vigil")
    assert str(found) == (
        "form of the event of a: 'riot' by eve (2024-06-01) holds over 'vigil' by bob (2024-06-01)"
    )


def test_disagreement_on_a_pair_is_told_once_a_decision():
    given = [decision("same", "a", "b", "c"), decision("different", "a", "b", by="bob", minute=1)]
    assert [found.thing for found in disagreements(given)] == ["whether a and b are one event"]


def test_whoever_rejects_what_another_found_disagrees():
    found = decision("found", "a", article="x", value={"text": ""})
    given = [found, decision("found", "a", by="bob", minute=1, article="x", value={"text": ""})]
    assert disagreements(given) == ()
    assert rejected([decision("reject", "a", by="bob", minute=-1), *given]) == set()
    (told,) = disagreements([*given, decision("reject", "a", by="cy", minute=2)])
    assert str(told).startswith("whether a tells an event: 'reject' by cy")
    assert "'found' by bob" in str(told)
    withdrawn = decision("found", "a", minute=3, article="x")
    assert disagreements([found, withdrawn]) == ()
