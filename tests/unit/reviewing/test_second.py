import pytest
from kept_examples import decision
from two_coders import book_of, hand_in, told

from rallybook.reviewing.codings import whole
from rallybook.reviewing.second import chosen, open_takes, take_next, taken_by, waiting


def test_the_share_is_the_same_for_all_and_about_as_large_as_it_was_set():
    names = [f"article {n}" for n in range(4_000)]
    taken = [name for name in names if chosen(name, 0.1)]
    assert 320 < len(taken) < 480
    assert taken == [name for name in names if chosen(name, 0.1)]
    assert set(taken) <= {name for name in names if chosen(name, 0.3)}
    assert not any(chosen(name, 0.0) for name in names)
    assert all(chosen(name, 1.0) for name in names)


def test_who_judged_an_article_is_not_its_second_coder(kept):
    assert list(waiting(kept, "ann", 1.0)) == []
    assert [one.id for one in waiting(kept, "bob", 1.0)] == ["a", "c", "d"]
    kept.decide([decision("correct", "c-1", by="bob", minute=8, field="form", value="vigil")])
    assert [one.id for one in waiting(kept, "bob", 1.0)] == ["a", "d"]


def test_an_article_that_is_not_reviewed_whole_does_not_wait(tmp_path):
    kept = book_of(tmp_path / "fresh.db", judged=False)
    kept.decide([decision("correct", "a-1", field="form", value="march")])
    assert list(waiting(kept, "bob", 1.0)) == []
    kept.close()


def test_an_article_is_taken_until_it_is_handed_in_and_nobody_else_gets_it(kept):
    assert take_next(kept, "bob", 1.0).id == "a"
    assert take_next(kept, "bob", 1.0).id == "a"
    assert take_next(kept, "eve", 1.0).id == "c"
    hand_in(kept, "a", told())
    assert taken_by(kept, "eve") == ("c",)
    # the coding above bears a day before that of the take
    kept.decide([whole("a", "take", by="bob", value=False)])
    assert taken_by(kept, "bob") == ()
    assert take_next(kept, "bob", 1.0).id == "d"


def test_nothing_waits_where_nothing_is_to_be_coded_twice(kept):
    assert take_next(kept, "bob", 0.0) is None


def test_an_article_that_was_taken_down_is_taken_by_nobody(kept):
    take_next(kept, "bob", 1.0)
    kept.take_down("a", by="ann", why="law")
    assert taken_by(kept, "bob") == ()


@pytest.mark.parametrize(
    ("said", "held"),
    [
        ([("take", None)], {"bob": ("a",)}),
        ([("take", None), ("take", False)], {}),
        ([("take", None), ("code", {})], {}),
        # an article that was coded without having been taken
        ([("code", {}), ("code", None)], {}),
        ([("take", None), ("code", {}), ("code", None)], {"bob": ("a",)}),
    ],
)
def test_what_is_open_follows_from_what_was_said(said, held):
    assert open_takes([whole("a", kind, by="bob", value=value) for kind, value in said]) == held
