"""How often a shard has been tried in a run, and at which of its articles the workers died."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import Self

# workers may die at one shard so many times; and at one article, before it is passed over
MOST_TRIES = 6
MOST_DEATHS = 2
_WIDTH = 12


class Tries:
    """The tries at a shard, kept in a file, so that they outlive the process that they kill."""

    def __init__(self, path: Path, run: str) -> None:
        """Read what is known of earlier tries of this run; those of other runs do not count."""
        self._path = path
        self._run = run
        self._file = -1
        try:
            said = [line.split() for line in path.read_text("ascii", "replace").splitlines()]
        except FileNotFoundError:
            said = []
        self._died = [int(at) for run_of, at in (w for w in said if len(w) == 2) if run_of == run]

    def __enter__(self) -> Self:
        self._path.parent.mkdir(exist_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | (0 if self._died else os.O_TRUNC)
        self._file = os.open(self._path, flags, 0o644)
        self._at = os.lseek(self._file, 0, os.SEEK_END) + len(self._run) + 1
        os.write(self._file, f"{self._run} {0:{_WIDTH}}\n".encode())
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        os.close(self._file)
        if kind is None:
            self._path.unlink(missing_ok=True)

    @property
    def count(self) -> int:
        """How many workers have died at the shard in this run."""
        return len(self._died)

    def deadly(self) -> frozenset[int]:
        """Give the numbers of the articles at which several workers have died; below 0 where they were read."""
        return frozenset(n for n, deaths in Counter(self._died).items() if n and deaths >= MOST_DEATHS)

    def at(self, number: int) -> None:
        """Note that an article is begun, by its number from 1; with a minus that it is being read."""
        # 2 µs; it survives the process, if not the machine
        os.pwrite(self._file, f"{number:{_WIDTH}}".encode(), self._at)
