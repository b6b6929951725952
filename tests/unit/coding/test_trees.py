import msgspec
import pytest

from rallybook.coding.trees import Node, Trees

# a tree that asks about the second number, and a tree that is one leaf
TREES = Trees(
    ("km", "days"), -1.0, ((Node(1, 3.5, 1, 2), Node(-1, 0.5), Node(-1, -0.25)), (Node(-1, 0.125),))
)


@pytest.mark.parametrize(("days", "odds"), [(3.0, -0.375), (3.5, -0.375), (4.0, -1.125)])
def test_the_leaves_of_all_trees_are_summed(days, odds):
    assert TREES.log_odds((100.0, days)) == odds


def test_trees_come_back_from_their_file():
    assert msgspec.json.decode(msgspec.json.encode(TREES), type=Trees) == TREES
