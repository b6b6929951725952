import json

from two_coders import book_of, hand_in

from rallybook.codebook.own import own_or_default
from rallybook.training.own_articles import own_articles


def _book(tmp_path):
    path = tmp_path / "reviewed.db"
    book_of(path).close()
    return path


def test_reviewed_articles_become_a_file_that_train_reads(rallybook, tmp_path):
    out = tmp_path / "labelled.jsonl"
    result = rallybook("labelled", "--out", out, "--book", _book(tmp_path))
    assert (result.exit_code, "3 labelled articles" in result.stderr) == (0, True)
    assert [item.problems for item in own_articles(out, own_or_default(None))] == [()] * 3
    again = rallybook("labelled", "--out", out, "--book", tmp_path / "reviewed.db")
    assert (again.exit_code, "this one is there" in again.stderr) == (2, True)


def test_what_is_left_out_is_named_and_the_rest_goes_on(rallybook, tmp_path):
    path = _book(tmp_path)
    kept = book_of(path)
    hand_in(kept, "d")
    kept.close()
    result = rallybook("labelled", "--book", path)
    assert result.exit_code == 1
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["a", "c"]
    assert "left out: d: two coders differ, and nobody has decided" in result.stderr


def test_a_book_that_nobody_reviewed_has_none(rallybook, book):
    result = rallybook("labelled")
    assert (result.exit_code, result.stdout) == (0, "")
