"""A book that the first version made, of our example articles with decisions and a take-down, goes on with this one.

`support/books/version-0001.db.gz` was made by commit 19da8c9, the first that kept a book.
"""

import gzip
import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic import op
from fake_linker import FakeLinker
from kept_examples import decision, read

from rallybook import api
from rallybook.book.restoring import restore
from rallybook.book.schema import VERSION
from rallybook.book.store import SqliteBook

_MADE = Path(__file__).parents[2] / "support" / "books" / "version-0001.db.gz"


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "book.db"
    path.write_bytes(gzip.decompress(_MADE.read_bytes()))
    return path


def rows(path, statement):
    """Read a book without rallybook."""
    with closing(sqlite3.connect(path)) as db:
        return db.execute(statement).fetchall()


FACTS = (
    "SELECT id, sha, title, text, published, url, source, language, coder, added_at, current FROM articles ORDER BY id",
    "SELECT number, id, article, data, quote, current FROM records ORDER BY number",
    "SELECT id, data, at FROM decisions ORDER BY number",
    "SELECT article, stage, reason, at FROM failures ORDER BY number",
    "SELECT article, sha, at, by, why FROM tombstones ORDER BY number",
    "SELECT id, revision, data FROM events ORDER BY id",
    "SELECT event, revision, data, until FROM versions ORDER BY event, revision",
    "SELECT old, new, at FROM redirects ORDER BY old",
)


def facts(path):
    return [rows(path, statement) for statement in FACTS]


def version(path):
    return rows(path, "SELECT version_num FROM alembic_version")


def test_nothing_that_was_kept_changes(path):
    before = facts(path)
    assert (version(path), len(before[0]), len(before[2])) == ([("0001",)], 13, 4)
    SqliteBook(path, FakeLinker()).close()
    assert version(path) == [(VERSION,)]
    assert facts(path) == before


def test_a_book_of_the_first_version_shows_what_it_showed(path):
    shown = {name: json.loads(data) for name, _, data in facts(path)[5]}
    texts = dict(rows(path, "SELECT id, text FROM articles WHERE current = 1"))
    judged = {name: json.loads(data) for name, data, _ in facts(path)[2]}
    book = SqliteBook(path, FakeLinker())
    events = {event.id: event for event in book.events()}
    assert events.keys() == shown.keys()
    for name, event in events.items():
        assert event.form == shown[name]["form"]
        assert event.place.name == shown[name]["place"]["name"]
        assert event.size.low == shown[name]["size"]["low"]
        assert [telling.record for telling in event.records] == [t["record"] for t in shown[name]["records"]]
    assert {name: book.article(name).text for name in texts} == texts
    assert {d.id: (d.kind, d.by, d.why, d.records) for d in book.decisions()} == {
        name: (told["kind"], told["by"], told["why"], tuple(told["records"])) for name, told in judged.items()
    }
    (stone,) = book.tombstones()
    assert (stone.by, stone.why) == ("ann", "asked to")
    assert [failure.stage for failure in book.failures()] == ["read"]
    book.close()


def test_it_goes_on_with_the_decisions_in_force(path):
    decided = [json.loads(data) for _, data, _ in facts(path)[2]]
    (rejected,) = [told for told in decided if told["kind"] == "reject"]
    (joined,) = [told for told in decided if told["kind"] == "same"]
    (vigil,) = [told for told in decided if told["kind"] == "correct" and told["field"] == "form"]
    book = SqliteBook(path, api.linker())
    book.keep([read("new", place="Suva")])
    assert book.link() > 1  # what is alike is kept otherwise now: all is linked anew
    event = book.event(joined["records"][0])
    assert {telling.record for telling in event.records} >= set(joined["records"])
    assert book.event(vigil["records"][0]).form == "vigil"
    told = {telling.record for event in book.events() for telling in event.records}
    assert told.isdisjoint(rejected["records"])
    assert "new-1" in told
    book.decide([decision("correct", "new-1", field="form", value="march")])
    assert book.event("new-1").form == "march"
    book.close()


class _StoppedError(Exception):
    pass


def _stopped_after(count, monkeypatch):
    """Have an upgrade stop after so many statements; give those that were done."""
    real, done = op.execute, []

    def execute(statement):
        if len(done) == count:
            raise _StoppedError
        done.append(statement)
        return real(statement)

    monkeypatch.setattr(op, "execute", execute)
    return done


def test_an_upgrade_that_fails_at_any_statement_leaves_the_book(path, monkeypatch):
    before, count = facts(path), 0
    while True:
        with monkeypatch.context() as patch:
            done = _stopped_after(count, patch)
            try:
                SqliteBook(path, FakeLinker()).close()
            except _StoppedError:
                assert (version(path), facts(path)) == ([("0001",)], before)
            else:
                break
        count += 1
    assert count == len(done) > 10
    assert (version(path), facts(path)) == ([(VERSION,)], before)


_KILLED = """
import os, signal, sys
from pathlib import Path
from alembic import op
from fake_linker import FakeLinker
from rallybook.book.store import SqliteBook
real, left = op.execute, [int(sys.argv[2])]
def execute(statement):
    real(statement)
    left[0] -= 1
    if not left[0]:
        os.kill(os.getpid(), signal.SIGKILL)
op.execute = execute
SqliteBook(Path(sys.argv[1]), FakeLinker())
"""


@pytest.mark.parametrize("count", [1, 7, 14])
def test_an_upgrade_that_is_killed_leaves_the_book(path, count):
    before = facts(path)
    killed = subprocess.run(
        [sys.executable, "-c", _KILLED, str(path), str(count)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        check=False,
        timeout=60,
    )
    assert killed.returncode == -9
    assert (version(path), facts(path)) == ([("0001",)], before)
    SqliteBook(path, FakeLinker()).close()
    assert (version(path), facts(path)) == ([(VERSION,)], before)


def test_a_back_up_of_the_first_version_is_restored(path, tmp_path):
    restore(path, tmp_path / "new.db")
    book = SqliteBook(tmp_path / "new.db", FakeLinker())
    assert book.count() == len(facts(path)[5])
    book.close()
    assert version(path) == [("0001",)]
