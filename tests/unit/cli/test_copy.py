"""A book on a server is named like one in a file by every verb, and a copy goes either way."""

from urllib.parse import urlsplit

import pytest
from kept_examples import read

from rallybook.book.choosing import open_book


@pytest.fixture
def address(empty_books):
    """The address of a server, with a password that it does not ask for."""
    parts = urlsplit(empty_books(0))
    user, _, where = parts.netloc.rpartition("@")
    return parts._replace(netloc=f"{user.partition(':')[0] or 'postgres'}:secret@{where}").geturl()


@pytest.fixture
def server(rallybook, address, monkeypatch):
    """Runs verbs on the book of the server; none may say the password."""
    monkeypatch.setenv("RALLYBOOK_BOOK", address)

    def run(*arguments, code=0, stdin=""):
        result = rallybook(*arguments, stdin=stdin)
        assert result.exit_code == code, result.output
        assert "secret" not in result.output
        return result

    return run


def test_every_verb_works_on_a_book_on_a_server(server, articles, tmp_path):
    assert "2 new" not in server("add", articles, "--jobs", 1).stderr
    assert "0 new, 3 already there" in server("add", articles, "--jobs", 1).stderr
    assert "2 records linked" in server("link", "--all").stderr
    assert len(server("events", "--format", "jsonl").stdout.splitlines()) == 2
    assert server("events", "--text", "another", "--format", "csv").stdout.count("a3") == 1
    record = server("events", "--text", "another", "--format", "csv").stdout.splitlines()[1].partition(",")[0]
    server("decide", "correct", record, "--field", "form", "--value", "march", "--by", "ann")
    assert "march" in server("show", record).stdout
    assert '"correct"' in server("decisions", "export").stdout
    server("export", "--out", tmp_path / "events.csv")
    server("takedown", "a3", "--by", "ann", "--why", "asked")
    assert len(server("events", "--format", "jsonl").stdout.splitlines()) == 1
    assert server("account", "list").stdout == ""
    server("account", "add", "ann", "--role", "coder", stdin="a password of some length\n")
    assert server("account", "list").stdout.startswith("ann\tcoder\t")
    assert "pg_dump" in server("backup", tmp_path / "copy.db", code=1).stderr


def test_a_copy_goes_to_a_server_and_back(rallybook, server, address, book, tmp_path):
    said = server("copy", book, address).stderr
    assert "4 articles, 4 records, 0 decisions, 3 events, 0 accounts" in said
    back = tmp_path / "back.db"
    server("copy", address, back)
    for name in (address, back):
        assert server("events", "--book", name).stdout == server("events", "--book", book).stdout


def test_a_copy_into_a_book_that_holds_something_is_refused(rallybook, book, tmp_path):
    other = open_book(str(tmp_path / "other.db"), None)
    other.keep([read("z")])
    other.close()
    result = rallybook("copy", book, tmp_path / "other.db")
    assert result.exit_code == 1
    assert "other.db: received a book that holds something" in result.stderr


def test_a_copy_of_nothing_makes_nothing(rallybook, tmp_path):
    result = rallybook("copy", tmp_path / "none.db", tmp_path / "new.db")
    assert (result.exit_code, [*tmp_path.iterdir()]) == (1, [])
    assert "no such file" in result.stderr
