import csv
import importlib.util
import io
import json
import shutil
import subprocess

import msgspec
import pyarrow.parquet as pq
import pytest
from event_examples import EVENTS, any_event, march
from hypothesis import given, settings
from hypothesis import strategies as st
from read_csv import read_csv

from rallybook.errors import InputError
from rallybook.model.event import Event
from rallybook.model.record import EventPlace
from rallybook.publishing.event_formats import EVENT_FORMATS, event_pieces, exported
from rallybook.publishing.event_layouts import event_layout, layout_names

# an example writes a whole file
_FEWER = settings(max_examples=20)


def _needs(*names):
    missing = [name for name in names if importlib.util.find_spec(name) is None]
    return pytest.mark.skipif(bool(missing), reason=f"{', '.join(missing)} not installed")


def _text(events, layout="rallybook", *, written):
    return b"".join(exported(events, layout=layout, format=written)).decode()


def _file(tmp_path, written, layout="rallybook", events=EVENTS):
    path = tmp_path / f"events.{written}"
    path.write_bytes(b"".join(exported(events, layout=layout, format=written)))
    return path


def test_a_line_is_the_event_and_can_be_read_again():
    assert [
        msgspec.json.decode(line, type=Event) for line in _text(EVENTS, written="jsonl").splitlines()
    ] == list(EVENTS)


@_FEWER
@given(st.lists(any_event, max_size=2))
def test_every_event_comes_back_from_its_line(events):
    lines = _text(events, written="jsonl").split("\n")[:-1]
    assert [msgspec.json.decode(line, type=Event) for line in lines] == events


@pytest.mark.parametrize("layout", layout_names())
@_FEWER
@given(events=st.lists(any_event, max_size=2))
def test_every_row_of_csv_has_the_columns_of_its_layout(layout, events):
    rows = list(csv.reader(io.StringIO(_text(events, layout, written="csv"), newline=""), strict=True))
    names = [column.name for column in event_layout(layout).columns]
    assert rows[0] == names
    assert [len(row) for row in rows] == [len(names)] * (1 + len(events))


@pytest.mark.parametrize("layout", layout_names())
@_FEWER
@given(events=st.lists(any_event, max_size=2))
def test_parquet_and_geojson_take_every_event(layout, events):
    table = pq.read_table(io.BytesIO(b"".join(exported(events, layout=layout, format="parquet"))))
    assert table.num_rows == len(events)
    features = [json.loads(line) for line in _text(events, layout, written="geojsonl").split("\n")[:-1]]
    assert [feature["id"] for feature in features] == [event.id for event in events]


def test_csv_ends_its_lines_as_the_standard_has_it():
    text = _text(EVENTS, written="csv")
    assert text.count("\r\n") == text.count("\n") == 3


def test_csv_names_articles_and_sources_and_runs_no_formula():
    (first, _) = csv.DictReader(io.StringIO(_text(EVENTS, written="csv")))
    assert (first["event"], first["articles"], first["sources"], first["revision"]) == (
        "e1",
        "a | b",
        "The Argus",
        "2",
    )
    assert first["claims"].startswith("'=SUM")


@pytest.mark.parametrize("written", ["geojson", "geojsonl"])
def test_geojson_has_a_point_where_the_place_is_known(written):
    text = _text(EVENTS, written=written)
    lines = map(json.loads, text.splitlines())
    first, second = json.loads(text)["features"] if written == "geojson" else lines
    assert (first["id"], first["geometry"]["coordinates"]) == ("e1", [-5.472, 56.415])
    assert (second["id"], second["geometry"]) == ("e2", None)


def test_geojson_of_another_layout_has_its_columns():
    (feature,) = json.loads(_text([march()], "plover", written="geojson"))["features"]
    assert feature["properties"]["Event Mode"] == "demo"
    assert "Latitude" not in feature["properties"]


def test_lines_of_another_layout_have_its_columns():
    (line,) = _text([march()], "ccc", written="jsonl").splitlines()
    assert json.loads(line).keys() == {column.name for column in event_layout("ccc").columns}


@pytest.mark.parametrize("written", EVENT_FORMATS)
@pytest.mark.parametrize("layout", layout_names())
def test_no_events_are_a_whole_answer(layout, written):
    assert isinstance(b"".join(exported((), layout=layout, format=written)), bytes)


def test_a_format_that_is_none_is_refused():
    with pytest.raises(
        InputError, match="format: received 'xml', allowed: json, jsonl, csv, geojson, geojsonl, parquet"
    ):
        event_pieces(EVENTS, format="xml")


@pytest.mark.parametrize("written", sorted(EVENT_FORMATS.keys() - {"parquet"}))
def test_a_piece_is_given_before_the_next_event_is_asked_for(written):
    def events():
        yield EVENTS[0]
        raise AssertionError

    pieces = event_pieces(events(), format=written)
    seen = b""
    while b"Oban" not in seen:
        seen += next(pieces)


def test_lone_surrogates_are_written_as_escapes_or_question_marks(tmp_path):
    event = march(place=EventPlace("a\ud800b", "Oban", "GB", 56.4, -5.4, "site"))
    assert "a\\ud800b" in _text([event], written="csv")
    assert pq.read_table(_file(tmp_path, "parquet", events=[event])).to_pylist()[0]["place_text"] == "a?b"


# --- what others read of it


def test_r_reads_the_types_of_the_columns(tmp_path):
    frame = read_csv(_file(tmp_path, "csv", "acled", [march(), *EVENTS]).read_bytes().decode())
    assert frame["latitude"] == [56.415, 56.415, None]
    assert frame["iso"] == [826, 826, None]
    assert frame["event_type"] == ["Protests", "Protests", ""]


@pytest.mark.skipif(not shutil.which("Rscript"), reason="no Rscript on this machine")
def test_r_itself_reads_it(tmp_path):
    path = _file(tmp_path, "csv", events=[march(), *EVENTS])
    program = (
        f"d <- read.csv('{path}', na.strings=''); cat(nrow(d), ncol(d), class(d$lat), class(d$umbrella))"
    )
    run = subprocess.run(["Rscript", "-e", program], capture_output=True, text=True, check=True)
    assert run.stdout == f"3 {len(event_layout('rallybook').columns)} numeric logical"


@_needs("pandas")
def test_pandas_reads_every_table(tmp_path):
    import pandas as pd  # noqa: PLC0415 - need not be there

    table = pd.read_csv(_file(tmp_path, "csv"), keep_default_na=False)
    assert list(table["event"]) == ["e1", "e2"]
    lines = pd.read_json(_file(tmp_path, "jsonl", "acled"), lines=True)
    assert list(lines.columns) == [column.name for column in event_layout("acled").columns]
    parquet = pd.read_parquet(_file(tmp_path, "parquet"))
    assert list(parquet["participants"][0]) == ["fishers", "students"]


@_needs("polars")
def test_polars_reads_every_table(tmp_path):
    import polars as pl  # noqa: PLC0415 - need not be there

    table = pl.read_csv(_file(tmp_path, "csv"))
    assert table["lat"].to_list() == [56.415, None]
    lines = pl.read_ndjson(_file(tmp_path, "jsonl", "ccc"))
    assert lines["size_low"].to_list() == [200, None]
    parquet = pl.read_parquet(_file(tmp_path, "parquet"))
    assert parquet["participants"].to_list() == [["fishers", "students"], []]


@_needs("duckdb")
def test_duckdb_reads_every_table(tmp_path):
    import duckdb  # noqa: PLC0415 - need not be there

    with duckdb.connect() as db:
        for written in ("csv", "parquet"):
            path = _file(tmp_path, written)
            (row,) = db.sql(f"SELECT event, lat FROM '{path}' WHERE lat > 0").fetchall()
            assert row == ("e1", 56.415)
        found = db.sql(
            f"SELECT place.name FROM read_json('{_file(tmp_path, 'jsonl')}') ORDER BY id"
        ).fetchall()
        assert found == [("Oban",), ("",)]


@_needs("geopandas", "pyogrio")
def test_geopandas_reads_every_map(tmp_path):
    import geopandas as gpd  # noqa: PLC0415 - need not be there

    parquet = gpd.read_parquet(_file(tmp_path, "parquet"))
    assert str(parquet.crs) == "OGC:CRS84"
    assert (parquet.geometry[0].x, parquet.geometry[0].y) == (-5.472, 56.415)
    assert parquet.geometry[1] is None
    near = gpd.read_parquet(_file(tmp_path, "parquet"), bbox=(-6, 56, -5, 57))
    assert list(near["event"]) == ["e1"]
    for written in ("geojson", "geojsonl"):
        layer = gpd.read_file(_file(tmp_path, written), engine="pyogrio")
        assert list(layer["form"]) == ["human_chain", "rally"]
        assert layer.geometry[0].x == -5.472
