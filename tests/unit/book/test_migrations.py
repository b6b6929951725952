"""A book of an older version is brought up to date with everything in it."""

import sqlite3
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from fake_linker import FakeLinker
from kept_examples import decision, read
from sqlalchemy import create_engine

from rallybook.book import opening
from rallybook.book.store import SqliteBook
from rallybook.model.question import Question

ASKED = (
    {},
    {"claim": "water"},
    {"sources": ("Herald",)},
    {"min_size": 400},
    {"responses": ("arrests",)},
    {"min_confidence": 0.5},
    {"focuses": ("background",)},
)


def _made(path):
    book = SqliteBook(path, FakeLinker())
    book.keep(
        [
            read("a", size=(300, 500), response=("present", "arrests"), claims=("clean water", "bread")),
            read("b", source="Herald", confidence={"record": 0.9}),
            read("c", place="Leeds", focus="background", confidence={"record": 0.9}, source=""),
            read("d", place="Tomsk", source="Herald", claims=("water",)),
        ]
    )
    book.link()
    book.decide([decision("correct", "b-1", field="form", value="march")])
    return book


def _as_of(version, path, new):
    """Make a book of an older version that holds what a new one holds."""
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(Path(opening.__file__).parent / "migrations"))
        command.upgrade(config, version)
    engine.dispose()
    with sqlite3.connect(path) as old:
        old.execute("ATTACH ? AS new", (str(new),))
        kinds = "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'alembic_version'"
        shadows = ("article_words", "quote_words", "claim_words", "event_boxes", "sqlite_")
        for (table,) in old.execute(kinds).fetchall():
            if not table.startswith(shadows):
                columns = ", ".join(f'"{row[1]}"' for row in old.execute(f"PRAGMA table_info({table})"))
                old.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM new.{table}")
        for words in ("article_words", "quote_words"):
            old.execute(f"INSERT INTO {words} ({words}) VALUES ('rebuild')")
    old.close()


def _answers(book):
    return [(list(book.events(Question(**asked))), book.facets(Question(**asked))) for asked in ASKED]


@pytest.mark.parametrize("version", ["0001"])
def test_a_book_of_an_older_version_answers_as_a_new_one(tmp_path, version):
    new = _made(tmp_path / "new.db")
    _as_of(version, tmp_path / "old.db", tmp_path / "new.db")
    old = SqliteBook(tmp_path / "old.db", FakeLinker())
    assert _answers(old) == _answers(new)
    assert [len(events) for events, _ in _answers(old)] == [3, 2, 2, 1, 1, 1, 1]
    assert old.decisions() == new.decisions()


def test_a_book_of_an_older_version_goes_on(tmp_path):
    new = _made(tmp_path / "new.db")
    _as_of("0001", tmp_path / "old.db", tmp_path / "new.db")
    old = SqliteBook(tmp_path / "old.db", FakeLinker())
    for book in (old, new):
        book.decide([decision("correct", "a-1", field="claims", value=["bread"], minute=1)])
        book.take_down("d", by="ann", why="asked")
    assert _answers(old) == _answers(new)
    assert old.count(Question(claim="water")) == 0
