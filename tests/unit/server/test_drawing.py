import pytest

from rallybook.server.drawing import grid, lines, nice, stacked


@pytest.mark.parametrize(
    ("most", "round_"), [(0, 1), (1, 1), (3, 4), (5, 6), (7, 10), (61, 100), (184, 200), (2001, 4000)]
)
def test_a_scale_ends_on_a_round_number(most, round_):
    assert nice(most) == round_


def test_stacked_bars_stand_one_upon_another():
    drawn = stacked(["May", "June"], {"rally": [3, 1], "march": [1, 0]}, {"rally": "rally", "march": "march"})
    lower, upper, june = drawn.boxes
    assert upper.y + upper.height == pytest.approx(lower.y)
    assert lower.height == pytest.approx(3 * upper.height)
    assert lower.height == pytest.approx(3 * june.height)
    assert june.said == "June, rally: 1"


def test_nothing_to_draw_is_no_error():
    assert stacked([], {}, {}).boxes == ()
    assert lines([("none", 0)]).boxes[0].width == 0
    assert grid([], []).boxes == ()


def test_a_share_is_as_strong_as_it_is_large():
    drawn = grid(["arrests", "force"], [("rally", 4, [1, 4])])
    assert [box.strength for box in drawn.boxes] == [0.25, 1.0]
    assert [words.text for words in drawn.words][-2:] == ["25%", "100%"]
