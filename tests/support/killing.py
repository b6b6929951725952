"""Runs over shards whose driver and workers are killed with SIGKILL at random moments, until they come to their end."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

JOBS = 2
_SCRIPT = Path(__file__).with_name("shard_run.py")
_TEXTS = ("It rained in {n}.", "A rally of {n} was held.", "They held rally {n}.")


@dataclass
class Killed:
    """What came of runs that were killed: how many died, and what of each article is in the book and was coded."""

    drivers: int = 0
    workers: int = 0
    kept: list[list[str]] = field(default_factory=list)
    coded: Counter = field(default_factory=Counter)
    said: str = ""
    code: int | None = None

    @property
    def deaths(self):
        return self.drivers + self.workers

    def lost(self, articles):
        return [f"a{n}" for n in range(articles) if f"a{n}" not in set(self.kept[-1])]

    def twice(self):
        return [name for name, times in Counter(self.kept[-1]).items() if times > 1]

    def done_again(self):
        return self.coded.total() - len(self.coded)


def write_news(path, articles):
    """Write articles of which two of three tell a rally; some ten make a shard of the script."""
    rows = (
        {"id": f"a{n}", "text": _TEXTS[n % 3].format(n=n), "published": f"2024-05-{n % 28 + 1:02}"}
        for n in range(articles)
    )
    path.write_text("\n".join(map(json.dumps, rows)))
    return path


def start(news, book, *options, notes="", deadly=""):
    """Start a run; `notes` is the file in which a coder of the tests notes what it codes."""
    return subprocess.Popen(
        [sys.executable, str(_SCRIPT), "add", str(news), "--book", str(book), *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "NOTES": str(notes), "DEADLY": deadly},
    )


def ended(process, timeout):
    """Wait for a run; give its exit code and what it said. It does not outlive the wait."""
    try:
        _, said = process.communicate(timeout=timeout)
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate()
    return process.returncode, said


def kill_until_done(folder, news, *options, kills, seed, notes=""):
    """Run and kill so many times, drivers and workers as chance has it; then let a run come to its end."""
    chance, found, book = random.Random(seed), Killed(), folder / "killed.db"
    while found.deaths < kills:
        process = start(news, book, *options, notes=notes)
        for whom in chance.choice((["driver"], ["worker", "driver"], ["worker", "worker"])):
            _wait(process, chance, Path(f"{book}.shards"))
            _kill(process, whom, chance, found)
        if process.poll() is None:
            os.kill(process.pid, signal.SIGKILL)
            found.drivers += 1
        ended(process, 60)
        found.kept.append(articles_in(book))
    found.code, found.said = ended(start(news, book, *options, notes=notes), 120 + 10 * kills)
    found.kept.append(articles_in(book))
    if notes:
        found.coded = Counter(notes.read_text().split())
    return found


def _wait(process, chance, ledger):
    """Wait for a moment: now and then while the run is about to start, mostly when a worker is at a shard."""
    if chance.random() < 0.2:
        time.sleep(chance.uniform(0, 1))
        return
    began, deadline = time.time(), time.monotonic() + 180
    while not _at_work(ledger, began) and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(chance.uniform(0, 1.0))


def _at_work(ledger, since):
    """Tell whether a worker has begun an article of late."""
    for path in ledger.glob("*/*.tries"):
        try:
            if path.stat().st_mtime > since:
                return True
        except FileNotFoundError:
            continue
    return False


def _kill(process, whom, chance, found):
    workers = workers_of(process.pid) if whom == "worker" else []
    if whom == "worker" and workers:
        os.kill(chance.choice(workers), signal.SIGKILL)
        found.workers += 1
    elif process.poll() is None:
        os.kill(process.pid, signal.SIGKILL)
        found.drivers += 1


def workers_of(driver):
    """Give the processes that code for a driver on this machine: its own, and those of a Ray that it started."""
    found, line = [], [driver]
    while line:
        parent = line.pop()
        for path in Path(f"/proc/{parent}/task").glob("*/children"):
            try:
                children = [int(child) for child in path.read_text().split()]
                commands = {child: Path(f"/proc/{child}/cmdline").read_bytes() for child in children}
            except OSError:
                continue
            line += children
            found += [
                n
                for n, said in commands.items()
                if b"multiprocessing-fork" in said or b"ray::MapWorker" in said
            ]
    return found


def articles_in(book):
    """Give the ids of the articles of a book, whose file is sound; opening it takes back what was not kept whole."""
    if not book.exists():
        return []
    connection = sqlite3.connect(book)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
        return (
            [row[0] for row in connection.execute("SELECT id FROM articles")] if "articles" in tables else []
        )
    finally:
        connection.close()


def events_in(book):
    """Give the events of a book, each as the ids of its records."""
    connection = sqlite3.connect(book)
    try:
        events = [json.loads(row[0]) for row in connection.execute("SELECT data FROM events")]
    finally:
        connection.close()
    return sorted(sorted(told["record"] for told in event["records"]) for event in events)
