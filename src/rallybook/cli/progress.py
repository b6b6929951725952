"""How far a run is: on a terminal only, and only when it lasts."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from rallybook.logs import is_json, say

# the time left is a wild guess before so many articles
_FIRST = 10
# one article each, whatever its size
_SINGLE = {".txt", ".md", ".html", ".htm"}


@contextlib.contextmanager
def progress(paths: Sequence[str], *, printing: bool = True) -> Iterator[Callable[[], None]]:
    """Give a function to call once an article; shows count, rate and, where it is known, the time left.

    Silent where stderr is no terminal, or where results are printed meanwhile and go to the same terminal. A run that
    prints none says so in a log, too, once half a minute.
    """
    shown = sys.stderr.isatty() and not is_json()
    if (not shown and printing) or (shown and printing and sys.stdout.isatty()):
        yield lambda: None
        return
    line = _Line(paths) if shown else _Log(paths)
    try:
        yield line.step
    finally:
        line.clear()


class _Line:
    """One line of stderr that is written over again and again."""

    patience_s, refresh_s = 1.0, 0.1  # shorter runs need no bar

    def __init__(self, paths: Sequence[str]) -> None:
        self._paths = paths
        self._started = self._shown = time.monotonic()
        self._done = 0
        self._expected: int | None = None

    def step(self) -> None:
        self._done += 1
        now = time.monotonic()
        if now - self._started < self.patience_s or now - self._shown < self.refresh_s:
            return
        if self._shown == self._started:
            self._expected = expected(self._paths)
        self._shown = now
        self._show(self._words(now - self._started))

    def clear(self) -> None:
        if self._shown != self._started:
            self._show("")

    def _show(self, words: str) -> None:
        sys.stderr.write(f"\r\x1b[2K{words}")
        sys.stderr.flush()

    def _words(self, seconds: float) -> str:
        rate = self._done / seconds
        if not self._expected or not _FIRST <= self._done <= self._expected:
            return f"{self._done:,} articles, {rate:,.1f} a second"
        left = int((self._expected - self._done) / rate)
        minutes, rest = divmod(left, 60)
        share = f"{self._done:,} of {self._expected:,} articles"
        return f"{share}, {rate:,.1f} a second, {minutes}:{rest:02d} left"


class _Log(_Line):
    """A line of a log now and then, where stderr is no terminal."""

    patience_s, refresh_s = 30.0, 30.0

    def _show(self, words: str) -> None:
        if words:
            say(words)


def expected(paths: Sequence[str]) -> int | None:
    """Give the number of articles in these files where it can be told by a glance, else None."""
    total = 0
    for path in map(Path, paths):
        if path.suffix.lower() in _SINGLE and path.is_file():
            total += 1
        elif path.suffix.lower() == ".jsonl" and path.is_file():
            total += _line_count(path)
        else:
            return None
    return total


def _line_count(path: Path) -> int:
    with path.open("rb") as file:
        return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))
