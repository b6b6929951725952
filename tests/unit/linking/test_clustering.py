import datetime as dt

from reports import BRITAIN, FORT_WILLIAM, decision, other_act, report

from rallybook.linking.clustering import clusters


def test_accounts_of_one_event_are_one_cluster():
    assert clusters([report("b"), report("a"), report("c", size=(300, 300))]) == (("a", "b", "c"),)


def test_other_acts_towns_and_days_are_other_events():
    reports = [report("a"), other_act("b"), report("c", place=FORT_WILLIAM), report("d", day="2024-05-20")]
    assert clusters(reports) == (("a",), ("b",), ("c",), ("d",))


def test_two_records_of_one_article_are_two_events():
    assert clusters([report("a", article="x"), report("b", article="x")]) == (("a",), ("b",))


def test_neighbouring_days_are_not_chained_by_a_month():
    days = [report(f"{n}{day}", day=f"2024-05-{day}") for day in (11, 13, 15) for n in "ab"]
    found = clusters([*days, report("c", day="2024-05", focus="background", published=dt.date(2024, 6, 3))])
    assert [{name[1:] for name in one if name != "c"} for one in found if one != ("c",)] == [
        {"11"}, {"13"}, {"15"},
    ]  # fmt: skip


def test_what_was_planned_and_happened_is_one_event():
    planned = report("a", status="planned", published=dt.date(2024, 5, 8))
    assert clusters([planned, report("b")]) == (("a", "b"),)


def test_the_whole_holds_the_whole_only():
    whole = {"place": BRITAIN, "umbrella": True}
    found = clusters([report("a", **whole), report("b", **whole), report("c"), report("d")])
    assert found == (("a", "b"), ("c", "d"))


def test_a_strike_of_many_days_is_one_event():
    strike = {"form": "strike", "trigger": "strike"}
    reports = [
        report("a", day="2024-05-13/..", **strike),
        report("b", day="2024-05-13/2024-05-15", published=dt.date(2024, 5, 15), **strike),
        report("c", day="2024-05-13/2024-05-17", published=dt.date(2024, 5, 18), **strike),
    ]
    assert clusters(reports) == (("a", "b", "c"),)


def test_protest_and_counter_protest_are_two():
    counter = {"trigger": "counter-protest"}
    found = clusters([report("a"), report("b"), report("c", **counter), report("d", **counter)])
    assert found == (("a", "b"), ("c", "d"))


def test_a_person_joins_what_a_rule_keeps_apart():
    far = report("b", place=FORT_WILLIAM)
    assert clusters([report("a"), far], [decision("d", "same", "a", "b")]) == (("a", "b"),)


def test_what_a_person_joined_still_takes_in_what_agrees():
    far = report("b", place=FORT_WILLIAM)
    found = clusters([report("a"), far, report("c")], [decision("d", "same", "a", "b")])
    assert found == (("a", "b", "c"),)


def test_a_person_parts_what_agrees():
    found = clusters([report("a"), report("b"), report("c")], [decision("d", "different", "a", "b")])
    assert ("a", "b") not in [one[:2] for one in found]
    assert sorted(name for one in found for name in one) == ["a", "b", "c"]


def test_a_rejected_record_is_in_no_event():
    assert clusters([report("a"), report("b")], [decision("d", "reject", "b")]) == (("a",),)


def test_a_record_given_twice_is_one():
    assert clusters([report("a"), report("a")]) == (("a",),)


def test_nothing_gives_nothing():
    assert clusters([]) == ()
