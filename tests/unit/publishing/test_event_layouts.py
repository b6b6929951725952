import csv
import io
import json

import msgspec
import pytest
from coded_examples import CHAIN, NOWHERE

from rallybook.errors import InputError
from rallybook.model.event import Event, SizeClaim, Telling
from rallybook.publishing.event_columns import EVENT_NAMES, event_rows
from rallybook.publishing.event_layouts import EVENT_LAYOUTS, event_lines
from rallybook.publishing.event_table import event_table

_FIELDS = (
    "form",
    "status",
    "focus",
    "umbrella",
    "date",
    "place",
    "size",
    "participants",
    "claims",
    "response",
)


def _event(name, record, *articles):
    return Event(
        id=name,
        **{field: getattr(record, field) for field in _FIELDS},
        records=tuple(
            Telling(article=one, record=f"{one}-1", source="The Argus", quote=record.quote)
            for one in articles
        ),
        claims_of_size=(SizeClaim(low=200, text="More than 200", article="a"),),
        confidence={"record": 0.9},
        revision=2,
    )


EVENTS = (_event("e1", CHAIN, "a", "b"), _event("e2", NOWHERE, "c"))


def test_each_column_is_once_in_each_row():
    assert len(set(EVENT_NAMES)) == len(EVENT_NAMES)
    assert [len(row) for row in event_rows(EVENTS)] == [len(EVENT_NAMES)] * 2


def test_a_line_is_the_event_and_can_be_read_again():
    lines = list(event_lines(EVENTS, "jsonl"))
    assert [msgspec.json.decode(line, type=Event) for line in lines] == list(EVENTS)


def test_csv_names_articles_and_sources_and_runs_no_formula():
    (first, _) = csv.DictReader(io.StringIO("".join(event_lines(EVENTS, "csv"))))
    assert (first["event"], first["articles"], first["sources"], first["revision"]) == (
        "e1",
        "a | b",
        "The Argus",
        "2",
    )
    assert first["claims"].startswith("'=SUM")


def test_geojson_has_a_point_where_the_place_is_known():
    first, second = json.loads("".join(event_lines(EVENTS, "geojson")))["features"]
    assert (first["id"], first["geometry"]["coordinates"]) == ("e1", [-5.472, 56.415])
    assert (second["id"], second["geometry"]) == ("e2", None)


@pytest.mark.parametrize("name", EVENT_LAYOUTS)
def test_no_events_are_a_whole_answer(name):
    assert isinstance("".join(event_lines((), name)), str)


def test_a_layout_that_is_none_is_refused():
    with pytest.raises(InputError, match="format: received 'xml', allowed: json, jsonl, csv, geojson"):
        event_lines(EVENTS, "xml")


def test_the_table_tells_the_police_where_there_is_room():
    narrow, wide = ("".join(event_table(EVENTS, width=width)) for width in (80, 120))
    assert "no arrests" in wide
    assert "police" not in narrow
    assert all(len(line) <= 80 for line in narrow.splitlines())
    assert wide.splitlines()[-1] == "2 events"
