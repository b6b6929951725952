"""A run over shards whose driver and workers are killed at any moment: nothing is lost, nothing comes twice."""

import importlib.util
import os
import signal
import time
from pathlib import Path

import pytest
from killing import JOBS, articles_in, ended, events_in, kill_until_done, start, write_news

# RALLYBOOK_KILLS=50 for a thorough run; bench/kills.py does that, too, and says what it took
_KILLS = int(os.environ.get("RALLYBOOK_KILLS", "5"))
# of the shards of the runs
_IN_A_SHARD = 16


def test_whoever_is_killed_nothing_is_lost_nothing_comes_twice_and_little_is_done_again(tmp_path):
    articles = 60 * _KILLS
    news, notes = write_news(tmp_path / "a.jsonl", articles), tmp_path / "notes.txt"
    code, said = ended(start(news, tmp_path / "whole.db", "--jobs", "2", notes=tmp_path / "plain.txt"), 240)
    assert code == 0, said
    run = ("--runner", "local", "--jobs", str(JOBS))
    found = kill_until_done(tmp_path, news, *run, kills=_KILLS, seed=11, notes=notes)
    assert found.code == 0, found.said
    assert found.drivers > 0 < found.workers
    counts = [len(kept) for kept in found.kept]
    assert counts == sorted(counts)
    assert (found.lost(articles), found.twice(), len(found.kept[-1])) == ([], [], articles)
    assert events_in(tmp_path / "killed.db") == events_in(tmp_path / "whole.db") != []
    # a driver takes all its workers with it, each at one shard
    assert found.done_again() <= (found.workers + found.drivers * JOBS) * _IN_A_SHARD


def test_a_document_that_kills_is_passed_over_and_the_rest_is_kept(tmp_path):
    news, book = write_news(tmp_path / "a.jsonl", 60), tmp_path / "b.db"
    run = ("--runner", "local", "--jobs", str(JOBS))
    for _ in range(2):  # the next run tries it again, and ends as well
        code, said = ended(start(news, book, *run, notes=tmp_path / "notes.txt", deadly="a33"), 120)
        assert code == 1
        assert "a33: passed over: 2 worker processes died at it" in said
        assert sorted(articles_in(book)) == sorted(f"a{n}" for n in range(60) if n != 33)


@pytest.mark.skipif(importlib.util.find_spec("ray") is None, reason="ray is not installed")
def test_a_run_that_ray_began_and_lost_is_taken_up_here(tmp_path):
    news, book = write_news(tmp_path / "a.jsonl", 400), tmp_path / "b.db"
    run = ("--coder", "rules", "--jobs", str(JOBS))
    began = start(news, book, *run, "--runner", "ray")
    deadline = time.monotonic() + 180
    while not list(Path(f"{book}.shards").glob("*/*.done")) and time.monotonic() < deadline:
        time.sleep(0.05)
    os.kill(began.pid, signal.SIGKILL)
    ended(began, 60)
    assert articles_in(book)
    code, said = ended(start(news, book, *run, "--runner", "local"), 120)
    assert code == 0, said
    assert sorted(articles_in(book)) == sorted(f"a{n}" for n in range(400))
    assert ended(start(news, tmp_path / "whole.db", *run), 120)[0] == 0
    assert events_in(book) == events_in(tmp_path / "whole.db") != []
