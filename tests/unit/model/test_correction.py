from rallybook.model.correction import FIELDS, GROUPS
from rallybook.model.event import Event


def test_what_is_said_of_an_event_cannot_be_corrected():
    derived = {"id", "records", "claims_of_size", "status_history", "support", "confidence", "revision"}
    assert {field.partition(".")[0] for field in FIELDS} == set(Event.__struct_fields__) - derived


def test_groups_and_their_parts_can_be_corrected():
    assert set(GROUPS) == {"date", "place", "size", "response", "harm"}
    assert {"form", "claims", "size", "size.low", "date.edtf", "response.arrests"} <= set(FIELDS)
    assert len(FIELDS) == len(set(FIELDS))
