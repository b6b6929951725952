import pytest
from labelled_examples import LONDON, record

from rallybook.evaluation.fields import fields, kind_right, record_right
from rallybook.evaluation.labelled import LabelledHarm, LabelledRange, LabelledResponse


def test_a_record_that_is_the_same_is_right_in_every_field():
    scores = fields(record(), record())
    assert set(scores) == {"form", "kind", "status", "focus", "umbrella", "date", "place"}
    assert set(scores.values()) == {1.0}
    assert record_right(record(), record())


@pytest.mark.parametrize(
    "changed", [{"day": "2024-05-19"}, {"at": LONDON}, {"status": "planned"}, {"form": "boycott"}]
)
def test_one_wrong_fact_spoils_the_record(changed):
    assert not record_right(record(), record(**changed))


@pytest.mark.parametrize(
    ("gold", "predicted", "expected"),
    [("rally", "vigil", True), ("march", "caravan", True), ("rally", "march", False), (None, "other", True)],
)
def test_forms_of_one_kind_may_be_called_by_each_others_name(gold, predicted, expected):
    assert kind_right(record(form=gold), record(form=predicted)) is expected


def test_a_field_of_which_both_are_silent_is_not_scored():
    assert "size" not in fields(record(), record())
    assert fields(record(size=LabelledRange(100, None)), record())["size"] == 0.0


@pytest.mark.parametrize(
    ("gold", "predicted", "expected"),
    [
        ((100, None), (100, None), 1.0),
        ((100, 100), (109, 91), 1.0),
        ((100, 100), (112, 100), 0.0),
        ((100, None), (100, 100), 0.0),
    ],
)
def test_a_head_count_may_be_a_tenth_off(gold, predicted, expected):
    scores = fields(record(size=LabelledRange(*gold)), record(size=LabelledRange(*predicted)))
    assert scores["size"] == expected


def test_the_response_is_scored_as_a_set():
    gold = record(response=LabelledResponse(("force", "arrests"), LabelledRange(5, 5)))
    predicted = record(response=LabelledResponse(("arrests",)))
    scores = fields(gold, predicted)
    assert scores["response"] == pytest.approx(2 / 3)
    assert scores["arrests"] == 0.0


def test_the_hurt_are_scored_where_either_tells_of_them():
    scores = fields(record(harm=LabelledHarm(injured=LabelledRange(3, 3))), record())
    assert scores["injured"] == 0.0
    assert "killed" not in scores


def test_claims_are_scored_by_their_words():
    scores = fields(record(claims=("Lower rents", "now")), record(claims=("lower rents",)))
    assert scores["claims"] == pytest.approx(2 * 2 / 5)


def test_any_reading_of_form_and_status_will_do():
    gold = record(form="rally", also={"form": ("march",), "status": ("planned",)})
    scores = fields(gold, record(form="march", status="planned"))
    assert (scores["form"], scores["kind"], scores["status"]) == (1.0, 1.0, 1.0)
