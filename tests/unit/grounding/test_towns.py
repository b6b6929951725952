import pytest

from rallybook.grounding.gazetteer import CompiledGazetteer
from rallybook.grounding.towns import town_at
from rallybook.model.post import Position


@pytest.fixture(scope="module")
def gazetteer():
    return CompiledGazetteer()


@pytest.mark.parametrize(
    ("lat", "lon", "name"),
    [
        (51.507, -0.128, "London"),
        (5.556, -0.197, "Accra"),
        (5.67, -0.0166, "Tema"),
        (40.7357, -74.172, "Newark"),
        (52.4, 13.06, "Potsdam"),
        (-18.14, 178.44, "Suva"),
        (78.22, 15.65, "Longyearbyen"),
    ],
)
def test_a_point_belongs_to_a_town_that_is_near_and_large(gazetteer, lat, lon, name):
    assert town_at(gazetteer, Position(lat, lon)).name == name


@pytest.mark.parametrize(("lat", "lon"), [(0, -30), (90, 0), (-90, 0), (25, -140)])
def test_a_point_far_from_any_town_belongs_to_none(gazetteer, lat, lon):
    assert town_at(gazetteer, Position(lat, lon)) is None
