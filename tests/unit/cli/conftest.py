import json

import pytest
from fake_coder import FakeCoder
from fake_linker import FakeLinker
from kept_examples import private, read
from typer.testing import CliRunner

from rallybook import api
from rallybook.book.store import SqliteBook
from rallybook.cli.app import app


@pytest.fixture
def rallybook(monkeypatch):
    """Runs the command line in this process, with a coder and a linker that need no lexicon."""
    coder, linker = FakeCoder(), FakeLinker()
    monkeypatch.setattr(api, "coder", lambda *_, **__: coder)
    monkeypatch.setattr(api, "linker", lambda: linker)

    def run(*arguments, stdin=""):
        return CliRunner().invoke(app, [str(argument) for argument in arguments], input=stdin)

    return run


@pytest.fixture
def articles(tmp_path):
    """A file of three articles: one with a rally, one without, one without a date."""
    path = tmp_path / "articles.jsonl"
    rows = [
        {"id": "a1", "title": "Rally in Oban", "text": "They held a rally.", "published": "2024-05-13"},
        {"id": "a2", "text": "Rain fell.", "published": "2024-05-14"},
        {"id": "a3", "text": "Another rally was held."},
    ]
    path.write_text("\n".join(map(json.dumps, rows)))
    return path


@pytest.fixture
def book(tmp_path, monkeypatch):
    """The path of a book of four articles: two of one rally in Oban, a march in Leeds, a rally in Tomsk."""
    path = tmp_path / "book.db"
    kept = SqliteBook(path, FakeLinker())
    kept.keep(
        [
            read("a", size=300, words="Nurses came.", quote="Nurses held a rally."),
            read("b", size=500),
            private(*read("c", place="Leeds", form="march")),
            read("d", place="Tomsk", day="2024-06"),
        ]
    )
    kept.link()
    kept.close()
    monkeypatch.setenv("RALLYBOOK_BOOK", str(path))
    return path
