"""What is done of a long run: a folder that a run which was cut off is taken up from, whatever runs it.

For each shard, by a hash of its content: `.jsonl.gz` when it is coded, `.done` when that is in the book, `.tries` while
a worker is at it. Each appears whole (written beside, then renamed), so that whoever is killed leaves nothing half.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO, Self

import msgspec

from rallybook.errors import LedgerError
from rallybook.model.outcome import Failure

VERSION = 1
_HEAD = "ledger.json"
_ANOTHER = "another folder with --ledger"


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """What a ledger says of itself: its version, and how the run reads that has not come to its end."""

    version: int = VERSION
    unfinished: Mapping[str, str] = {}


class Marker(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a shard that is in the book, as in `Added`: `last` is the article of it that was kept last."""

    articles: int = 0
    taken_down: int = 0
    set_aside: int = 0
    other_language: int = 0
    last: str = ""
    failed: tuple[Failure, ...] = ()


class Ledger:
    """The ledger of a run; one run at a time writes to it, and its workers beside it."""

    def __init__(self, folder: Path, how: Mapping[str, str]) -> None:
        """Open the ledger for a run that reads as `how` says, and make it where it is not there yet.

        Raises `LedgerError` where another run has it, for one of another version, for one whose run is not at its end
        and reads otherwise, and for a folder that cannot be written.
        """
        self.folder = folder
        self._how = dict(how)
        with contextlib.ExitStack() as held, writable(folder):
            folder.mkdir(parents=True, exist_ok=True)
            self._lock = held.enter_context(self._locked())
            self._check(how)
            held.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._lock.close()

    def begin(self) -> None:
        """Note how the run reads, before anything is done, and clear away what a killed one left half."""
        with writable(self.folder):
            for left in self.folder.glob("*/*.tmp"):
                left.unlink(missing_ok=True)
            write_whole(self.folder / _HEAD, msgspec.json.encode(Head(unfinished=self._how)))

    def finish(self) -> None:
        """Note that the run is at its end."""
        with writable(self.folder):
            write_whole(self.folder / _HEAD, msgspec.json.encode(Head()))

    def mark(self, key: str, marker: Marker) -> None:
        """Note that a shard is in the book; what was coded of it is no longer needed."""
        with writable(self.folder):
            write_whole(place(self.folder, key, "done"), msgspec.json.encode(marker))
            self.result(key).unlink(missing_ok=True)

    def marker(self, key: str) -> Marker:
        """Give what became of a shard that is in the book; raises `LedgerError` where it cannot be read."""
        path = place(self.folder, key, "done")
        try:
            return msgspec.json.decode(path.read_bytes(), type=Marker)
        except (OSError, msgspec.MsgspecError) as error:
            raise LedgerError(str(path), f"no marker ({error})", "one as it was written; remove it") from None

    def result(self, key: str) -> Path:
        """Give the file of what was coded of a shard (see `coded_lines`)."""
        return place(self.folder, key, "jsonl.gz")

    def discard(self, key: str) -> None:
        """Take back what was coded of a shard."""
        with writable(self.folder):
            self.result(key).unlink(missing_ok=True)

    def forget(self, key: str) -> None:
        """Take back that a shard is in the book."""
        with writable(self.folder):
            place(self.folder, key, "done").unlink(missing_ok=True)

    def _locked(self) -> BinaryIO:
        lock = (self.folder / "lock").open("ab")
        try:
            # a lock of the process, which the system takes back however the process ends
            fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            raise LedgerError(
                str(self.folder), "a run that goes on in another process", f"one run at a time, or {_ANOTHER}"
            ) from None
        return lock

    def _check(self, how: Mapping[str, str]) -> None:
        path = self.folder / _HEAD
        try:
            head = msgspec.json.decode(path.read_bytes(), type=Head)
        except FileNotFoundError:
            return
        except (OSError, msgspec.MsgspecError) as error:
            raise LedgerError(
                str(path), f"no ledger ({error})", f"one that rallybook wrote, or {_ANOTHER}"
            ) from None
        if head.version != VERSION:
            raise LedgerError(
                str(path), f"a ledger of version {head.version}", f"version {VERSION}, or {_ANOTHER}"
            )
        for thing, began in head.unfinished.items():
            if (now := how.get(thing, "")) != began:
                goes_on = f"{began!r}, with which this run began and goes on, or {_ANOTHER} to begin anew"
                raise LedgerError(str(self.folder), f"{thing} {now!r}", goes_on)


class writable:  # noqa: N801 - read as a word in `with writable(folder)`
    """Turns what the system says of a folder that cannot be written into a `LedgerError`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if isinstance(error, OSError):
            said = error.strerror or str(error)
            raise LedgerError(
                str(self._folder),
                f"a folder that cannot be written ({said})",
                f"one with room that can be written, or {_ANOTHER}; what is done is safe",
            ) from None


def place(folder: Path, key: str, kind: str) -> Path:
    """Give where a shard has its file of a kind."""
    return folder / key[:2] / f"{key}.{kind}"


def beside(path: Path) -> Path:
    """Give a name beside a file under which nobody else writes."""
    return path.with_name(f"{path.name}.{uuid.uuid4().hex}.tmp")


def write_whole(path: Path, content: bytes) -> None:
    """Write a small file that appears whole; raises `OSError`."""
    path.parent.mkdir(exist_ok=True)
    temporary = beside(path)
    try:
        temporary.write_bytes(content)
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise


def sync(file: BinaryIO) -> None:
    """Have what was written to a file on the disk, before its name says that it is whole."""
    file.flush()
    os.fsync(file.fileno())
