from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from rallybook.evaluation.assignment import assign


@st.composite
def _gains(draw):
    rows, columns = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    cell = st.sampled_from([0.0, 0.25, 0.5, 1.0, 2.0, 3.5])
    return [[draw(cell) for _ in range(columns)] for _ in range(rows)]


def _best(gain):
    rows, columns = len(gain), len(gain[0])
    if rows > columns:
        gain = [list(column) for column in zip(*gain, strict=True)]
        rows, columns = columns, rows
    return max(
        sum(gain[row][column] for row, column in enumerate(way)) for way in permutations(range(columns), rows)
    )


@given(_gains())
def test_no_other_way_to_pair_gains_more(gain):
    assert sum(gain[row][column] for row, column in assign(gain)) == _best(gain)


@given(_gains())
def test_each_row_and_column_is_paired_at_most_once_and_gains(gain):
    pairs = assign(gain)
    assert len({row for row, _ in pairs}) == len({column for _, column in pairs}) == len(pairs)
    assert all(gain[row][column] > 0 for row, column in pairs)


def test_a_greedy_choice_is_undone_where_both_can_be_served():
    assert sorted(assign([[3.0, 2.0], [2.5, 0.0]])) == [(0, 1), (1, 0)]


def test_nothing_to_pair_gives_no_pairs():
    assert assign([]) == []
    assert assign([[]]) == []
