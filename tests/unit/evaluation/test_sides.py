import csv

import pytest
from event_examples import march
from hypothesis import given
from hypothesis import strategies as st
from made_tables import row_record
from reports import report

from rallybook.errors import InputError
from rallybook.evaluation.sides import Comparison, group_of, side_of
from rallybook.evaluation.sides_report import compared_lines, pair_lines
from rallybook.linking.consolidation import consolidated
from rallybook.model.event import Report
from rallybook.model.record import EventDate, EventPlace, Response, Size

LEEDS = EventPlace("Leeds", "Leeds", "GB", 53.8, -1.55, "city")
YORK = EventPlace("York", "York", "GB", 53.96, -1.08, "city")


def _compared(*pairs, sides=("rallybook", "acled")):
    events = [(one or other, {"rallybook": one, "acled": other}) for one, other in pairs]
    comparison = Comparison([(event, {k: v for k, v in told.items() if v}) for event, told in events], sides)
    pairs = list(comparison)
    return comparison.found(), pairs


def test_events_of_both_and_of_one_side_only_are_counted():
    found, pairs = _compared((march(), march()), (march(), None), (None, march()), (None, march()))
    assert (found.events.both, found.events.left, found.events.right) == (1, 1, 2)
    assert [pair.side for pair in pairs] == ["both", "left", "right", "right"]


def test_the_counts_of_groups_add_up():
    found, _ = _compared(
        (march(), march()),
        (march(form="riot", place=YORK), None),
        (None, march(date=EventDate("2024-05-20"))),
    )
    for groups in found.by.values():
        assert sum(one.both + one.left + one.right for one in groups.values()) == 3
    assert list(found.by["week"]) == ["2024-W19", "2024-W21"]
    assert found.by["form"]["riot"].left == 1


@pytest.mark.parametrize(
    ("left", "right", "differ"),
    [
        ({}, {}, ()),
        ({"form": "rally"}, {"form": "march"}, ("form",)),
        ({"form": "riot"}, {"form": "march"}, ("form", "kind")),
        ({"form": "strike"}, {"form": "walkout"}, ("form",)),
        ({"status": "planned"}, {}, ("status",)),
        ({"date": EventDate("2024-05-11")}, {}, ("date",)),
        ({"date": EventDate("2024-05")}, {}, ()),
        ({"date": EventDate()}, {}, ()),
        ({"place": LEEDS}, {"place": YORK}, ("place",)),
        ({"place": LEEDS}, {"place": EventPlace("", "Garforth", "GB", 53.79, -1.38, "city")}, ()),
        ({"place": LEEDS}, {"place": EventPlace("", "Norway", "NO", 61.0, 8.0, "country")}, ("place",)),
        ({"size": Size("", 100, 200)}, {"size": Size("", 200, 200)}, ()),
        ({"size": Size("", 100, 200)}, {"size": Size("", 250, None)}, ("size",)),
        ({"size": Size("", 100, 200)}, {"size": Size()}, ()),
        ({"response": Response(("force",))}, {"response": Response(("arrests",))}, ("response",)),
    ],
)
def test_fields_on_which_they_differ(left, right, differ):
    _, (pair,) = _compared((march(**left), march(**right)))
    assert pair.differ == differ


def test_a_field_that_one_side_is_silent_on_is_no_difference():
    found, _ = _compared((march(size=Size("", 5, 5)), march()), (march(), march(size=Size("", 5, 5))))
    size = found.fields["size"]
    assert (size.agree, size.differ, size.left_only, size.right_only) == (0, 0, 1, 1)


_SIDE = st.none() | st.builds(
    march,
    form=st.sampled_from(("rally", "march", "riot", "strike")),
    date=st.sampled_from(
        (EventDate(), EventDate("2024-05-12"), EventDate("2024-05"), EventDate("2024-05-14/.."))
    ),
    place=st.sampled_from((LEEDS, YORK, EventPlace())),
    size=st.builds(Size, st.just(""), st.none() | st.integers(0, 9), st.none() | st.integers(9, 20)),
)


@given(st.lists(st.tuples(_SIDE, _SIDE).filter(any), max_size=6))
def test_a_comparison_the_other_way_round_is_the_same_mirrored(pairs):
    one, _ = _compared(*pairs)
    other, _ = _compared(*pairs, sides=("acled", "rallybook"))
    for ours, theirs in (
        (one.events, other.events), *((one.by[by][key], other.by[by][key]) for by in one.by for key in one.by[by])
    ):  # fmt: skip
        assert (ours.both, ours.left, ours.right) == (theirs.both, theirs.right, theirs.left)
    for name, field in one.fields.items():
        back = other.fields[name]
        assert (field.agree, field.differ) == (back.agree, back.differ)
        assert (field.left_only, field.right_only) == (back.right_only, back.left_only)


def test_an_event_is_on_the_side_of_its_records():
    row = row_record("acled")
    event = consolidated([report("a"), Report(record=row, article="acled:GBR1")])
    assert [side_of(telling) for telling in event.records] == ["rallybook", "acled"]


@pytest.mark.parametrize(
    ("sides", "words"),
    [
        (("rallybook", "icews"), "right: received 'icews', allowed: rallybook, acled, ccc, gdelt, polecat"),
        (("The Argus", "acled"), "left: received 'The Argus'"),
        (("acled", "acled"), "right: received 'acled', allowed: another side"),
    ],
)
def test_sides_that_are_none_are_refused(sides, words):
    with pytest.raises(InputError, match=words):
        Comparison([], sides)


@pytest.mark.parametrize(("day", "week"), [("2021-01-01", "2020-W53"), ("2024-05", "2024-W18"), ("", "")])
def test_a_week_is_that_of_the_first_day(day, week):
    assert group_of(march(date=EventDate(day)), "week") == week


def test_it_is_told_in_words():
    found, _ = _compared((march(), march(form="riot")), (march(), None))
    text = "".join(compared_lines(found, "form"))
    assert text.startswith(
        "2 events\n  both                      1   50.0 %\n  rallybook only            1   50.0 %\n"
    )
    assert "\n  form                      0        1                 0                 0\n" in text
    assert "\n  march                     1                 1                 0\n" in text
    assert "".join(compared_lines(_compared()[0])).startswith("0 events\n")


def test_each_event_is_a_row_with_what_each_side_says():
    _, pairs = _compared((march(id="x"), march(id="x", form="riot")), (None, march(id="y")))
    rows = list(csv.DictReader("".join(pair_lines(pairs)).splitlines()))
    assert [(row["event"], row["side"], row["differ"]) for row in rows] == [
        ("x", "both", "form | kind"),
        ("y", "right", ""),
    ]
    assert [(row["form_left"], row["form_right"]) for row in rows] == [("march", "riot"), ("", "march")]
