import pytest
from labelled_examples import LONDON, record

from rallybook.evaluation.records_score import matches, prf, score


def test_gold_against_itself_is_all_right():
    gold = {"a": (record(), record(at=LONDON, form="rally")), "b": ()}
    figures = score(gold, gold)
    assert figures.articles == 2
    for figure in (figures.detect, figures.record, figures.focal_detect, figures.focal_record):
        assert (figure.P, figure.R, figure.F1, figure.tp, figure.pred, figure.gold) == (
            1.0,
            1.0,
            1.0,
            2,
            2,
            2,
        )


def test_a_known_case_gives_known_figures():
    # found and right; found with a wrong status; missed; and one invented
    gold = {"a": (record(), record(at=LONDON), record(day="2020-01-01"))}
    predicted = {"a": (record(), record(at=LONDON, status="planned"), record(day="2010-01-01"))}
    figures = score(gold, predicted)
    assert (figures.detect.tp, figures.detect.pred, figures.detect.gold) == (2, 3, 3)
    assert figures.detect.F1 == pytest.approx(2 / 3)  # noqa: SIM300 - the figures are no constants
    assert figures.fields["status"].mean == 0.5
    assert figures.fields["status"].n == 2


def test_an_article_without_predictions_counts_as_missed():
    figures = score({"a": (record(),)}, {})
    assert (figures.detect.P, figures.detect.R, figures.detect.F1) == (0.0, 0.0, 0.0)


def test_articles_that_gold_lacks_are_not_looked_at():
    assert score({"a": ()}, {"b": (record(),)}).detect.pred == 0


def test_nothing_to_find_and_nothing_found_is_right():
    assert score({"a": ()}, {}).detect.F1 == 1.0


def test_an_optional_record_counts_neither_as_missed_nor_as_right_nor_as_invented():
    gold = {"a": (record(optional=True),)}
    for predicted in ({}, {"a": (record(),)}):
        figures = score(gold, predicted)
        assert (figures.detect.tp, figures.detect.pred, figures.detect.gold) == (0, 0, 0)


def test_background_and_plans_are_not_focal():
    gold = {"a": (record(), record(at=LONDON, focus="background"))}
    figures = score(gold, gold)
    assert figures.focal_detect.gold == figures.focal_detect.pred == 1


def test_an_invented_record_speaks_against_focal_only_if_it_says_focal():
    invented = {"a": (record(focus="background"),)}
    assert score({"a": ()}, invented).focal_detect.pred == 0
    assert score({"a": ()}, invented).detect.pred == 1


def test_a_match_names_what_is_wrong():
    gold = {"a": (record(), record(day="2020-01-01"))}
    predicted = {"a": (record(status="planned", form="boycott"),)}
    wrong = [match.wrong for match in matches(gold, predicted)[0]]
    assert wrong == [("status", "kind"), ("missed",)]


def test_precision_and_recall_of_nothing():
    assert prf(0, 0, 0).F1 == 1.0
    assert prf(0, 0, 5).F1 == 0.0
    assert prf(0, 5, 0).F1 == 0.0
