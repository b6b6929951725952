import json

from coded_examples import ARTICLE, FAILED, QUIET

from rallybook.publishing.columns import COLUMNS
from rallybook.publishing.geo import GeoJson


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
