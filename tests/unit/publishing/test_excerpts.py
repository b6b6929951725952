from hypothesis import given
from hypothesis import strategies as st

from rallybook.publishing.excerpts import around


@given(st.text(alphabet="ab ", min_size=1, max_size=120), st.integers(10, 60), st.data())
def test_a_shortened_quote_keeps_its_trigger_in_sight(quote, room, data):
    start = data.draw(st.integers(0, len(quote) - 1))
    trigger = quote[start : start + data.draw(st.integers(1, 8))]
    shown, at = around(quote, trigger, room)
    assert shown[at : at + len(trigger)] == trigger
    assert len(shown) <= room + 2


def test_a_short_quote_stays_whole():
    assert around("They marched.", "marched", 40) == ("They marched.", 5)


def test_a_trigger_that_is_not_in_the_quote_has_no_place():
    assert around("They marched.", "sat", 40) == ("They marched.", -1)
