import json
import struct

import pyarrow.parquet as pq
from coded_examples import ARTICLE, FAILED, QUIET

from rallybook.model.outcome import Coded
from rallybook.model.record import Record
from rallybook.publishing.columns import COLUMNS
from rallybook.publishing.geo import GeoJson, write_geoparquet


def _collection(*coded):
    return json.loads("".join(GeoJson().lines(coded)))


def test_each_record_is_a_feature_with_its_point_longitude_first():
    collection = _collection(ARTICLE, QUIET)
    assert collection["type"] == "FeatureCollection"
    chain, strike, _ = collection["features"]
    assert chain["type"] == "Feature"
    assert chain["geometry"] == {"type": "Point", "coordinates": [-5.472, 56.415]}
    assert strike["geometry"]["coordinates"] == [-76.0, -10.0]


def test_a_record_without_a_known_place_has_no_geometry():
    nowhere = _collection(ARTICLE)["features"][2]
    assert nowhere["geometry"] is None
    assert nowhere["properties"]["place_text"] == "by the old mill"


def test_the_properties_are_the_flat_columns_without_the_coordinates():
    properties = _collection(ARTICLE)["features"][0]["properties"]
    assert list(properties) == [column.name for column in COLUMNS if column.name not in {"lat", "lon"}]
    assert properties["participants"] == ["fishers", "students"]


def test_a_run_without_records_is_an_empty_collection():
    assert _collection(FAILED) == {"type": "FeatureCollection", "features": []}


def test_geoparquet_holds_the_points_as_wkb_and_says_so(tmp_path):
    path = tmp_path / "events.parquet"
    assert write_geoparquet([ARTICLE, QUIET], path) == 3
    table = pq.read_table(path)
    about = json.loads(table.schema.metadata[b"geo"])
    assert about["version"] == "1.1.0"
    assert about["columns"][about["primary_column"]] == {"encoding": "WKB", "geometry_types": ["Point"]}
    points = table.column("geometry").to_pylist()
    assert struct.unpack("<BIdd", points[0]) == (1, 1, -5.472, 56.415)
    assert points[2] is None


def test_geoparquet_keeps_every_column_with_its_type(tmp_path):
    path = tmp_path / "events.parquet"
    write_geoparquet([ARTICLE], path)
    row = pq.read_table(path).to_pylist()[0]
    assert list(row) == [*(column.name for column in COLUMNS), "geometry"]
    assert (row["size_low"], row["size_high"], row["umbrella"]) == (200, None, False)
    assert row["participants"] == ["fishers", "students"]


def test_geoparquet_of_nothing_is_a_table_without_rows(tmp_path):
    path = tmp_path / "events.parquet"
    assert write_geoparquet([], path) == 0
    assert pq.read_table(path).num_rows == 0


def test_geoparquet_takes_lone_surrogates(tmp_path):
    record = Record(id="r", form="rally", status="happened", focus="focal", umbrella=False, quote="a\ud800b")
    path = tmp_path / "events.parquet"
    write_geoparquet([Coded(id="a", events=(record,))], path)
    assert pq.read_table(path).to_pylist()[0]["quote"] == "a?b"
