"""An event as people read it: each value with the words that prove it and who says so."""

import datetime as dt

import msgspec
from fake_linker import FakeLinker
from kept_examples import decision, read
from reports import report

from rallybook.model.event import Event, StatusChange, Telling
from rallybook.model.keeping import Version
from rallybook.model.record import EventDate, EventPlace
from rallybook.publishing.dossier import Dossier, dossier_lines, in_a_line, proofs


def _event(**changed):
    told = [read("a", size=300), read("b", size=500)]
    reports = [
        msgspec.structs.replace(
            report(coded.events[0].id), record=coded.events[0], article=one.id, source=one.source
        )
        for one, coded in told
    ]
    event = FakeLinker().consolidated(reports, changed.pop("decisions", ()), ())
    return msgspec.structs.replace(event, id="e1", revision=3, **changed)


def _shown(**facts):
    return "".join(dossier_lines(Dossier(**facts)))


def test_proofs_are_the_words_that_the_spans_cover():
    event = _event()
    found = proofs(event, {"a-1": "A rally was held."})
    # the other article is not there any more
    assert found == {"a-1": {"trigger": ("rally",)}}


def test_each_value_has_the_marks_of_its_reports_and_their_words():
    lines = _shown(event=_event(), words={"a-1": {"trigger": ("rally",)}}).splitlines()
    assert lines[0] == "e1  revision 3"
    (form,) = [n for n, line in enumerate(lines) if line.startswith("  form")]
    assert lines[form].split() == ["form", "rally", "[1]"]
    assert lines[form + 1].strip() == "[1] “rally”"
    assert "  300 claimed in a: “300”" in lines
    assert "[2] article b, record b-1 (The Argus, 2024-05-13)" in lines


def test_what_people_decided_stands_beside_what_the_articles_say():
    corrected = decision("correct", "a-1", field="form", value="march", why="the photo")
    shown = _shown(
        event=_event(decisions=[corrected]),
        decisions=(corrected,),
        disagreements=("form of the event of a-1: …",),
    )
    assert "march  (ann)" in shown
    assert 'ann correct form = "march": the photo' in shown
    assert "People disagree on form of the event of a-1" in shown


def test_what_it_was_before_is_told_in_a_line():
    before = Version(_event(form="vigil"), dt.datetime(2024, 6, 2, 9, 30, tzinfo=dt.UTC))
    shown = _shown(event=_event(), versions=(before,))
    assert "  revision 3, until 2024-06-02 09:30: vigil, happened" in shown
    assert shown.endswith("2 reports\n")


def test_marks_that_would_move_the_cursor_are_not_printed():
    event = Event(
        id="e1", form="rally", status="happened", focus="focal", umbrella=False,
        records=(Telling(article="a\x1b[2J", record="r", quote="Come\x07 all"),),
    )  # fmt: skip
    shown = _shown(event=event)
    assert "\x1b" not in shown
    assert "\x07" not in shown


OBAN = EventPlace("Oban", "Oban", "GB", 56.415, -5.472, "city")


def _told(name, *tellings, **changed):
    facts = {"form": "march", "status": "happened", "focus": "focal", "umbrella": False, "revision": 1}
    return Event(id=name, records=tellings, date=EventDate("2024-05-12"), place=OBAN, **(facts | changed))


def test_a_copy_and_an_older_version_are_said_to_be_one():
    text = _shown(
        event=_told(
            "e",
            Telling(article="x", record="a", superseded_by="z"),
            Telling(article="y", record="b", copy_of="x"),
            Telling(article="z", record="c"),
        )
    )
    assert "[1] article x, record a (undated), superseded by article z\n" in text
    assert "[2] article y, record b (undated), copy of article x\n" in text
    assert "[3] article z, record c (undated)\n" in text


def test_a_status_that_changed_has_its_history():
    tellings = (Telling(article="x", record="a"), Telling(article="y", record="b"))
    changes = (StatusChange("planned", dt.date(2024, 5, 8), ("a",)), StatusChange("happened", None, ("b",)))
    assert "  Told as planned (2024-05-08) [1], then happened [2]\n" in _shown(
        event=_told("e", *tellings, status_history=changes)
    )
    assert "Told as" not in _shown(event=_told("e", *tellings, status_history=changes[1:]))


def test_a_picture_that_was_there_before_is_told_of():
    tellings = (
        Telling(article="x", record="a", recycled=True),
        Telling(article="y", record="b", recycled=False),
        Telling(article="z", record="c"),
    )
    lines = [line for line in _shown(event=_told("e", *tellings)).splitlines() if line.startswith("[")]
    assert [line.endswith(", with a picture that was there before the event") for line in lines] == [
        True,
        False,
        False,
    ]


def test_parts_and_wholes_are_named_in_a_line_each():
    other = in_a_line(_told("other", status="planned", form="human_chain"))
    text = _shown(event=_told("e"), parts=(other,), part_of=(in_a_line(_told("whole")),))
    assert "  Part of whole: march, happened, 2024-05-12, Oban, GB\n" in text
    assert "  Holds other: human chain, planned, 2024-05-12, Oban, GB\n" in text
