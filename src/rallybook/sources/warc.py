"""Web archives (WARC, ISO 28500) as articles: one of each HTML page that a crawler was given."""

from __future__ import annotations

import datetime as dt
import io
import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO, NamedTuple, Protocol

from fastwarc.stream_io import BrotliReader, ChunkedReader
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from rallybook.errors import SourceError
from rallybook.model.article import Article
from rallybook.model.outcome import Failure, SetAside, Unread
from rallybook.model.waiting import Found, Item
from rallybook.sources import pages
from rallybook.sources.addresses import printable
from rallybook.sources.compression import CODINGS, GZIP_MARK, UnpackError, unpacked
from rallybook.sources.encodings import MOST_PAGE_BYTES, binary, decode_page
from rallybook.sources.page_words import words_of
from rallybook.sources.pages import Visit, article_of, text_of, tree_of
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


class Screen(Protocol):
    """Tells why a page need not be read further; "" where it must be."""

    def of_page(self, pieces: Sequence[str], /) -> Unread:
        """Tell it by the pieces of text that a page shows."""
        ...

    def of_text(self, text: str, /) -> Unread:
        """Tell it by the main text."""
        ...


class ArchivedPage(NamedTuple):
    """A page as it stands in an archive: where, and what the server and the crawler said of it."""

    where: str
    url: str
    payload: bytes
    transfer: str
    coding: str
    charset: str
    seen: dt.date | None
    published: dt.date | None


# gives the article of a page, or puts that off
PageReader = Callable[[ArchivedPage], Item]


class Piece(NamedTuple):
    """A stretch of an archive, in bytes from its beginning: a record with its payload, or why there is none."""

    at: int
    record: WarcRecord | None = None
    payload: bytes = b""
    damage: str = ""


def read_page(page: ArchivedPage, screen: Screen | None = None) -> Found:
    """Give the article of a page; a page that `screen` tells not to be read further is set aside."""
    try:
        return _read(page, screen)
    except SourceError as error:
        return Failure(page.where, STAGE, str(error))


def _read(page: ArchivedPage, screen: Screen | None) -> Article | SetAside:
    origin = f"{page.where} ({printable(page.url)[:200]})"
    raw = _body(page, origin)
    if what := binary(raw):
        raise SourceError(origin, f"received {what}, allowed: a page")
    tree = tree_of(decode_page(raw, page.charset), origin)
    if screen and (why := screen.of_page(words_of(tree))):
        return SetAside(page.where, why)
    text = text_of(tree, origin)
    if screen and (why := screen.of_text(text)):
        return SetAside(page.where, why)
    # crawlers tell UTC, and in Auckland it is tomorrow already
    latest = page.seen + dt.timedelta(days=1) if page.seen else None
    return article_of(tree, text, Visit(page.url, latest, page.seen or page.published), origin)


def archived(
    stream: BinaryIO,
    origin: str,
    suffix: str,
    *,
    published: dt.date | None,
    start: int = 0,
    read: PageReader = read_page,
) -> Iterator[Item]:
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
            yield read(_page(piece.record, piece.payload, where, published))
    if not found:
        raise SourceError(origin, "no records in it")


def is_page(record: WarcRecord) -> bool:
    """Tell whether a record holds an HTML page that a server gave."""
    if record.record_type != WarcRecordType.response or record.http_headers is None:
        return False
    return record.http_headers.status_code == 200 and record.http_content_type in pages.TYPES


def _page(record: WarcRecord, payload: bytes, where: str, published: dt.date | None) -> ArchivedPage:
    return ArchivedPage(
        where=where,
        url=(record.headers.get("WARC-Target-URI") or "").strip("<>"),
        payload=payload,
        transfer=_header(record, "Transfer-Encoding"),
        coding=_header(record, "Content-Encoding"),
        charset=record.http_charset or "",
        seen=record.record_date.date() if record.record_date else None,
        published=published,
    )


def _body(page: ArchivedPage, origin: str) -> bytes:
    """Give the page that a payload holds; some crawlers have unpacked it and kept the headers."""
    raw = page.payload
    try:
        if page.transfer == "chunked" and _CHUNK.match(raw):
            raw = ChunkedReader(io.BytesIO(raw)).read(MOST_PAGE_BYTES + 1)
        if page.coding in CODINGS and (page.coding == "deflate" or raw.startswith(GZIP_MARK)):
            raw = unpacked((raw,), page.coding, MOST_PAGE_BYTES)
        elif page.coding == "br":
            raw = BrotliReader(io.BytesIO(raw)).read(MOST_PAGE_BYTES + 1)
    except (OSError, UnpackError) as error:
        raise SourceError(origin, f"body: received {error}, allowed: whole pages") from error
    if len(raw) > MOST_PAGE_BYTES:
        raise SourceError(origin, f"received more than {MOST_PAGE_BYTES:,} bytes, allowed: up to that")
    return raw


def _header(record: WarcRecord, name: str) -> str:
    return (record.http_headers.get(name) or "").strip().lower() if record.http_headers is not None else ""


def pieces(stream: BinaryIO, suffix: str, start: int = 0) -> Iterator[Piece]:
    """Give the records of an archive; after damage go on with the next record, and tell of it once."""
    at: int | None = start
    damaged = False
    while at is not None:
        last = at
        for piece in _stretch(stream, at, suffix):
            last = piece.at
            if piece.record is not None or not damaged:
                yield piece
            damaged = piece.record is None
        # also where all seemed well: what is cut off within its headers is passed over in silence
        at = next_mark(stream, last + 1, suffix)


def _stretch(stream: BinaryIO, start: int, suffix: str) -> Iterator[Piece]:
    """Give the records from a place on, up to the first that cannot be read whole."""
    stream.seek(start)
    at = start
    held: Piece | None = None
    try:
        for record in ArchiveIterator(stream, fsspec_args=False):
            if held:
                yield held
                held = None
            # counted from the beginning of the file, also where reading began within it
            at = record.stream_pos
            payload = record.reader.read(MOST_PAGE_BYTES + 1)
            # what is longer is not read on, and a record that says to be is not held in memory
            whole = len(payload) >= min(record.content_length, MOST_PAGE_BYTES + 1)
            if not whole or not record.headers.get("Content-Length"):
                yield Piece(at, damage="a record that ends early")
                return
            held = Piece(at, record, payload)
    except OSError as error:
        if held:
            yield (
                held
                if _intact(stream, held.at, suffix)
                else Piece(held.at, damage="a record that ends early")
            )
        yield Piece(at, damage=f"no record that can be read ({printable(str(error))[:100]})")
    else:
        if held:
            yield held
        elif at == start and start:
            yield Piece(at, damage="a record that ends early")


def _intact(stream: BinaryIO, at: int, suffix: str) -> bool:
    """Tell whether the record at a place, behind which none could be read, is what was packed.

    Of a member of gzip that is cut off, unpacking goes on into the next one, and gives noise for a while.
    """
    if suffix != ".warc.gz":
        return True
    stream.seek(at)
    unpack = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        while not unpack.eof and (packed := unpack.unconsumed_tail or stream.read(_PIECE)):
            unpack.decompress(packed, _PIECE)
    except zlib.error:
        return False
    return unpack.eof


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
