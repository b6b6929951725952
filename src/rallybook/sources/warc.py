"""Web archives (WARC, ISO 28500) as articles: one of each HTML page that a crawler was given."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from fastwarc.stream_io import BrotliReader, ChunkedReader
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from rallybook.errors import SourceError
from rallybook.model.article import Article
from rallybook.model.outcome import Failure
from rallybook.sources import pages
from rallybook.sources.addresses import printable
from rallybook.sources.compression import CODINGS, GZIP_MARK, UnpackError, unpacked
from rallybook.sources.encodings import MOST_PAGE_BYTES, binary, decode_page
from rallybook.sources.pages import from_page
from rallybook.sources.rows import STAGE

# by what a record may begin: a member of gzip (with flags that are in use), a frame of zstd, a version and a header;
# of random bytes one in 700 million looks like the first
_MARKS = {
    ".warc.gz": re.compile(rb"\x1f\x8b\x08[\x00\x04\x08\x0c\x10\x18]"),
    ".warc.zst": re.compile(rb"\x28\xb5\x2f\xfd"),
    ".warc": re.compile(rb"WARC/1\.[01]\r\n[A-Za-z][\w-]*:"),
}
_LONGEST_MARK = 64
_CHUNK = re.compile(rb"[0-9a-fA-F]{1,8}[ \t]*(?:;[^\r\n]*)?\r\n")
_PIECE = 1 << 20


class Piece(NamedTuple):
    """A stretch of an archive, in bytes from its beginning: a record with its payload, or why there is none."""

    at: int
    record: WarcRecord | None = None
    payload: bytes = b""
    damage: str = ""


def archived(
    stream: BinaryIO, origin: str, suffix: str, *, published: dt.date | None, start: int = 0
) -> Iterator[Article | Failure]:
    """Give the articles of an archive as they come; what is broken in it gives a failure, and the rest goes on.

    It is read from the byte `start` on. A page that tells no day of publication has the day on which it was
    visited, else `published`. Raises `SourceError` where there is no record at all.
    """
    found = False
    for piece in pieces(stream, suffix, start):
        where = f"{origin}@{piece.at}"
        found = found or piece.record is not None
        if piece.record is None:
            yield Failure(where, STAGE, f"{where}: {piece.damage}")
        elif is_page(piece.record):
            try:
                yield _article(piece.record, piece.payload, where, published)
            except SourceError as error:
                yield Failure(where, STAGE, str(error))
    if not found:
        raise SourceError(origin, "no records in it")


def is_page(record: WarcRecord) -> bool:
    """Tell whether a record holds an HTML page that a server gave."""
    if record.record_type != WarcRecordType.response or record.http_headers is None:
        return False
    return record.http_headers.status_code == 200 and record.http_content_type in pages.TYPES


def _article(record: WarcRecord, payload: bytes, where: str, published: dt.date | None) -> Article:
    url = (record.headers.get("WARC-Target-URI") or "").strip("<>")
    where = f"{where} ({printable(url)[:200]})"
    raw = _body(record, payload, where)
    if what := binary(raw):
        raise SourceError(where, f"received {what}, allowed: a page")
    seen = record.record_date.date() if record.record_date else None
    # crawlers tell UTC, and in Auckland it is tomorrow already
    latest = seen + dt.timedelta(days=1) if seen else None
    text = decode_page(raw, record.http_charset or "")
    return from_page(text, where, published=seen or published, url=url, seen=latest)


def _body(record: WarcRecord, payload: bytes, where: str) -> bytes:
    """Give the page that a payload holds; some crawlers have unpacked it and kept the headers."""
    transfer, coding = _header(record, "Transfer-Encoding"), _header(record, "Content-Encoding")
    raw = payload
    try:
        if transfer == "chunked" and _CHUNK.match(raw):
            raw = ChunkedReader(io.BytesIO(raw)).read(MOST_PAGE_BYTES + 1)
        if coding in CODINGS and (coding == "deflate" or raw.startswith(GZIP_MARK)):
            raw = unpacked((raw,), coding, MOST_PAGE_BYTES)
        elif coding == "br":
            raw = BrotliReader(io.BytesIO(raw)).read(MOST_PAGE_BYTES + 1)
    except (OSError, UnpackError) as error:
        raise SourceError(where, f"body: received {error}, allowed: whole pages") from error
    if len(raw) > MOST_PAGE_BYTES:
        raise SourceError(where, f"received more than {MOST_PAGE_BYTES:,} bytes, allowed: up to that")
    return raw


def _header(record: WarcRecord, name: str) -> str:
    return (record.http_headers.get(name) or "").strip().lower() if record.http_headers is not None else ""


def pieces(stream: BinaryIO, suffix: str, start: int = 0) -> Iterator[Piece]:
    """Give the records of an archive; after damage go on with the next record, and tell of it once."""
    at: int | None = start
    damaged = False
    while at is not None:
        last = at
        for piece in _stretch(stream, at):
            last = piece.at
            if piece.record is not None or not damaged:
                yield piece
            damaged = piece.record is None
        # also where all seemed well: what is cut off within its headers is passed over in silence
        at = next_mark(stream, last + 1, suffix)


def _stretch(stream: BinaryIO, start: int) -> Iterator[Piece]:
    """Give the records from a place on, up to the first that cannot be read whole."""
    stream.seek(start)
    at, found = start, False
    try:
        for record in ArchiveIterator(stream, fsspec_args=False):
            at, found = record.stream_pos, True
            payload = record.reader.read(MOST_PAGE_BYTES + 1)
            # what is longer is not read on, and a record that says to be is not held in memory
            whole = len(payload) >= min(record.content_length, MOST_PAGE_BYTES + 1)
            if not whole or not record.headers.get("Content-Length"):
                yield Piece(at, damage="a record that ends early")
                return
            yield Piece(at, record, payload)
    except OSError as error:
        yield Piece(at, damage=f"no record that can be read ({printable(str(error))[:100]})")
    else:
        if not found and start:
            yield Piece(at, damage="a record that ends early")


def next_mark(stream: BinaryIO, start: int, suffix: str) -> int | None:
    """Give the place of the next mark of a record, None where there is none."""
    stream.seek(start)
    at, rest = start, b""
    while piece := stream.read(_PIECE):
        seen = rest + piece
        if found := _MARKS[suffix].search(seen):
            return at + found.start()
        rest = seen[-_LONGEST_MARK:]
        at += len(seen) - len(rest)
    return None
