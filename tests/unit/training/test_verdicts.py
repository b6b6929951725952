import pytest

from rallybook.coding import retellings
from rallybook.coding.trees import Trees
from rallybook.coding.verdicts import NAMES

verdicts = pytest.importorskip("rallybook.training.verdicts", reason="scikit-learn is not installed")

NEVER = Trees(retellings.NAMES, -9.0, ())
PAIR = (0.0,) * len(retellings.NAMES)


def case(sure, likeness, pairs=()):
    """An article whose acts are this likely; `likeness` tells how alike each is to each of its records."""
    numbers = [(float(n),) * len(NAMES) for n in range(len(sure))]
    return verdicts.Case("a", 1.0, sure, numbers, dict.fromkeys(pairs, PAIR), likeness)


@pytest.mark.parametrize(
    ("likeness", "right"),
    [
        # both may stand for the one record, and the first does
        ([[3.0, 2.0]], [True]),
        # each stands for a record of its own
        ([[3.0, 2.0], [2.0, 3.0]], [False]),
        # the other stands for nothing
        ([[3.0, 0.0]], [False]),
        # neither stands for a record: there is nothing to tell again
        ([[0.0, 0.0]], []),
    ],
)
def test_an_act_is_told_again_where_one_record_could_be_both(likeness, right):
    asked = verdicts.retelling_questions(case([0.9, 0.8], likeness, [(0, 1)]))
    assert [question.right for question in asked] == right


def test_of_two_acts_that_may_stand_for_a_record_the_likelier_is_the_event():
    asked = list(verdicts.verdict_questions(case([0.4, 0.9], [[3.0, 3.0]]), NEVER))
    assert [question.right for question in asked] == [False, True]


def test_what_is_weighed_tells_how_likely_an_act_is_another_told_again():
    always = Trees(retellings.NAMES, 9.0, ())
    (first,) = verdicts.verdict_questions(case([0.9, 0.8], [[3.0, 3.0]], [(0, 1)]), always)
    assert first.numbers[NAMES.index("retold")] == 0.0
