import json
import struct

import pyarrow.parquet as pq
from coded_examples import ARTICLE, QUIET

from rallybook.model.outcome import Coded
from rallybook.model.record import Record
from rallybook.publishing.columns import COLUMNS, record_table
from rallybook.publishing.geoparquet import parquet


def _written(path, *coded):
    path.write_bytes(b"".join(parquet(record_table(coded))))
    return pq.read_table(path)


def test_geoparquet_holds_the_points_as_wkb_and_says_so(tmp_path):
    table = _written(tmp_path / "events.parquet", ARTICLE, QUIET)
    about = json.loads(table.schema.metadata[b"geo"])
    assert about["version"] == "1.1.0"
    geometry = about["columns"][about["primary_column"]]
    assert (geometry["encoding"], geometry["geometry_types"]) == ("WKB", ["Point"])
    points = table.column("geometry").to_pylist()
    assert struct.unpack("<BIdd", points[0]) == (1, 1, -5.472, 56.415)
    assert points[2] is None


def test_geoparquet_has_the_box_of_each_point_beside_it(tmp_path):
    table = _written(tmp_path / "events.parquet", ARTICLE)
    covering = json.loads(table.schema.metadata[b"geo"])["columns"]["geometry"]["covering"]["bbox"]
    assert covering["ymax"] == ["bbox", "ymax"]
    first, _, nowhere = table.column("bbox").to_pylist()
    assert first == {"xmin": -5.472, "ymin": 56.415, "xmax": -5.472, "ymax": 56.415}
    assert nowhere is None


def test_geoparquet_keeps_every_column_with_its_type(tmp_path):
    row = _written(tmp_path / "events.parquet", ARTICLE).to_pylist()[0]
    assert list(row) == [*(column.name for column in COLUMNS), "geometry", "bbox"]
    assert (row["size_low"], row["size_high"], row["umbrella"]) == (200, None, False)
    assert row["participants"] == ["fishers", "students"]


def test_geoparquet_of_nothing_is_a_table_without_rows(tmp_path):
    assert _written(tmp_path / "events.parquet").num_rows == 0


def test_geoparquet_comes_in_groups_of_rows(tmp_path, monkeypatch):
    monkeypatch.setattr("rallybook.publishing.geoparquet._ROWS_A_GROUP", 2)
    pieces = list(parquet(record_table([ARTICLE])))
    path = tmp_path / "events.parquet"
    path.write_bytes(b"".join(pieces))
    assert pq.ParquetFile(path).num_row_groups == 2
    # two groups and what stands at the end of the file
    assert len(pieces) == 3


def test_geoparquet_takes_lone_surrogates(tmp_path):
    record = Record(id="r", form="rally", status="happened", focus="focal", umbrella=False, quote="a\ud800b")
    table = _written(tmp_path / "events.parquet", Coded(id="a", events=(record,)))
    assert table.to_pylist()[0]["quote"] == "a?b"
