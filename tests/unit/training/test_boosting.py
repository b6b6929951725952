import pytest

boosting = pytest.importorskip("rallybook.training.boosting", reason="scikit-learn is not installed")


def questions(count=200):
    """Questions of which the first number tells the answer, the second nothing."""
    return [boosting.Question((float(n % 2), float(n)), bool(n % 2), n % 5, 1.0) for n in range(count)]


def test_trees_learn_what_tells_the_answers_apart():
    trees = boosting.grown(boosting.Ask("odd", ("odd", "any")), questions())
    assert trees.log_odds((1.0, 50.0)) > 1.0 > -1.0 > trees.log_odds((0.0, 50.0))


def test_what_can_only_speak_against_never_speaks_for():
    trees = boosting.grown(boosting.Ask("odd", ("odd", "any"), {"odd": -1}), questions())
    assert trees.log_odds((1.0, 50.0)) <= trees.log_odds((0.0, 50.0))


def test_each_part_has_trees_that_did_not_see_it(capsys):
    assert len(boosting.cross_fitted(boosting.Ask("odd", ("odd", "any")), questions())) == 5
    assert capsys.readouterr().out == "odd: 200, 0.500 of them so, mean precision 1.000\n"
