"""An `add` that is killed at any moment: nothing that was kept is lost, nothing comes twice, the book is sound."""

import contextlib
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from fake_linker import FakeLinker

from rallybook.book.address import on_server
from rallybook.book.choosing import open_book

# RALLYBOOK_KILLS=100 for a thorough run, of some six minutes
_KILLS = int(os.environ.get("RALLYBOOK_KILLS", "6"))
_ARTICLES = 350 * _KILLS
_SUPPORT = Path(__file__).parents[1] / "support"
_TEXTS = ("It rained in {n}.", "A rally of {n} was held.", "They held rally {n}.")
_RUN = f"""
import sys
sys.path.insert(0, {str(_SUPPORT)!r})
from fake_coder import FakeCoder
import pytest
from fake_linker import FakeLinker
from rallybook import api
from rallybook.book import adding
coder, linker = FakeCoder(), FakeLinker()
api.coder = lambda *_, **__: coder
api.linker = lambda: linker
adding.MOST_ROWS = 200
from rallybook.cli.app import run
run()
"""


@pytest.fixture
def add():
    """Starts runs; none outlives the test."""
    started = []

    def start(path, book):
        command = [sys.executable, "-c", _RUN, "add", str(path), "--book", str(book), "--jobs", "1"]
        started.append(
            subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        )
        return started[-1]

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
            process.communicate()


def _count(name):
    """Give the number of articles that were kept; opening the book takes back what was not kept whole."""
    if not on_server(name):
        if not Path(name).exists():
            return 0
        with contextlib.closing(sqlite3.connect(name)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    book = open_book(name, FakeLinker())
    kept = sum(coverage.articles for coverage in book.holdings().coverage)
    book.close()
    return kept


def test_a_killed_run_loses_nothing_and_does_nothing_twice(add, tmp_path, new_name):
    path, killed, whole = tmp_path / "articles.jsonl", new_name(), new_name()
    rows = (
        {"id": f"a{n}", "text": _TEXTS[n % 3].format(n=n), "published": f"2024-05-{n % 28 + 1:02}"}
        for n in range(_ARTICLES)
    )
    path.write_text("\n".join(map(json.dumps, rows)))
    chance = random.Random(7)
    began = time.monotonic()
    first = add(path, whole)
    first.communicate(timeout=10 * _KILLS)
    assert first.returncode == 0
    lasts = time.monotonic() - began
    kept = [0]
    for _ in range(_KILLS):
        process = add(path, killed)
        time.sleep(chance.uniform(0.4, 1.0) * min(lasts, 2.0))
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        kept.append(_count(killed))
    assert kept == sorted(kept)
    process = add(path, killed)
    _, said = process.communicate(timeout=10 * _KILLS)
    assert f"{_ARTICLES - kept[-1]:,} new, {kept[-1]:,} already there, 0 failed" in said
    books = [open_book(name, FakeLinker()) for name in (killed, whole)]
    events = [sorted((e.id, [t.record for t in e.records]) for e in book.events()) for book in books]
    assert events[0] == events[1]
    assert sum(len(records) for _, records in events[0]) == _ARTICLES * 2 // 3
    for book in books:
        book.close()
