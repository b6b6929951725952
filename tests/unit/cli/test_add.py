import json

from fake_coder import FakeCoder


def _said(result):
    return result.stderr.splitlines()


def test_articles_are_coded_and_kept_with_a_summary(rallybook, articles, tmp_path):
    book = tmp_path / "book.db"
    result = rallybook("add", articles, "--book", book, "--jobs", 1)
    assert (result.exit_code, result.stdout) == (0, "")
    assert _said(result) == [
        f"rallybook: {book}: 3 new, 0 already there, 0 failed",
        "rallybook: of the new ones 2 tell 2 events, 1 tell none",
    ]
    lines = [json.loads(line) for line in rallybook("events", "--book", book).stdout.splitlines()]
    assert [line["records"][0]["article"] for line in lines] == ["a1", "a3"]


def test_the_same_articles_again_add_nothing(rallybook, articles, tmp_path):
    book = tmp_path / "book.db"
    first = rallybook("add", articles, "--book", book, "--jobs", 1)
    before = rallybook("events", "--book", book).stdout
    again = rallybook("add", articles, articles, "--book", book, "--jobs", 1)
    assert "0 new, 6 already there, 0 failed" in again.stderr
    assert rallybook("events", "--book", book).stdout == before
    assert first.exit_code == again.exit_code == 0


def test_an_article_twice_in_one_run_is_kept_once(rallybook, articles, tmp_path):
    result = rallybook("add", articles, articles, "--book", tmp_path / "book.db", "--jobs", 2)
    assert "3 new, 3 already there" in result.stderr


def test_what_fails_is_named_and_the_others_are_kept(rallybook, tmp_path):
    path, book = tmp_path / "articles.jsonl", tmp_path / "book.db"
    path.write_text('{"id": "a", "text": "break it"}\nno json\n{"id": "b", "text": "A rally."}\n')
    result = rallybook("add", path, tmp_path / "gone.txt", "--book", book, "--jobs", 1)
    assert result.exit_code == 1
    assert "1 new, 0 already there, 3 failed" in result.stderr
    assert "failed at code: 1, such as a: ValueError: it broke" in result.stderr
    assert "gone.txt" in result.stderr
    # what failed is read again next time, what was kept is not
    assert (
        "0 new, 1 already there, 3 failed"
        in rallybook("add", path, tmp_path / "gone.txt", "--book", book).stderr
    )


def test_a_model_of_ones_own_reads_and_no_other_coder_beside_it(rallybook, articles, tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr("rallybook.api.coder", lambda by, *_: asked.append(by) or FakeCoder())
    book = tmp_path / "book.db"
    result = rallybook("add", articles, "--book", book, "--jobs", 1, "--model", tmp_path)
    assert "3 new" in result.stderr
    assert set(asked) == {tmp_path}
    result = rallybook("add", articles, "--book", book, "--model", tmp_path, "--coder", "rules")
    assert result.exit_code == 2
    assert "none with --coder rules" in result.stderr


def test_the_book_of_the_environment_is_used(rallybook, articles, book):
    rallybook("add", articles, "--jobs", 1)
    assert len(rallybook("events").stdout.splitlines()) == 5


def test_an_address_of_something_else_is_no_book(rallybook, articles):
    result = rallybook("add", articles, "--book", "mysql://ann:secret@host/book")
    assert result.exit_code == 2
    assert "'mysql://ann@host/book', allowed: the path of a file, or postgresql://" in result.stderr
