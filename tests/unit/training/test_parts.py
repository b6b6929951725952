from collections import Counter

from rallybook.coding.act_reader import NETWORK
from rallybook.training.parts import PARTS, fold, folds, part_of


def test_each_article_has_one_part_and_each_part_its_share():
    told = Counter(part_of(f"article {n}") for n in range(900))
    assert set(told) == set(range(PARTS))
    assert min(told.values()) > 200


def test_only_the_encoders_that_are_there_are_given(tmp_path):
    fold(tmp_path, 1).mkdir()
    (fold(tmp_path, 1) / NETWORK).write_bytes(b"")
    fold(tmp_path, 2).mkdir()
    assert folds(tmp_path) == {1: fold(tmp_path, 1)}
