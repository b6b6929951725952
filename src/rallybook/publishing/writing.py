"""Files and folders that appear when they are whole, or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from io import FileIO
from pathlib import Path
from typing import NamedTuple

from rallybook.errors import ExportError, InputError

# a write or a send of so many bytes costs no more than its bytes
_CHUNK = 65_536
# as much of a name as leaves room for the ending of the unfinished file; file systems allow 255 bytes
_NAME_LENGTH = 50
# by the system's number of the error: what was received, what is allowed
_WORDS = {
    errno.ENOSPC: ("no room to write (the disk is full)", "room for the whole; nothing was left there"),
    errno.EDQUOT: ("no room to write (the quota is full)", "room for the whole; nothing was left there"),
    errno.EFBIG: ("a file larger than the limit", "room for the whole; nothing was left there"),
    errno.EACCES: ("a folder that cannot be written", "a folder with the right to write"),
    errno.EPERM: ("a folder that cannot be written", "a folder with the right to write"),
    errno.EROFS: ("a disk that can only be read", "a disk that can be written"),
    errno.ENOTDIR: ("a path through a file", "a path through folders"),
    errno.EEXIST: ("a path through a file", "a path through folders"),
    errno.ENAMETOOLONG: ("a name that is too long", "a shorter one"),
}


def write_whole(pieces: Iterable[bytes], path: Path, *, overwrite: bool = False) -> None:
    """Write a file beside its place and then put it there, so that nobody ever sees a part of it.

    Raises `InputError` for a path where something is, unless it is a file and `overwrite` is set; `ExportError` where
    it cannot be written. Then what was there is as it was, and nothing else is left.
    """
    target = free(path, overwrite=overwrite)
    with _growing(target, path) as growing:
        _fill(growing, pieces, path)
        with _in_words(path):
            growing.replace(target)


class Filling(NamedTuple):
    """A folder that is being filled, and the path that it will have."""

    folder: Path
    named: Path

    def put(self, name: str, pieces: Iterable[bytes]) -> Path:
        """Write a file into the folder and give where it stands for now; raises `ExportError`."""
        _fill(self.folder / name, pieces, self.named)
        return self.folder / name


@contextlib.contextmanager
def whole_folder(path: Path) -> Iterator[Filling]:
    """Give a folder to be filled, which takes its place when it is done; raises as `write_whole` does."""
    target = free(path, overwrite=False)
    with _growing(target, path) as growing:
        with _in_words(path):
            growing.mkdir()
        yield Filling(growing, path)
        with _in_words(path):
            growing.rename(target)


def chunks(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Give the same bytes in pieces of 64 KB or more, but for the last."""
    held: list[bytes] = []
    size = 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size >= _CHUNK:
            yield b"".join(held)
            held, size = [], 0
    if held:
        yield b"".join(held)


def free(path: Path, *, overwrite: bool) -> Path:
    """Give the path to write to, where links lead; raises `InputError` for one where something is that must stay."""
    target = path.resolve()
    if target.exists() and not (overwrite and target.is_file()):
        what = "a file that is there" if target.is_file() else "something that is there and no file"
        allowed = "a path where nothing is" + (", or --overwrite" if target.is_file() else "")
        raise InputError("out", f"{path} ({what})", allowed)
    return target


@contextlib.contextmanager
def _growing(target: Path, named: Path) -> Iterator[Path]:
    """Give a path beside a place for what is not whole yet, which is cleared away at the end."""
    growing = target.with_name(f".{target.name[:_NAME_LENGTH]}.{secrets.token_hex(4)}.part")
    with _in_words(named):
        target.parent.mkdir(parents=True, exist_ok=True)
    try:
        yield growing
    finally:
        if growing.is_dir():
            shutil.rmtree(growing, ignore_errors=True)
        else:
            with contextlib.suppress(OSError):
                growing.unlink()


def _fill(place: Path, pieces: Iterable[bytes], named: Path) -> None:
    with _in_words(named):
        # no buffer of its own: it would hide that the disk is full until it is closed
        file = place.open("xb", buffering=0)
    with file:
        for chunk in chunks(pieces):
            _write(file, chunk, named)
        with _in_words(named):
            os.fsync(file.fileno())


def _write(file: FileIO, chunk: bytes, named: Path) -> None:
    left = memoryview(chunk)
    while left:
        with _in_words(named):
            left = left[file.write(left) :]


@contextlib.contextmanager
def _in_words(path: Path) -> Iterator[None]:
    """Turn an error of the system into an `ExportError` that names the path."""
    try:
        yield
    except OSError as error:
        received, allowed = _WORDS.get(
            error.errno or 0, (error.strerror or str(error), "a path that can be written")
        )
        raise ExportError(str(path), received, allowed) from error
