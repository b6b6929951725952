import datetime as dt
from itertools import permutations

import msgspec
import pytest
from reports import BRITAIN, FORT_WILLIAM, OBAN, PIER, SCOTLAND, decision, report

from rallybook.errors import InputError
from rallybook.linking.consolidation import consolidated, status_history
from rallybook.model.copies import CopyGroup
from rallybook.model.record import EventPlace, Harm, Media, Response, Shown
from rallybook.model.values import Range

WIRE = (CopyGroup(("x", "y")),)


def told(**by_name):
    return [report(name, **changed) for name, changed in by_name.items()]


def test_one_report_is_its_event():
    event = consolidated(told(a={"size": (300, 300), "counted": "300 people"}))
    assert (event.id, event.revision) == ("", 0)
    assert (event.form, event.status, event.place, event.date.edtf) == (
        "march",
        "happened",
        OBAN,
        "2024-05-12",
    )
    assert (event.size.low, event.size.high, event.size.text) == (300, 300, "300 people")
    assert event.records[0].quote.startswith("Ferry workers")
    assert event.support["size"] == ("a",)


def test_nothing_is_no_event():
    with pytest.raises(ValueError, match="one or more"):
        consolidated([])


def test_the_form_with_the_most_voices_is_taken():
    assert consolidated(told(a={}, b={}, c={"form": "vigil"})).form == "march"


def test_a_specific_form_is_taken_over_a_rally_that_is_told_twice_as_often():
    assert consolidated(told(a={"form": "rally"}, b={"form": "rally"}, c={})).form == "march"
    three = consolidated(told(a={"form": "rally"}, b={"form": "rally"}, c={"form": "rally"}, d={}))
    assert three.form == "rally"


def test_what_happened_outranks_what_was_planned():
    event = consolidated(told(a={}, b={"status": "planned"}, c={"status": "planned"}))
    assert event.status == "happened"
    assert event.support["status"] == ("a",)


def test_the_latest_of_two_outcomes_is_taken():
    early = {"status": "cancelled", "published": dt.date(2024, 5, 11)}
    assert consolidated(told(a={}, b=early)).status == "happened"
    late = {"status": "prevented", "published": dt.date(2024, 5, 14)}
    assert consolidated(told(a={}, b=late)).status == "prevented"


def test_a_denial_does_not_erase_a_report():
    denied = {"status": "denied", "published": dt.date(2024, 5, 20)}
    assert consolidated(told(a={}, b=denied, c=denied)).status == "happened"
    assert consolidated(told(b=denied, c={"status": "planned"})).status == "denied"


def test_the_status_has_a_history():
    planned = {"status": "planned", "published": dt.date(2024, 5, 8)}
    history = status_history(told(a={}, b=planned, c={}))
    assert [(step.status, step.records) for step in history] == [
        ("planned", ("b",)),
        ("happened", ("a", "c")),
    ]


def test_the_most_exact_day_that_fits_the_most_is_taken():
    event = consolidated(told(a={"day": "2024-05"}, b={}, c={"day": "2024-05-11/2024-05-12"}))
    assert event.date.edtf == "2024-05-12"
    assert consolidated(told(a={}, b={"day": "2024-05-13"}, c={})).date.edtf == "2024-05-12"


def test_a_stretch_of_a_lifetime_dates_no_strike():
    told = [report("a", form="strike", day="1910/..", when="since 1910"), report("b", form="strike")]
    assert consolidated(told).date.edtf == "2024-05-12"


def test_what_lasts_goes_from_the_first_day_to_the_last_told():
    strike = {"form": "strike"}
    event = consolidated(
        told(
            a={"day": "2024-05-13/..", **strike},
            b={"day": "2024-05-13/2024-05-15", **strike},
            c={"day": "2024-05-17", **strike},
        )
    )
    assert event.date.edtf == "2024-05-13/2024-05-17"


def test_a_date_without_a_year_is_kept_where_there_is_no_other():
    assert consolidated(told(a={"day": "XXXX-11-03"})).date.edtf == "XXXX-11-03"
    assert consolidated(told(a={"day": ""})).date.edtf == ""


def test_the_most_exact_place_is_taken():
    event = consolidated(told(a={"place": BRITAIN}, b={"place": SCOTLAND}, c={}, d={"place": PIER}))
    assert (event.place.text, event.place.precision) == ("the pier", "site")
    assert event.support["place"] == ("c", "d")
    assert consolidated(told(a={"place": BRITAIN}, b={"place": SCOTLAND})).place == SCOTLAND


def test_the_city_with_the_most_voices_is_taken():
    event = consolidated(told(a={"place": FORT_WILLIAM}, b={}, c={}))
    assert event.place.name == "Oban"


def test_a_place_that_nobody_tells_is_unknown():
    assert consolidated(told(a={"place": EventPlace()})).place == EventPlace()


def test_all_head_counts_are_kept_and_their_range_is_given():
    event = consolidated(
        told(
            a={"size": (450, 450), "counted": "Police counted 450"},
            b={"size": (800, 800), "counted": "800, the organisers said"},
            c={"size": (5000, 5000), "status": "planned", "published": dt.date(2024, 5, 1)},
        )
    )
    assert (event.size.low, event.size.high) == (450, 800)
    assert [(claim.low, claim.by) for claim in event.claims_of_size] == [
        (5000, ""), (450, "police"), (800, "organisers"),
    ]  # fmt: skip


def test_more_than_the_highest_stays_open():
    event = consolidated(told(a={"size": (300, 300)}, b={"size": (1000, None)}))
    assert (event.size.low, event.size.high) == (300, None)


def test_a_copy_is_no_second_voice():
    wire = [
        report(name, article=article, form="vigil") for name, article in (("a", "x"), ("b", "y"), ("e", "z"))
    ]
    reports = [*wire[:2], report("c"), report("d")]
    event = consolidated(reports, copies=WIRE)
    assert event.form == "march"
    assert [telling.record for telling in event.records] == ["c", "d", "a", "b"]
    assert consolidated([*reports, wire[2]]).form == "vigil"


def test_a_copy_does_not_claim_a_size_twice():
    same = {"size": (300, 300)}
    wire = [report("a", article="x", **same), report("b", article="y", **same)]
    assert [claim.article for claim in consolidated(wire, copies=WIRE).claims_of_size] == ["x"]
    assert len(consolidated(wire).claims_of_size) == 2


def test_a_copy_that_was_cut_tells_no_count_of_its_own():
    wire = [report("a", article="x", size=(200, 300)), report("b", article="y", size=(300, 300))]
    assert [claim.article for claim in consolidated(wire, copies=WIRE).claims_of_size] == ["x"]
    wire = [report("a", article="x", size=(2000, 9999)), report("b", article="y", size=(5000, 5000))]
    assert [claim.article for claim in consolidated(wire, copies=WIRE).claims_of_size] == ["x", "y"]


def test_posts_of_one_author_are_one_voice():
    sure = {"confidence": {"record": 0.8}}
    posts = [report(name, author=author, **sure) for name, author in (("a", "x"), ("b", "x"), ("c", "y"))]
    assert consolidated(posts[:2]).confidence["record"] == 0.8
    assert len(consolidated(posts[:2]).records) == 2
    assert consolidated(posts).confidence["record"] == pytest.approx(0.96)


def test_who_repeats_another_lends_no_voice_of_their_own_to_it():
    def sure(name, author):
        return report(name, article=name, author=author, confidence={"record": 0.8})

    wire = (CopyGroup(("a", "b")),)
    # b repeats a; what its author says beside that is another voice, and a's author has one only
    event = consolidated([sure("a", "x"), sure("b", "y"), sure("c", "x")], copies=wire)
    assert event.confidence["record"] == 0.8
    event = consolidated([sure("a", "x"), sure("b", "y"), sure("c", "y")], copies=wire)
    assert event.confidence["record"] == pytest.approx(0.96)


@pytest.mark.parametrize(("seen", "recycled"), [(None, False), ("2024-05-11", False), ("2024-05-10", True)])
def test_a_picture_that_was_there_before_the_event_is_recycled(seen, recycled):
    shown = report("a", media=Media(pictures=(Shown("f" * 16),)), seen=seen and dt.date.fromisoformat(seen))
    planned = msgspec.structs.replace(shown, record=msgspec.structs.replace(shown.record, status="planned"))
    for told, found in ((shown, recycled), (planned, False)):
        (telling,) = consolidated([told]).records
        assert telling.recycled is found


def test_what_the_coder_knew_of_a_picture_holds_and_what_has_none_says_nothing():
    (telling,) = consolidated([report("a", media=Media(pictures=(Shown("", None, recycled=True),)))]).records
    assert telling.recycled is True
    for media in (Media("geotag"), msgspec.UNSET):
        (telling,) = consolidated([report("a", media=media)]).records
        assert telling.recycled is msgspec.UNSET


def test_a_superseded_version_speaks_only_where_nothing_newer_does():
    group = (CopyGroup(("x", "y"), {"x": "y"}),)
    old, new = report("a", article="x", size=(100, 100)), report("b", article="y", size=(900, 900))
    event = consolidated([old, new], copies=group)
    assert (event.size.low, len(event.records)) == (900, 2)
    assert consolidated([old], copies=group).size.low == 100


def test_an_event_says_which_reports_are_copies_and_which_are_superseded():
    group = (CopyGroup(("x", "y", "z"), {"x": "z"}),)
    told = [report("a", article="x"), report("b", article="y"), report("c", article="z"), report("d")]
    event = consolidated(told, copies=group)
    assert {one.record: (one.copy_of, one.superseded_by) for one in event.records} == {
        "a": ("", "z"),
        "b": ("x", ""),
        # the newest version of the original repeats nobody
        "c": ("", ""),
        "d": ("", ""),
    }


def test_copies_do_not_outvote_a_status():
    later = {"published": dt.date(2024, 5, 14)}
    cancelled = [
        report(name, article=article, status="cancelled", published=dt.date(2024, 5, 11))
        for name, article in (("a", "x"), ("b", "y"), ("c", "z"))
    ]
    happened = [report("d", **later)]
    assert consolidated([*cancelled, *happened]).status == "cancelled"
    wire = (CopyGroup(("x", "y", "z")),)
    assert consolidated([*cancelled, *happened], copies=wire).status == "happened"


def test_an_event_has_the_history_of_its_status():
    planned = {"status": "planned", "published": dt.date(2024, 5, 8)}
    event = consolidated(told(a={}, b=planned))
    assert [(one.status, one.records) for one in event.status_history] == [
        ("planned", ("b",)),
        ("happened", ("a",)),
    ]


def test_lists_are_joined_without_near_repeats():
    event = consolidated(
        told(
            a={"organisers": ("Safe Crossings",)},
            b={"organisers": ("the association Safe Crossings", "Harbour Watch")},
            c={"organisers": ("Safe Crossings",)},
        )
    )
    assert event.organisers == ("the association Safe Crossings", "Harbour Watch")
    assert event.support["organisers"] == ("a", "b", "c")


def test_lists_are_bounded():
    names = tuple(f"Group{n}" for n in range(30))
    assert len(consolidated(told(a={"organisers": names})).organisers) == 8


def test_that_nothing_was_done_yields_to_what_was():
    quiet = {"response": Response(("none",), Range(0, 0))}
    event = consolidated(told(a=quiet, b={"response": Response(("arrests",), Range(4, 4))}))
    assert event.response == Response(("arrests",), Range(4, 4))
    assert consolidated(told(a=quiet)).response == Response(("none",), Range(0, 0))


def test_the_latest_count_of_the_hurt_is_taken():
    first = {"harm": Harm(killed=Range(2, 2))}
    later = {"harm": Harm(killed=Range(3, 3)), "published": dt.date(2024, 5, 14)}
    event = consolidated(told(a=first, b=later))
    assert (event.harm.killed.low, event.support["harm"]) == (3, ("b",))


def test_a_correction_outranks_all_and_the_newest_holds():
    decisions = [
        decision("d1", "correct", "a", field="form", value="vigil"),
        decision("d2", "correct", "a", day=2, field="form", value="sit_in"),
        decision("d3", "correct", "z", day=3, field="form", value="riot"),
    ]
    for order in permutations(decisions):
        event = consolidated(told(a={}, b={}), order)
        assert (event.form, event.support["form"], event.confidence["form"]) == ("sit_in", ("d2",), 1.0)


def test_a_part_of_a_field_can_be_corrected():
    event = consolidated(told(a={}), [decision("d", "correct", "a", field="date.edtf", value="2024-05-11")])
    assert (event.date.edtf, event.date.text) == ("2024-05-11", "on Sunday")
    assert event.support["date"] == ("d", "a")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("colour", "red"),
        ("records", ()),
        ("date.hour", 3),
        ("form", "parade"),
        ("size.low", "many"),
        ("form.x", 1),
    ],
)
def test_a_correction_that_no_event_can_have_is_refused(field, value):
    with pytest.raises(InputError):
        consolidated(told(a={}), [decision("d", "correct", "a", field=field, value=value)])


def test_an_event_is_surer_with_every_voice():
    sure = {"confidence": {"record": 0.8, "form": 0.7}}
    one, two = consolidated(told(a=sure)), consolidated(told(a=sure, b=sure))
    assert one.confidence["record"] == 0.8
    assert two.confidence["record"] == pytest.approx(0.96)
    copied = consolidated([report("a", article="x", **sure), report("b", article="y", **sure)], copies=WIRE)
    assert copied.confidence["record"] == 0.8


def test_a_field_is_less_sure_where_voices_differ():
    event = consolidated(told(a={}, b={}, c={"form": "vigil"}))
    assert event.confidence["form"] < consolidated(told(a={}, b={})).confidence["form"]
