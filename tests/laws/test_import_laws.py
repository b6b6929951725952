"""What holds for rows of other data sets: each value stands in a cell, nothing comes twice, our own files come back."""

import datetime as dt
import tempfile
from pathlib import Path

import msgspec
from event_examples import march
from hypothesis import given, settings
from hypothesis import strategies as st
from made_tables import ROWS, items, made

from rallybook import api
from rallybook.book.store import SqliteBook
from rallybook.coding.row_coder import RowCoder
from rallybook.linking.consolidation import consolidated
from rallybook.model.article import Article
from rallybook.model.event import Report
from rallybook.model.record import FORMS, EventDate, EventPlace, Response, Size
from rallybook.opened import OpenBook
from rallybook.publishing.event_layouts import event_layout
from rallybook.publishing.tables import csv_lines

_CODER = RowCoder()
_NAMES = st.sampled_from(sorted(ROWS))
_CELLS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00\r\n\t"), max_size=12)
_PLACES = st.one_of(
    st.builds(
        EventPlace, st.just("the pier"), st.sampled_from(("Oban", "Fort William", "St. Ives")), st.just("GB"),
        st.floats(49, 60), st.floats(-8, 2), st.sampled_from(("site", "city", "region")),
    ),
    st.just(EventPlace("Britain", "United Kingdom", "GB", 54.0, -2.0, "country")),
)  # fmt: skip
_SIZES = st.sampled_from(
    (Size(), Size("about 200", 200, 200), Size("hundreds", 200, 999), Size("more than 50", 50, None),
     Size("up to 300", None, 300))
)  # fmt: skip
_EVENTS = st.lists(
    st.builds(
        march,
        id=st.uuids().map(lambda one: one.hex[:16]),
        form=st.sampled_from(FORMS),
        status=st.sampled_from(("happened", "planned", "cancelled")),
        umbrella=st.booleans(),
        date=st.builds(EventDate, st.dates(dt.date(1700, 1, 1), dt.date(2199, 12, 31)).map(str)),
        place=_PLACES,
        size=_SIZES,
        response=st.sampled_from((Response(), Response(("force",)), Response(("blocked",)))),
    ),
    min_size=1,
    max_size=5,
    unique_by=lambda event: event.id,
)


def _records(name, layout, events):
    """Give the records of a file of our own, by the ids of its events; and how many rows told no protest."""
    text = "".join(csv_lines(event_layout(layout).table(events)))
    found = items(name, text)
    outcomes = [_CODER.code(one) for one in found if isinstance(one, Article)]
    assert len(outcomes) == len(found), found
    assert not [failure for one in outcomes for failure in one.failures], outcomes
    return [record for one in outcomes for record in one.events]


@given(_EVENTS)
@settings(max_examples=60)
def test_our_own_acled_file_comes_back(events):
    carried = [
        event
        for event in events
        if event.status == "happened"
        and not event.umbrella
        and event.place.precision != "country"
        and event.form
        in ("rally", "march", "vigil", "human_chain", "sit_in", "occupation", "caravan", "riot")
    ]
    records = {record.imported.row: record for record in _records("acled", "acled", events)}
    assert sorted(records) == sorted(event.id for event in carried)
    for event in carried:
        record = records[event.id]
        assert record.form == ("riot" if event.form == "riot" else "rally")
        assert record.date.edtf == event.date.edtf
        _same_place(record.place, event.place)
        assert record.size == event.size


@given(_EVENTS)
@settings(max_examples=60)
def test_our_own_ccc_file_comes_back(events):
    typed = [e for e in events if e.status == "happened" and e.form not in ("riot", "symbolic", "other")]
    records = _records("ccc", "ccc", events)
    assert len(records) == len(typed)
    for event, record in zip(typed, records, strict=True):
        assert record.form == event.form
        assert record.date.edtf == event.date.edtf
        # the layout leaves out where it was, unless in a town
        fine = event.place.precision in ("site", "city")
        assert record.place.precision == (event.place.precision if fine else "unknown")
        if fine:  # it has no column for the country, and is of the United States
            _same_place(record.place, msgspec.structs.replace(event.place, country="US"))
        assert record.size == event.size


@given(_EVENTS)
@settings(max_examples=60)
def test_our_own_plover_file_comes_back(events):
    forms = {"hunger_strike": "hunger_strike", "boycott": "boycott", "blockade": "blockade", "riot": "riot"}
    carried = [event for event in events if event.status == "happened"]
    records = {record.imported.row: record for record in _records("polecat", "plover", events)}
    assert sorted(records) == sorted(event.id for event in carried)
    for event in carried:
        record = records[event.id]
        assert record.form == forms.get(event.form, "rally")
        assert record.date.edtf == event.date.edtf
        if event.place.precision == "country":
            assert (record.place.name, record.place.country) == (event.place.name, event.place.country)
        else:
            _same_place(record.place, event.place)


def _same_place(one, other):
    assert (one.name, one.country, one.lat, one.lon) == (other.name, other.country, other.lat, other.lon)
    assert (one.precision == "region") == (other.precision == "region")


@given(_NAMES, st.data())
@settings(max_examples=150)
def test_whatever_stands_in_a_row_it_fails_or_each_value_stands_in_a_cell(name, data):
    changed = data.draw(st.dictionaries(st.sampled_from(sorted(ROWS[name])), _CELLS, max_size=3))
    for one in items(name, made(name, changed)):
        if not isinstance(one, Article):
            continue
        outcome = _CODER.code(one)
        assert outcome == _CODER.code(one)
        assert bool(outcome.events) != bool(outcome.failures)
        for record in outcome.events:
            told = {
                path: [one.text[start:end] for start, end in spans] for path, spans in record.spans.items()
            }
            assert told["trigger"] == [record.trigger]
            for path in ("participants", "organisers", "targets", "claims"):
                assert set(getattr(record, path)) <= set(told.get(path, ()))
            for path, words in (("date.text", record.date.text), ("place.text", record.place.text)):
                assert words in told.get(path, [""])
            event = consolidated([Report(record=record, article=one.id)])
            assert all(event.support[field] == (record.id,) for field in ("form", "status", "date"))


def test_a_table_twice_adds_nothing_and_a_corrected_row_takes_the_place_of_the_former():
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "acled.csv"
        path.write_text(
            made("acled", {}, {"event_id_cnty": "GBR2", "location": "Whitby", "latitude": "54.49"})
        )
        with OpenBook(SqliteBook(Path(folder) / "book.db", api.linker())) as book:
            assert book.add(api.read(path)).new == 2
            before = list(book.events())
            assert len(before) == 2
            again = book.add(api.read(path, table="acled"))
            assert (again.new, again.there) == (0, 2)
            assert list(book.events()) == before
            path.write_text(made("acled", {"event_date": "2024-05-14"}))
            assert book.add(api.read(path)).new == 1
            assert sorted(event.date.edtf for event in book.events()) == ["2024-05-12", "2024-05-14"]
