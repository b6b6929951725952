from fake_linker import FakeLinker
from kept_examples import read

from rallybook.book.store import SqliteBook


def test_what_waits_is_linked(rallybook, book):
    kept = SqliteBook(book, FakeLinker())
    kept.keep([read("e", place="Suva")])
    kept.close()
    assert "1 records linked" in rallybook("link").stderr
    assert "0 records linked" in rallybook("link").stderr
    before = rallybook("events").stdout
    assert "5 records linked" in rallybook("link", "--all").stderr
    assert rallybook("events").stdout == before
