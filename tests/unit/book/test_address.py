import pytest

from rallybook.book.address import on_server, shown, titled
from rallybook.errors import InputError


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("postgresql://ann:secret@db.example:5432/news", "postgresql://ann@db.example:5432/news"),
        ("postgresql://db.example/news", "postgresql://db.example/news"),
        ("postgresql:///news?host=/run/sql&password=secret", "postgresql:///news?host=/run/sql"),
        # signs that should have been written otherwise
        ("postgresql://ann:se/cr@et@db.example/news", "postgresql://ann@db.example/news"),
        ("postgresql://ann:se?cret@db.example/news", "postgresql://ann@db.example/news"),
        ("postgresql://ann@db.example/news?sslpassword=secret", "postgresql://ann@db.example/news"),
        ("news.db", "news.db"),
        ("odd@name:x.db", "odd@name:x.db"),
    ],
)
def test_a_password_is_not_shown(name, seen):
    assert shown(name) == seen


@pytest.mark.parametrize(
    ("name", "called"),
    [("a/news.db", "news"), ("postgresql://ann:pw@h/news?password=x", "news"), ("postgres://h/news", "news")],
)
def test_a_book_is_called_by_its_file_or_database(name, called):
    assert titled(name) == called


def test_an_address_of_something_else_is_refused_without_its_password():
    with pytest.raises(
        InputError, match=r"received 'mysql://ann@h/news', allowed: the path of a file, or post"
    ):
        on_server("mysql://ann:secret@h/news")
