def test_a_copy_is_a_book(rallybook, book, tmp_path):
    copy = tmp_path / "copy.db"
    result = rallybook("backup", copy)
    assert result.exit_code == 0
    assert result.stderr == f"rallybook: {copy}: a copy of {book}, 3 events\n"
    assert rallybook("events", "--book", copy).stdout == rallybook("events").stdout


def test_a_file_that_is_there_is_not_written_over(rallybook, book, tmp_path):
    (tmp_path / "copy.db").write_text("mine")
    result = rallybook("backup", tmp_path / "copy.db")
    assert result.exit_code == 1
    assert "a file that is there" in result.stderr
