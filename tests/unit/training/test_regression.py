import pytest

from rallybook.coding.linear import weighed
from rallybook.training.regression import Table, fit_answer, fit_choice

ROWS = [(("bias", "good" if n % 2 else "bad", f"rare {n}"), bool(n % 2), f"article {n}") for n in range(60)]


def test_marks_that_tell_weigh_and_others_are_left_out():
    weights = Table(ROWS).fit(pull=1.0)
    assert weights["good"] > 0 or weights["bad"] < 0
    assert not any(mark.startswith("rare") for mark in weights)
    assert weighed(weights, ("bias", "good")) > 0 > weighed(weights, ("bias", "bad"))


def test_marks_of_too_few_articles_are_left_out():
    one = [(marks, answer, "the same") for marks, answer, _ in ROWS]
    assert Table(one).fit(pull=1.0) == {}


def test_only_the_rows_that_are_kept_are_fitted():
    odd = [(marks, not answer, f"other {n}") for n, (marks, answer, _) in enumerate(ROWS)]
    kept = [True] * len(ROWS) + [False] * len(odd)
    assert Table([*ROWS, *odd]).fit(kept, pull=1.0) == Table(ROWS).fit(pull=1.0)


def test_the_odds_of_rows_are_the_sums_of_their_weights():
    table = Table(ROWS)
    weights = table.fit(pull=1.0)
    assert table.odds(weights)[1] == pytest.approx(weighed(weights, ROWS[1][0]))


def test_weights_move_from_those_before_only_as_far_as_the_rows_ask():
    rows = [(marks, answer) for marks, answer, _ in ROWS]
    before = {"good": 2.0, "seldom": 1.5}
    still, moved = (fit_answer(rows, pull=pull, before=before) for pull in (1e6, 1.0))
    assert (still["good"], still["seldom"]) == (2.0, 1.5)
    assert (moved["seldom"], "bad" in still) == (1.5, False)
    assert moved["bad"] < 0
    assert 0 < moved["good"] != 2.0


def test_weights_of_choices_are_held_more_strongly_than_those_of_new_marks():
    groups = [[(("known", "new"), True), (("other",), False)]] * 40
    before = {"known": 1.0, "seldom": 1.5}
    free, held = (fit_choice(groups, before=before, held=times) for times in (1.0, 1e6))
    assert (held["known"], held["seldom"]) == (1.0, 1.5)
    assert free["known"] > 1.0
    assert held["new"] > 0 > held["other"]
