from types import SimpleNamespace

import pytest

from rallybook.coding.act_counts import _once, chosen_numbers, told_count
from rallybook.coding.act_numbers import Number, Standing
from rallybook.coding.weighing import Picks
from rallybook.model.mention import HeadCount
from rallybook.model.values import Range


def number(low: int | None, high: int | None, at: int = 0) -> Number:
    told = HeadCount(start=at, end=at + 3, text="...", count=Range(low, high))
    return Number(told, (at, at + 3))


@pytest.mark.parametrize(
    ("ranges", "many"),
    [
        ([(300, 300)], (300, 300)),
        ([(300, None)], (300, None)),
        ([(300, 300), (900, 900)], (300, 900)),
        ([(900, 900), (300, None)], (300, 900)),
        ([(35, 35), (60, None)], (35, None)),
        ([(100, None), (120, None)], (100, None)),
        ([(None, 80), (50, 50)], (50, 80)),
        ([(2000, 9999), (5000, 5000)], (5000, 5000)),
        ([(2000, 9999), (12_000, 12_000)], (2000, 12_000)),
        ([], (None, None)),
    ],
)
def test_several_counts_give_the_range_from_the_lowest_to_the_highest(
    ranges: list[tuple[int | None, int | None]], many: tuple[int | None, int | None]
) -> None:
    assert told_count([number(low, high) for low, high in ranges]).many == Range(*many)


def test_counts_side_by_side_are_told_by_one_stretch_and_others_each_by_its_own() -> None:
    assert told_count([number(3, 3, at=40), number(5, 5, at=10)]).words == ((10, 43),)
    assert told_count([number(3, 3, at=900), number(5, 5, at=10)]).words == ((900, 903), (10, 13))


def test_the_likeliest_number_is_chosen_and_those_likely_beside_it() -> None:
    rows = [number(n, n) for n in (1, 2, 3)]
    picks = Picks(each=0.5, best=-1.0)
    assert [one.told.count.low for one in chosen_numbers(rows, (0.6, 2.0, 0.4), picks)] == [2, 1]
    assert [one.told.count.low for one in chosen_numbers(rows, (-3.0, -0.9, -2.0), picks)] == [2]
    assert chosen_numbers(rows, (-3.0, -1.1, -2.0), picks) == []
    assert chosen_numbers((), (), picks) == []


def test_a_number_is_told_of_one_act_of_a_list() -> None:
    acts = (SimpleNamespace(named=(0, 5)), SimpleNamespace(named=(0, 5)), SimpleNamespace(named=(9, 14)))
    one = number(300, 300)
    told = [[Standing(one, 1.0, bound)] for bound in (0.0, 2.0, 1.0)]
    assert list(_once(acts, told, [[one], [one], [one]])) == [[], [one], [one]]
    assert list(_once(acts, told, [[one], [], [one]])) == [[one], [], [one]]
