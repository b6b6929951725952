"""A run over shards whose driver and workers are killed at any moment: nothing is lost, nothing comes twice."""

import importlib.util
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

# RALLYBOOK_KILLS=50 for a thorough run; bench/kills.py does that, and says what it took
_KILLS = int(os.environ.get("RALLYBOOK_KILLS", "5"))
_JOBS = 2
# of a shard of the script below
_IN_A_SHARD = 16
_SCRIPT = Path(__file__).parents[1] / "support" / "shard_run.py"
_TEXTS = ("It rained in {n}.", "A rally of {n} was held.", "They held rally {n}.")


@pytest.fixture
def add(tmp_path):
    """Starts runs; none outlives the test."""
    started = []

    def start(news, book, *options, notes=""):
        command = [sys.executable, str(_SCRIPT), "add", str(news), "--book", str(book), *options]
        process = subprocess.Popen(
            command,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "NOTES": str(notes)},
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
            process.communicate()


def _news(path, articles):
    rows = (
        {"id": f"a{n}", "text": _TEXTS[n % 3].format(n=n), "published": f"2024-05-{n % 28 + 1:02}"}
        for n in range(articles)
    )
    path.write_text("\n".join(map(json.dumps, rows)))
    return path


def _workers(driver):
    """Give the processes that code for a driver on this machine."""
    found = []
    for path in Path(f"/proc/{driver}/task/{driver}").glob("children"):
        for child in path.read_text().split():
            command = Path(f"/proc/{child}/cmdline")
            if command.exists() and b"multiprocessing-fork" in command.read_bytes():
                found.append(int(child))
    return found


def _kept(book):
    if not book.exists():
        return []
    connection = sqlite3.connect(book)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
        rows = connection.execute("SELECT id FROM articles") if "articles" in tables else ()
        return [row[0] for row in rows]
    finally:
        connection.close()


def _events(book):
    # in the file, as what they are does not depend on the order in which shards were done
    connection = sqlite3.connect(book)
    try:
        return sorted(row[0] for row in connection.execute("SELECT id FROM events"))
    finally:
        connection.close()


def test_whoever_is_killed_nothing_is_lost_nothing_comes_twice_and_little_is_done_again(add, tmp_path):
    articles = 90 * _KILLS
    news, killed, whole = _news(tmp_path / "a.jsonl", articles), tmp_path / "killed.db", tmp_path / "whole.db"
    plain = add(news, whole, "--jobs", "1", notes=tmp_path / "plain.txt")
    plain.communicate(timeout=60 + 10 * _KILLS)
    chance = random.Random(11)
    notes, kept, deaths = tmp_path / "notes.txt", [0], 0
    run = ("--runner", "local", "--jobs", str(_JOBS))
    while deaths < _KILLS:
        process = add(news, killed, *run, notes=notes)
        # first a worker, as long as there is one, then the driver
        for whom in chance.choice((["driver"], ["worker", "driver"], ["worker"])):
            time.sleep(chance.uniform(0.4, 1.6))
            workers = _workers(process.pid)
            victim = chance.choice(workers) if whom == "worker" and workers else process.pid
            if process.poll() is None:
                os.kill(victim, signal.SIGKILL)
                deaths += 1
        if victim == process.pid:
            process.communicate(timeout=60)
        else:
            process.communicate(timeout=60 + 10 * _KILLS)
            assert process.returncode == 0
        kept.append(len(_kept(killed)))
    assert kept == sorted(kept)
    process = add(news, killed, *run, notes=notes)
    _, said = process.communicate(timeout=60 + 10 * _KILLS)
    assert process.returncode == 0, said
    assert Counter(_kept(killed)) == Counter({f"a{n}": 1 for n in range(articles)})
    assert _events(killed) == _events(whole) != []
    done = Counter(notes.read_text().split())
    assert set(done) == {f"a{n}" for n in range(articles)}
    # a driver takes all its workers with it, each at one shard
    assert sum(done.values()) - articles <= deaths * _JOBS * _IN_A_SHARD


def test_a_document_that_kills_is_passed_over_and_the_rest_is_kept(add, tmp_path, monkeypatch):
    news, book = _news(tmp_path / "a.jsonl", 60), tmp_path / "b.db"
    monkeypatch.setenv("DEADLY", "a33")
    for _ in range(2):  # the next run tries it again, and ends as well
        process = add(news, book, "--runner", "local", "--jobs", "2", notes=tmp_path / "notes.txt")
        _, said = process.communicate(timeout=120)
        assert process.returncode == 1
        assert "a33: passed over: 2 worker processes died at it" in said
        assert sorted(_kept(book)) == sorted(f"a{n}" for n in range(60) if n != 33)


@pytest.mark.skipif(importlib.util.find_spec("ray") is None, reason="ray is not installed")
def test_a_run_that_ray_began_and_lost_is_taken_up_here(add, tmp_path):
    news, book, whole = _news(tmp_path / "a.jsonl", 400), tmp_path / "b.db", tmp_path / "whole.db"
    run = ("--coder", "rules", "--jobs", str(_JOBS))
    began = add(news, book, *run, "--runner", "ray")
    deadline = time.monotonic() + 120
    while not list(Path(f"{book}.shards").glob("*/*.done")) and time.monotonic() < deadline:
        time.sleep(0.05)
    os.kill(began.pid, signal.SIGKILL)
    began.communicate(timeout=60)
    before = _kept(book)
    assert before
    process = add(news, book, *run, "--runner", "local")
    _, said = process.communicate(timeout=120)
    assert process.returncode == 0, said
    assert Counter(_kept(book)) == Counter({f"a{n}": 1 for n in range(400)})
    add(news, whole, *run).communicate(timeout=120)
    assert _events(book) == _events(whole) != []
