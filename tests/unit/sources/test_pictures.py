import datetime as dt

from rallybook.model.post import ALIKE
from rallybook.sources.pictures import PictureIndex

MONDAY, TUESDAY = dt.date(2021, 2, 15), dt.date(2021, 2, 16)


def test_a_picture_shown_again_has_the_day_of_the_first_time():
    index = PictureIndex()
    assert index.shown("00000000000000ff", MONDAY) == MONDAY
    assert index.shown("00000000000000fe", TUESDAY) == MONDAY
    assert index.shown("ffffffff00000000", TUESDAY) == TUESDAY


def test_so_many_signs_may_differ_and_no_more():
    index = PictureIndex()
    index.shown("0" * 16, MONDAY)
    assert index.shown(f"{2**ALIKE - 1:016x}", TUESDAY) == MONDAY
    assert index.shown(f"{(2 ** (ALIKE + 1) - 1) << 40:016x}", TUESDAY) == TUESDAY


def test_a_picture_without_a_fingerprint_is_like_no_other():
    index = PictureIndex()
    index.shown("", MONDAY)
    assert index.shown("", TUESDAY) == TUESDAY


def test_a_day_that_is_not_known_is_learnt():
    index = PictureIndex()
    assert index.shown("00000000000000ff", None) is None
    assert index.shown("00000000000000ff", TUESDAY) == TUESDAY


def test_there_is_room_for_many():
    index = PictureIndex()
    for number in range(3_000):
        index.shown(f"{number * 0x9E3779B97F4A7C15 % 2**64:016x}", MONDAY)
    assert index.shown(f"{2_999 * 0x9E3779B97F4A7C15 % 2**64:016x}", TUESDAY) == MONDAY
