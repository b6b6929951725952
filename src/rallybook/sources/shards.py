"""Large inputs cut into shards: each can be read alone, and is the same shard in the next run."""

from __future__ import annotations

import datetime as dt
import io
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from rallybook.errors import SourceError
from rallybook.model.outcome import Failure
from rallybook.model.shard import Part, Shard
from rallybook.model.waiting import Item
from rallybook.sources.encodings import binary, encoding
from rallybook.sources.files import FileSource
from rallybook.sources.paths import files, suffix_of
from rallybook.sources.rows import STAGE, from_row
from rallybook.sources.streams import head
from rallybook.sources.tables import RowReader, json_rows

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

    from rallybook.sources.warc import PageReader

_LINES, _ARCHIVE = ".jsonl", ".warc.gz"
# lines can be told apart byte by byte
_PLAIN = ("utf-8", "utf-8-sig", "cp1252")
_PIECE = 1 << 20
# enough of a record that its first line comes out
_OPENING = 512


class Sizes(NamedTuple):
    """How large shards are, in bytes: some hundred pages, some eighty articles; little is done again after a stop."""

    archive: int = 4 << 20
    lines: int = 1 << 18
    small: int = 1 << 18


def shards(paths: Iterable[str], sizes: Sizes = Sizes()) -> Iterator[Shard | Failure]:  # noqa: B008 - frozen
    """Give the shards of files and folders in their order, and a failure for what is none.

    Files of JSON lines are cut at ends of lines and `.warc.gz` files between records, at places that depend only on
    what stands before them; small files come together, by their names. Other files are a shard each.
    """
    held: list[Part] = []
    weight = 0
    for found in _files(paths):
        if isinstance(found, Failure):
            yield found
            continue
        file, size = found
        suffix = suffix_of(file)
        if suffix in (_LINES, _ARCHIVE) and size > (sizes.lines if suffix == _LINES else sizes.archive):
            yield from (Shard((part,)) for part in _cut(file, suffix, sizes))
            continue
        # a file that is new changes the group that it is in, and none behind it
        if held and (
            weight + size > sizes.small or zlib.crc32(file.name.encode("utf-8", "replace")) % 32 == 0
        ):
            yield Shard(tuple(held))
            held, weight = [], 0
        held.append(Part(str(file)))
        weight += size
    if held:
        yield Shard(tuple(held))


def large(paths: Sequence[str], *, most_bytes: int, most_files: int) -> bool:
    """Tell whether files and folders have more bytes, or are more files, than these.

    What is large and cannot be cut does not count: as a shard it would keep one worker busy, and the others idle.
    """
    total = 0
    for count, found in enumerate(_files(paths), 1):
        if not isinstance(found, Failure):
            file, size = found
            total += size if suffix_of(file) in (_LINES, _ARCHIVE) or size <= Sizes().archive else 0
        if total > most_bytes or count > most_files:
            return True
    return False


def read_part(
    part: Part,
    *,
    published: dt.date | None = None,
    pages: PageReader | None = None,
    rows: RowReader = from_row,
) -> Iterator[Item]:
    """Give the articles of a part, and what cannot be read of it, as the whole file would give them.

    `pages` reads the pages of archives, other than whole; `rows` reads the rows of tables.
    """
    if part.end is None:
        yield from FileSource([part.path], published=published, pages=pages, rows=rows).articles()
        return
    origin = part.path.encode("utf-8", "replace").decode()
    try:
        with Path(part.path).open("rb") as file:
            if suffix_of(Path(part.path)) == _ARCHIVE:
                from rallybook.sources.warc import archived, read_page  # noqa: PLC0415 - 0.1 s that only archives need

                stream = io.BufferedReader(_Range(file, 0, part.end))
                yield from archived(
                    stream,
                    origin,
                    _ARCHIVE,
                    published=published,
                    start=part.start,
                    read=pages or read_page,
                )
            else:
                stream = io.BufferedReader(_Range(file, part.start, part.end))
                yield from json_rows(
                    stream, origin, encoding=part.encoding, published=published, read=rows, before=part.lines
                )
    except OSError as error:
        yield Failure(origin, STAGE, f"{origin}: cannot be read ({error.strerror or error})")
    except SourceError as error:
        # blank lines, where there are rows before or behind
        if "no rows" not in error.reason:
            yield Failure(error.origin, STAGE, str(error))


def content(part: Part) -> Iterator[bytes]:
    """Give the bytes of a part, piece by piece; raises `OSError`."""
    with Path(part.path).open("rb") as file:
        stream = file if part.end is None else io.BufferedReader(_Range(file, part.start, part.end))
        while piece := stream.read(_PIECE):
            yield piece


def _files(paths: Iterable[str]) -> Iterator[tuple[Path, int] | Failure]:
    for path in paths:
        try:
            for file in files(path):
                try:
                    size = file.stat().st_size
                except OSError:
                    size = 0  # whoever reads it says why it cannot be read
                yield file, size
        except SourceError as error:
            yield Failure(error.origin, STAGE, str(error))


def _cut(file: Path, suffix: str, sizes: Sizes) -> Iterator[Part]:
    """Give the parts of a large file; it is one where it cannot be cut, or not be read."""
    try:
        with file.open("rb") as stream:
            if suffix == _ARCHIVE:
                yield from _parts(str(file), _records(stream, sizes.archive))
                return
            beginning = head(stream)
            code = encoding(beginning)
            if code not in _PLAIN or binary(beginning):
                yield Part(str(file))
                return
            yield from _parts(str(file), _line_ends(stream, sizes.lines), code)
    except OSError:
        yield Part(str(file))


def _parts(path: str, cuts: Iterable[tuple[int, int]], code: str = "") -> Iterator[Part]:
    start = lines = 0
    for end, before in cuts:
        if end > start:
            yield Part(path, start, end, lines, code)
            start, lines = end, before


def _line_ends(stream: BinaryIO, size: int) -> Iterator[tuple[int, int]]:
    """Give the place behind the first line that ends after each `size` bytes, and how many lines end before it."""
    stream.seek(0)
    at = lines = 0
    wanted = size
    while piece := stream.read(_PIECE):
        base, counted = at, 0
        while (cut := piece.find(b"\n", max(wanted - base - 1, 0)) + 1) and base + cut >= wanted:
            lines += piece.count(b"\n", counted, cut)
            counted = cut
            yield base + cut, lines
            wanted = base + cut + size
        lines += piece.count(b"\n", counted)
        at += len(piece)
    yield at, lines


def _records(stream: BinaryIO, size: int) -> Iterator[tuple[int, int]]:
    """Give the place of the first record that begins after each `size` bytes."""
    from rallybook.sources.warc import next_mark  # noqa: PLC0415 - 0.1 s that only archives need

    length = stream.seek(0, io.SEEK_END)
    at: int | None = size
    while at is not None and at < length:
        at = next_mark(stream, at, _ARCHIVE)
        if at is None:
            break
        stream.seek(at)
        if not _opens_record(stream.read(_OPENING)):
            at += 1
            continue
        yield at, 0
        at += size
    yield length, 0


def _opens_record(raw: bytes) -> bool:
    """Tell whether a member of gzip begins here that holds a record: other bytes may look like its mark."""
    try:
        return zlib.decompressobj(31).decompress(raw, 64).startswith(b"WARC/")
    except zlib.error:
        return False


class _Range(io.RawIOBase):
    """The bytes of a file from a place up to another; places are counted as in the file."""

    def __init__(self, file: BinaryIO, start: int, end: int) -> None:
        self._file = file
        self._end = end
        self._at = file.seek(start)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, place: int, whence: int = io.SEEK_SET, /) -> int:
        place += {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._end}[whence]
        self._at = self._file.seek(place)
        return self._at

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        piece = self._file.read(min(len(view), max(self._end - self._at, 0)))
        self._at += len(piece)
        view[: len(piece)] = piece
        return len(piece)
