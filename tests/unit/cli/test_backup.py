import subprocess


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


def test_a_folder_of_copies_keeps_the_newest(rallybook, book, tmp_path, monkeypatch):
    folder = tmp_path / "copies"
    folder.mkdir()
    for name in (
        "book-20240101T000000Z.db",
        "book-20240102T000000Z.db",
        "other-20240101T000000Z.db",
        "notes.txt",
    ):
        (folder / name).touch()
    (folder / "book-20240101T000000Z.db.sha256").touch()
    result = rallybook("backup", folder, "--keep", 2)
    assert result.exit_code == 0, result.stderr
    left = {file.name for file in folder.iterdir()}
    assert {"book-20240102T000000Z.db", "other-20240101T000000Z.db", "notes.txt"} < left
    (copy,) = (
        left
        - {"book-20240102T000000Z.db", "other-20240101T000000Z.db", "notes.txt"}
        - {name for name in left if name.endswith(".sha256")}
    )
    assert f"{copy}.sha256" in left
    assert "book-20240101T000000Z.db: removed, 2 newer ones are there" in result.stderr
    assert rallybook("events", "--book", folder / copy).stdout == rallybook("events").stdout


def test_keeping_takes_a_folder(rallybook, book, tmp_path):
    result = rallybook("backup", tmp_path / "copy.db", "--keep", 2)
    assert result.exit_code == 2
    assert "--keep: received 2, allowed: a folder of copies" in result.stderr
    assert not (tmp_path / "copy.db").exists()


def test_the_checksum_is_that_of_sha256sum(rallybook, book, tmp_path):
    rallybook("backup", tmp_path / "copy.db")
    checked = subprocess.run(
        ["sha256sum", "--check", "copy.db.sha256"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert checked.stdout == "copy.db: OK\n"


def test_a_book_is_restored(rallybook, book, tmp_path):
    before = rallybook("events").stdout
    rallybook("backup", tmp_path / "copy.db")
    rallybook("takedown", "c", "--by", "ann", "--why", "a slip")
    assert rallybook("events").stdout != before
    assert rallybook("restore", tmp_path / "copy.db").exit_code == 1
    result = rallybook("restore", tmp_path / "copy.db", "--force")
    assert result.exit_code == 0, result.stderr
    first, second = result.stderr.splitlines()
    assert first.startswith(f"rallybook: {book}.")
    assert first.endswith("Z: the book that was there")
    assert second == f"rallybook: {book}: restored from {tmp_path / 'copy.db'}, 3 events"
    assert rallybook("events").stdout == before


def test_a_damaged_back_up_is_named_and_the_book_stays(rallybook, book, tmp_path):
    copy = tmp_path / "copy.db"
    rallybook("backup", copy)
    copy.write_bytes(copy.read_bytes()[:-4096])
    before = rallybook("events").stdout
    result = rallybook("restore", copy, "--force")
    assert result.exit_code == 1
    assert result.stderr.startswith(f"rallybook: {copy}: received a file of SHA-256 ")
    assert rallybook("events").stdout == before


def test_a_book_on_a_server_is_restored_another_way(rallybook, tmp_path):
    result = rallybook("restore", tmp_path / "copy.db", "--book", "postgresql://somewhere/book")
    assert result.exit_code == 2
    assert "a database server has its own way" in result.stderr
