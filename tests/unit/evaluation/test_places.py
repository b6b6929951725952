import pytest
from labelled_examples import FORT_WILLIAM, LONDON, record

from rallybook.evaluation.labelled import LabelledPlace
from rallybook.evaluation.places import likeness, right
from rallybook.model.distance import distance_km

_REGION = {"name": "Highland", "precision": "region", "lat": 57.5, "lon": -5.0}


@pytest.mark.parametrize(
    ("gold", "predicted", "expected"),
    [
        ({}, {}, 1.0),
        ({"precision": "site"}, {}, 1.0),
        ({}, FORT_WILLIAM, 0.7),
        ({}, LONDON, 0.0),
        ({}, {"lat": None}, 0.0),
        ({}, {"precision": "unknown"}, 0.2),
        ({"precision": None}, {"precision": "unknown"}, 1.0),
        ({"precision": "country"}, {"precision": "country", "lat": None}, 1.0),
        ({"precision": "country"}, {}, 0.3),
        ({"precision": "country"}, {"country": "FR"}, 0.0),
        (_REGION, _REGION, 1.0),
        (_REGION, _REGION | {"lat": 51.0}, 0.3),
        (_REGION, _REGION | {"lat": None}, 0.3),
        ({"country": "", "precision": "region"}, {"country": "", "precision": "region"}, 0.0),
    ],
)
def test_places_are_alike_by_level_and_distance(gold, predicted, expected):
    assert likeness(record(at=gold), record(at=predicted)) == expected


def test_a_site_is_as_right_as_its_city():
    assert right(record(at={"precision": "site"}), record())


def test_a_country_is_not_right_for_its_city():
    assert not right(record(), record(at={"precision": "country"}))


def test_a_neighbouring_town_is_not_right():
    assert not right(record(), record(at=FORT_WILLIAM))


def test_the_distance_from_london_to_paris_is_right():
    london, paris = LabelledPlace(lat=51.5074, lon=-0.1278), LabelledPlace(lat=48.8566, lon=2.3522)
    assert distance_km(london, paris) == pytest.approx(343.6, abs=0.5)
    assert distance_km(paris, paris) == 0.0


def test_there_is_no_distance_without_coordinates():
    assert distance_km(LabelledPlace(), LabelledPlace(lat=1.0, lon=1.0)) is None
