from hypothesis import given
from hypothesis import strategies as st

from rallybook.model.question import Box
from rallybook.server.views import overlap, within

_LONS = st.integers(-180, 180)
_LATS = st.integers(-90, 90)


def _box(west, east, *lats):
    return Box(west, min(lats), east, max(lats))


_BOXES = st.builds(_box, _LONS, _LONS, _LATS, _LATS)


@given(_BOXES, _BOXES, _LONS, _LATS)
def test_what_lies_in_both_lies_where_they_meet(one, other, lon, lat):
    met = overlap(one, other)
    both = within(one, lon, lat) and within(other, lon, lat)
    if met is not None:
        assert within(met, lon, lat) == both


def test_boxes_that_cross_the_180th_meridian_meet_across_it():
    assert overlap(Box(170, -10, -170, 10), Box(175, 0, -160, 20)) == Box(175, 0, -170, 10)
    assert overlap(Box(170, -10, -170, 10), Box(-180, -90, 180, 90)) == Box(170, -10, -170, 10)


def test_boxes_that_meet_nowhere_or_twice_have_no_box():
    assert overlap(Box(0, 0, 10, 10), Box(20, 0, 30, 10)) is None
    assert overlap(Box(0, 0, 10, 10), Box(0, 20, 10, 30)) is None
    assert overlap(Box(100, 0, -100, 10), Box(-150, 0, 150, 10)) is None
