import h3
from hypothesis import given
from hypothesis import strategies as st

from rallybook.server import hexagons
from rallybook.server.views import within

_LON = st.floats(-180, 180)
_LAT = st.floats(-90, 90)
_SPOTS = st.lists(st.tuples(_LON, _LAT, st.integers(1, 99)), max_size=20)


@given(_SPOTS, st.integers(0, 6))
def test_every_event_is_in_one_cell(spots, resolution):
    found = hexagons.counted(spots, resolution)
    assert sum(one.count for one in found) == sum(count for *_, count in spots)
    assert len({one.cell for one in found}) == len(found)
    assert all(-180 <= one.lon <= 180 and -90 <= one.lat <= 90 for one in found)


@given(_LON, _LAT, st.integers(0, hexagons.FINEST_HEXAGONS))
def test_a_spot_lies_in_its_cell_and_in_the_box_around_it(lon, lat, resolution):
    cell = h3.latlng_to_cell(lat, lon, resolution)
    assert hexagons.is_cell(cell)
    assert hexagons.holds(cell, lon, lat)
    assert within(hexagons.box_of(cell), lon, lat)


def test_a_cell_across_the_180th_meridian_stays_one_shape():
    ring = hexagons.ring(h3.latlng_to_cell(-17, 179.9, 2))
    assert max(ring[::2]) > 180
    assert max(ring[::2]) - min(ring[::2]) < 10


def test_the_middle_of_events_on_both_sides_of_the_180th_meridian_lies_between_them():
    (one,) = hexagons.counted([(179.9, -17, 1), (-179.9, -17, 1)], 0)
    assert abs(one.lon) > 179.99


def test_finer_cells_than_any_place_is_known_are_none():
    assert not hexagons.is_cell(h3.latlng_to_cell(53, 0, 11))
    assert not hexagons.is_cell("leeds")
