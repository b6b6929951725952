import datetime as dt

from rallybook.model.event import Event, StatusChange, Telling
from rallybook.model.record import EventDate, EventPlace
from rallybook.publishing.dossier import Dossier, dossier_lines, kin

OBAN = EventPlace("Oban", "Oban", "GB", 56.415, -5.472, "city")


def event(name, *tellings, **changed):
    facts = {"form": "march", "status": "happened", "focus": "focal", "umbrella": False, "revision": 1}
    return Event(id=name, records=tellings, date=EventDate("2024-05-12"), place=OBAN, **(facts | changed))


def shown(event, **more):
    return "".join(dossier_lines(Dossier(event=event, **more)))


def test_a_copy_and_an_older_version_are_said_to_be_one():
    text = shown(
        event(
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
    assert "  Told as planned (2024-05-08) [1], then happened [2]\n" in shown(
        event("e", *tellings, status_history=changes)
    )
    assert "Told as" not in shown(event("e", *tellings, status_history=changes[1:]))


def test_parts_and_wholes_are_named_in_a_line_each():
    other = kin(event("other", status="planned", form="human_chain"))
    text = shown(event("e"), parts=(other,), part_of=(kin(event("whole")),))
    assert "  Part of whole: march, happened, 2024-05-12, Oban, GB\n" in text
    assert "  Holds other: human chain, planned, 2024-05-12, Oban, GB\n" in text
