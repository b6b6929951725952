import pytest

from rallybook.book.asking import around, match
from rallybook.errors import InputError
from rallybook.model.distance import km_between
from rallybook.model.question import Near


@pytest.mark.parametrize(
    ("words", "expression"),
    [
        ("water cannon", '"water" "cannon"'),
        ('"water cannon" police', '"water cannon" "police"'),
        ("NOT OR ( * -", '"NOT" "OR"'),
        ('half "open', '"half" "open"'),
        ("газ 抗議", '"газ" "抗議"'),
    ],
)
def test_words_of_a_person_are_no_syntax(words, expression):
    assert match(words) == expression


def test_no_word_is_refused():
    with pytest.raises(InputError, match="quote: received '-', allowed: at least one word"):
        match("-", "quote")


@pytest.mark.parametrize(
    "near",
    [Near(0, 0, 500), Near(60, 10, 500), Near(-80, 179, 900), Near(89.9, 5, 100), Near(10, -179.9, 50)],
)
def test_a_box_holds_its_circle(near):
    box = around(near)
    for lat in range(-90, 91):
        for lon in range(-180, 181, 2):
            if km_between(near.lat, near.lon, lat, lon) <= near.km:
                assert box.south <= lat <= box.north
                across = (
                    box.west <= lon <= box.east
                    if box.west <= box.east
                    else lon >= box.west or lon <= box.east
                )
                assert across, (lat, lon)


def test_a_small_circle_has_a_small_box():
    box = around(Near(56.4, -5.5, 10))
    assert box.north - box.south < 0.2
    assert box.east - box.west < 0.4


def test_distances_are_those_of_the_earth():
    # Leeds to Oban
    assert km_between(53.797, -1.544, 56.415, -5.472) == pytest.approx(384, abs=2)
    assert km_between(0, 179.5, 0, -179.5) == pytest.approx(111, abs=1)
