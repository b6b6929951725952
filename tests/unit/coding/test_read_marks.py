import numpy as np
import pytest

from rallybook.coding.act_columns import READER, WHERE
from rallybook.coding.read_marks import Named, read_marks
from rallybook.coding.tagged import Tagged

# Lima, Cusco, Lima again, and a name that no window holds
LIMA, CUSCO, LATER, FAR = (0, 4), (10, 15), (20, 24), (90, 95)


@pytest.fixture(scope="module")
def marks():
    scores = np.full((3, READER.count), -9.0, np.float32)
    scores[:, READER.at(WHERE)] = (-4.5, 0.5, 2.5)
    read = Tagged(tuple(w[0] for w in (LIMA, CUSCO, LATER)), (4, 15, 24), scores, READER)
    choices = [
        Named("fine", (LIMA, LATER)),
        Named("fine", (CUSCO,)),
        Named("fine", (FAR,)),
        Named("country", ()),
    ]
    return list(read_marks(read, WHERE, choices))


def test_a_choice_has_the_odds_of_its_likeliest_words_and_of_the_nearest(marks):
    lima, cusco, *_ = marks
    assert {"read 2", "read nearest -5", "fine read 2", "read surest"} <= set(lima)
    assert not {"read 3", "read nearest -4"} & set(lima)
    assert "read 0" in cusco
    assert not {"read 1", "read surest"} & set(cusco)


def test_words_that_no_window_holds_are_unread(marks):
    assert {"read unread", "read nearest unread"} <= set(marks[2])


def test_what_is_implied_has_the_odds_of_the_likeliest_beside_it(marks):
    assert {"read beside 2", "country read beside 2"} <= set(marks[3])
    assert "read 2" not in marks[3]
