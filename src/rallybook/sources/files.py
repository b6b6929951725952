"""Articles from files, folders and standard input."""

from __future__ import annotations

import datetime as dt
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from rallybook.errors import SourceError
from rallybook.model.article import Article, article_id
from rallybook.model.outcome import Failure
from rallybook.model.waiting import Item
from rallybook.sources.datasets import DataSets
from rallybook.sources.encodings import MOST_BYTES, MOST_PAGE_BYTES, binary, decode, decode_page, encoding
from rallybook.sources.packed import packing_in_words, unpacked_files
from rallybook.sources.pages import from_page, looks_like_page
from rallybook.sources.paths import ARCHIVES, SUFFIXES, files, suffix_of
from rallybook.sources.rows import STAGE, from_row, shown, text_problem
from rallybook.sources.streams import head, rejoined
from rallybook.sources.tables import RowReader, csv_rows, json_rows, short_lines

if TYPE_CHECKING:
    from rallybook.sources.warc import PageReader

_STDIN = "-"
_ROWS = {".jsonl": json_rows, ".csv": csv_rows}
_PAGES = (".html", ".htm")
_JSON_OPENS = re.compile(r'\s*\{\s*"')
_HEADING = re.compile(r"\s*#[ \t]+(\S[^\n]*)")


class FileSource:
    """Reads the articles of files and folders one by one; `-` stands for standard input."""

    def __init__(
        self,
        paths: Sequence[str],
        *,
        published: dt.date | None = None,
        stdin: BinaryIO | None = None,
        rows: RowReader = from_row,
        datasets: DataSets | None = None,
        pages: PageReader | None = None,
    ) -> None:
        """Take paths of files and folders; `published` is the date of what carries none itself.

        `rows` reads the rows of tables, other than as articles; `datasets` files of other data sets; `pages` the pages
        of archives, other than whole and at once.
        """
        self._paths = tuple(paths)
        self._published = published
        self._stdin = stdin
        self._rows = rows
        self._datasets = datasets or DataSets()
        self._pages = pages

    def articles(self) -> Iterator[Item]:
        """Give the articles in the order of the paths; what cannot be read comes as a failure naming it."""
        for path in self._paths:
            try:
                if path == _STDIN:
                    yield from self._opened(self._stdin or sys.stdin.buffer, "stdin", "")
                else:
                    for file in files(path, tables=bool(self._datasets.forced)):
                        yield from self._file(file)
            except SourceError as error:
                yield Failure(error.origin, STAGE, str(error))

    def _file(self, file: Path) -> Iterator[Item]:
        # a name that is no UTF-8 must not break the message about it
        origin = str(file).encode("utf-8", "replace").decode()
        try:
            with file.open("rb") as stream:
                suffix = suffix_of(file)
                if self._datasets.forced or suffix not in SUFFIXES:
                    yield from self._dataset(stream, origin)
                elif suffix in ARCHIVES:
                    yield from self._archived(stream, origin, suffix)
                else:
                    yield from self._opened(stream, origin, suffix)
        except OSError as error:
            yield Failure(origin, STAGE, f"{origin}: cannot be read ({error.strerror or error})")

    def _archived(self, stream: BinaryIO, origin: str, suffix: str) -> Iterator[Item]:
        from rallybook.sources.warc import archived, read_page  # noqa: PLC0415 - 0.1 s that only archives need

        read = self._pages or read_page
        try:
            yield from archived(stream, origin, suffix, published=self._published, read=read)
        except SourceError as error:
            yield Failure(error.origin, STAGE, str(error))

    def _dataset(self, packed: BinaryIO, origin: str) -> Iterator[Article | Failure]:
        """Give the rows of the table in a file, or of each in an archive."""
        try:
            with packing_in_words(origin):
                for stream, name in unpacked_files(packed, origin):
                    yield from self._table(head(stream), stream, name)
        except SourceError as error:
            yield Failure(error.origin, STAGE, str(error))

    def _guessed(self, beginning: bytes, stream: BinaryIO, origin: str) -> Iterator[Article | Failure]:
        try:
            yield from self._table(beginning, stream, origin)
        except SourceError as error:
            yield Failure(error.origin, STAGE, str(error))

    def _table(self, beginning: bytes, stream: BinaryIO, origin: str) -> Iterator[Article | Failure]:
        first = decode(beginning).partition("\n")[0]
        of = self._datasets.table_of(first)
        if not of:
            raise SourceError(
                origin, f"received {shown(first)}, allowed: a table that is asked for by its name"
            )
        whole = rejoined(beginning, stream)
        rows = short_lines(whole, origin, encoding(beginning))
        yield from self._datasets.rows(rows, origin, of)

    def _opened(self, stream: BinaryIO, origin: str, suffix: str) -> Iterator[Article | Failure]:
        if self._datasets.forced:
            yield from self._dataset(stream, origin)
            return
        beginning = head(stream)
        what = binary(beginning) if beginning.strip() else "nothing (it is empty)"
        if what:
            yield Failure(origin, STAGE, f"{origin}: received {what}, allowed: text")
            return
        suffix = suffix or _kind(beginning)
        if suffix in (".csv", ".txt") and self._datasets.table_of(decode(beginning).partition("\n")[0]):
            yield from self._guessed(beginning, stream, origin)
            return
        whole = rejoined(beginning, stream)
        try:
            if rows := _ROWS.get(suffix):
                yield from rows(
                    whole,
                    origin,
                    encoding=encoding(beginning),
                    published=self._published,
                    read=self._rows,
                )
            else:
                yield self._document(whole, origin, suffix)
        except SourceError as error:
            yield Failure(error.origin, STAGE, str(error))

    def _document(self, stream: BinaryIO, origin: str, suffix: str) -> Article:
        page = suffix in _PAGES
        most = MOST_PAGE_BYTES if page else MOST_BYTES
        raw = stream.read(most + 1)
        if len(raw) > most:
            raise SourceError(origin, f"received more than {most:,} bytes, allowed: up to that")
        if page:
            return from_page(decode_page(raw), origin, published=self._published)
        text = decode(raw)
        if problem := text_problem(text):
            raise SourceError(origin, f"text: {problem}")
        heading = _HEADING.match(text[:2000]) if suffix == ".md" else None
        title = heading[1].rstrip(" \t\r#") if heading else ""
        return Article(id=article_id(text), text=text, title=title, published=self._published)


def _kind(beginning: bytes) -> str:
    """Tell what comes from a stream without a name, as the suffix that a file of it would have."""
    text = decode(beginning)
    if _JSON_OPENS.match(text):
        return ".jsonl"
    return ".html" if looks_like_page(text) else ".txt"
