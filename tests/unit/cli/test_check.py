import sqlite3


def test_a_sound_book_is_said_to_be(rallybook, book):
    result = rallybook("check")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"rallybook: {book}: sound, 4 articles, 4 records, 3 events\n"


def test_what_is_wrong_is_printed(rallybook, book):
    with sqlite3.connect(book) as db:
        db.execute("UPDATE articles SET text = 'another' WHERE id = 'c'")
    db.close()
    result = rallybook("check", "--quick")
    assert result.exit_code == 1
    assert result.stdout.splitlines()[0] == "article c: its text is not the one that was kept"
    assert "sound" not in result.stderr


def test_a_book_that_is_none_is_named(rallybook, tmp_path):
    (tmp_path / "text.db").write_text("text, " * 1000)
    result = rallybook("check", "--book", tmp_path / "text.db")
    assert result.exit_code == 1
    assert "a file that is no SQLite database" in result.stderr
