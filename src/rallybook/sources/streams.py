"""Byte streams that are read piece by piece: their beginning, and their lines."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from rallybook.sources.encodings import MOST_CHARACTERS

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

# a text may come in JSON escapes (\u0416), six characters for one; the rest of the row has room beside it
LONGEST_LINE = 8 * MOST_CHARACTERS
_HEAD = 65_536


def head(stream: BinaryIO) -> bytes:
    """Read the beginning: at least the first line that is not blank, if it is short."""
    read = b""
    while len(read) < _HEAD and b"\n" not in read.lstrip():
        piece = _some(stream, _HEAD - len(read))
        if not piece:
            break
        read += piece
    return read


def rejoined(beginning: bytes, stream: BinaryIO) -> BinaryIO:
    """Give the whole stream again, of which the beginning has been read; it leaves the stream open."""
    return io.BufferedReader(_Rejoined(beginning, stream), _HEAD)


def lines(stream: BinaryIO, encoding: str, before: int = 0) -> Iterator[tuple[int, str | None]]:
    """Give the lines with their numbers; None for one that is too long, which is never held whole.

    `before` is how many lines stand before the stream.
    """
    text = io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="\n")
    number = before
    while line := text.readline(LONGEST_LINE):
        number += 1
        whole = len(line) < LONGEST_LINE or line.endswith("\n")
        yield number, line if whole else None
        while not whole and (line := text.readline(LONGEST_LINE)):
            whole = line.endswith("\n")


class _Rejoined(io.RawIOBase):
    def __init__(self, beginning: bytes, stream: BinaryIO) -> None:
        self._beginning = beginning
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        piece = self._beginning[: len(view)] or _some(self._stream, len(view))
        self._beginning = self._beginning[len(piece) :]
        view[: len(piece)] = piece
        return len(piece)


def _some(stream: BinaryIO, most: int) -> bytes:
    """Read what is there, so that a pipe gives its lines as they come."""
    return stream.read1(most) if isinstance(stream, io.BufferedIOBase) else stream.read(most)
