from rallybook.coding.act_numbers import Number
from rallybook.coding.weighing import Picks
from rallybook.evaluation.labelled import LabelledRange
from rallybook.model.mention import HeadCount
from rallybook.model.values import Range
from rallybook.training.act_counts import Row, Weighed, fitted, right


def number(many: int, *marks: str) -> Weighed:
    told = HeadCount(start=0, end=3, text="...", count=Range(many, many))
    return Weighed(Number(told, (0, 3)), ("bias", *marks))


def row(name: str, low: int | None, high: int | None, *numbers: Weighed) -> Row:
    return Row("articles", name, LabelledRange(low, high), numbers)


def test_what_is_fitted_tells_the_numbers_of_an_act_from_others() -> None:
    rows = [
        row(f"a{n}", 300, 900, number(300, "near"), number(900, "near"), number(7, "far")) for n in range(60)
    ]
    models = fitted({"arrests": rows})
    weights = models.weights["arrests"]
    assert weights.get("near", 0.0) > weights.get("far", 0.0)
    scores = [sum(weights.get(mark, 0.0) for mark in one.marks) for one in rows[0].numbers]
    assert right([(rows[0], scores)], models.bounds["arrests"]) == 1.0


def test_an_act_without_a_count_is_right_only_where_none_is_told() -> None:
    silent, told = row("a", None, None, number(300)), row("b", 300, 300, number(300))
    picks = Picks(each=0.0, best=0.0)
    assert right([(silent, [1.0]), (told, [1.0])], picks) == 0.5
    assert right([(silent, [-1.0]), (told, [1.0])], picks) == 1.0
    assert right([(silent, [-1.0]), (told, [-1.0])], picks) == 0.0
