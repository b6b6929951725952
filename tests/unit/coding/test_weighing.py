from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from rallybook.coding.weighing import ROLES, Candidate, Picks, argument_models, picked, weight


def test_marks_that_are_not_known_weigh_nothing() -> None:
    assert weight(("no such mark",), "claims") == 0.0


def test_every_role_has_weights() -> None:
    assert all(len(argument_models().weights[role]) > 50 for role in ROLES)


def test_of_two_that_overlap_the_heavier_is_taken() -> None:
    found = [Candidate(0, 10, ()), Candidate(5, 20, ()), Candidate(30, 40, ())]
    assert picked(found, [1.0, 2.0, 0.5], Picks(0.0, 0.0)) == ((5, 20), (30, 40))


def test_the_best_is_taken_above_the_lower_bound() -> None:
    found = [Candidate(0, 10, ()), Candidate(20, 30, ())]
    assert picked(found, [-0.5, -0.7], Picks(0.0, -1.0)) == ((0, 10),)
    assert picked(found, [-1.5, -1.7], Picks(0.0, -1.0)) == ()


spans = st.tuples(st.integers(0, 50), st.integers(1, 20), st.floats(-3, 3))


@given(st.lists(spans, max_size=12), st.floats(-2, 2), st.floats(-3, 0))
def test_what_is_taken_never_overlaps(rows: list[tuple[int, int, float]], each: float, below: float) -> None:
    found = [Candidate(start, start + length, ()) for start, length, _ in rows]
    taken = picked(found, [score for _, _, score in rows], Picks(each, each + below))
    assert all(a[1] <= b[0] for a, b in pairwise(taken))
