from made_tables import row_record
from reports import decision, report

from rallybook.linking.consolidation import consolidated
from rallybook.linking.profiles import profile
from rallybook.linking.republishing import republishable, withheld
from rallybook.linking.rules import cannot_link
from rallybook.model.copies import CopyGroup
from rallybook.model.event import Report


def _row(name, **changed):
    record = row_record(name, **changed)
    return Report(record=record, article=f"{name}:{record.imported.row}", source=name.upper())


def _event(*reports, decisions=(), copies=()):
    told = {one.record.id: one for one in reports}
    return consolidated(reports, decisions, copies), told


def test_an_event_of_open_sources_is_passed_on_as_it_is():
    event, told = _event(report("a"), _row("ccc"), _row("gdelt"))
    assert withheld(event) == ()
    assert republishable(event, told, ()) is event


def test_an_event_that_only_a_closed_row_tells_is_not_passed_on():
    event, told = _event(_row("acled"))
    assert [one.imported.row for one in withheld(event)] == ["GBR1"]
    assert republishable(event, told, ()) is None


def test_what_a_closed_row_adds_is_left_out():
    event, told = _event(report("a", size=(90, 90), counted="ninety"), _row("acled"))
    assert event.size.high == 200
    passed = republishable(event, told, ())
    assert (passed.size.low, passed.size.high) == (90, 90)
    assert [one.record for one in passed.records] == ["a"]
    assert "Pier Union" in event.organisers
    assert "Pier Union" not in passed.organisers
    acled = _row("acled").record.id
    assert not any(acled in ids for ids in passed.support.values())


def test_what_people_decided_stays():
    judged = decision("d", "correct", "a", field="form", value="vigil")
    event, told = _event(report("a"), _row("acled"), decisions=[judged])
    assert republishable(event, told, [judged]).form == event.form == "vigil"


def test_copies_still_speak_once():
    reports = [report("a"), report("b", form="rally"), report("c", form="rally"), _row("acled")]
    copies = [CopyGroup(("article of b", "article of c"))]
    event, told = _event(*reports, copies=copies)
    passed = republishable(event, told, ())
    alone, _ = _event(*reports[:3], copies=copies)
    assert passed == alone


def test_an_older_version_is_still_superseded():
    reports = [report("a", size=(5, 5)), report("b", size=(7, 7)), _row("acled")]
    copies = [CopyGroup(("article of a", "article of b"), {"article of a": "article of b"})]
    event, told = _event(*reports, copies=copies)
    alone, _ = _event(*reports[:2], copies=copies)
    assert republishable(event, told, ()) == alone


def test_two_rows_of_a_table_with_one_for_each_event_are_two_events():
    one, other = (profile(_row("acled", event_id_cnty=name)) for name in ("GBR1", "GBR2"))
    assert cannot_link(one, other) == "two rows of a table that has one for each event"
    # GDELT has a row for each report
    one, other = (profile(_row("gdelt", GLOBALEVENTID=name)) for name in ("1", "2"))
    assert cannot_link(one, other) == ""
    assert cannot_link(profile(_row("acled")), profile(_row("gdelt"))) == ""
