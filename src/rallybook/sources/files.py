"""Articles from files, folders and standard input."""

from __future__ import annotations

import csv
import datetime as dt
import io
import itertools
import json
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from rallybook.errors import SourceError
from rallybook.model.article import Article, article_id
from rallybook.model.outcome import Failure
from rallybook.sources.encodings import MOST_BYTES, MOST_CHARACTERS, binary, decode, encoding
from rallybook.sources.pages import from_page, looks_like_page
from rallybook.sources.paths import files
from rallybook.sources.rows import STAGE, from_row, shown, text_problem

_STDIN = "-"
# a text may come in JSON escapes (\u0416), six bytes a character; the rest of the row has room beside it
_LONGEST_ROW = 8 * MOST_CHARACTERS
_SAMPLE = 65_536
_ALLOWED = f", allowed: up to {_LONGEST_ROW:,}"
_JSON_OPENS = re.compile(r'\s*\{\s*"')
_HEADING = re.compile(r"\s*#[ \t]+([^\n]+?)[ \t#]*\r?(?:\n|\Z)")
_COLUMNS = "text, id, title, published, url, source, language"

Given = Article | Failure


class FileSource:
    """Reads the articles of files and folders one by one; `-` stands for standard input."""

    def __init__(
        self, paths: Sequence[str], *, published: dt.date | None = None, stdin: BinaryIO | None = None
    ) -> None:
        self._paths = tuple(paths)
        self._published = published
        self._stdin = stdin

    def articles(self) -> Iterator[Given]:
        """Give the articles in the order of the paths; what cannot be read comes as a failure naming it."""
        for path in self._paths:
            if path == _STDIN:
                yield from self._opened("stdin", self._stdin or sys.stdin.buffer, "")
                continue
            found = files(path)
            while True:
                try:
                    file = next(found)
                except StopIteration:
                    break
                except SourceError as error:
                    yield Failure(error.origin, STAGE, str(error))
                    break
                yield from self._file(file)

    def _file(self, file: Path) -> Iterator[Given]:
        try:
            with file.open("rb") as stream:
                yield from self._opened(str(file), stream, file.suffix.lower())
        except OSError as error:
            yield Failure(str(file), STAGE, f"{file}: cannot be read ({error.strerror or error})")

    def _opened(self, origin: str, stream: BinaryIO, suffix: str) -> Iterator[Given]:
        try:
            head = _head(stream)
            if not head.strip():
                raise SourceError(origin, "empty")
            if what := binary(head):
                raise SourceError(origin, f"received {what}, allowed: text")
            whole = io.BufferedReader(_Joined(head, stream), _SAMPLE)
            suffix = suffix or _kind(head)
            if suffix == ".jsonl":
                yield from self._json_rows(origin, whole, encoding(head))
            elif suffix == ".csv":
                yield from self._table(origin, whole, encoding(head))
            else:
                yield self._document(origin, whole, suffix)
        except SourceError as error:
            yield Failure(origin, STAGE, str(error))

    def _json_rows(self, origin: str, stream: io.BufferedReader, code: str) -> Iterator[Given]:
        for number, line in _lines(stream, code):
            where = f"{origin}:{number}"
            if line is None:
                yield Failure(
                    where, STAGE, f"{where}: row: received more than {_LONGEST_ROW:,} characters{_ALLOWED}"
                )
                continue
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except (ValueError, RecursionError) as error:
                yield Failure(where, STAGE, f"{where}: not JSON ({error})")
                continue
            if isinstance(row, dict):
                yield from from_row(row, where, published=self._published)
            else:
                yield Failure(
                    where, STAGE, f"{where}: received {type(row).__name__}, allowed: a JSON object with text"
                )

    def _table(self, origin: str, stream: io.BufferedReader, code: str) -> Iterator[Given]:
        csv.field_size_limit(_LONGEST_ROW)
        lines = _short_lines(stream, code, origin)
        header = next(lines)
        reader = csv.reader(itertools.chain((header,), lines), delimiter=_delimiter(header))
        try:
            columns = [name.strip().lower() for name in next(reader)]
            if "text" not in columns:
                seen = f"the first line names {shown(columns)}"
                raise SourceError(origin, f"no column named text ({seen}); allowed columns: {_COLUMNS}")
            for cells in reader:
                if not any(cells):
                    continue
                where = f"{origin}:{reader.line_num}"
                yield from from_row(dict(zip(columns, cells, strict=False)), where, published=self._published)
        except csv.Error as error:
            raise SourceError(
                origin, f"line {reader.line_num}: {error}; the rest of the file was not read"
            ) from error

    def _document(self, origin: str, stream: io.BufferedReader, suffix: str) -> Article:
        raw = stream.read(MOST_BYTES + 1)
        if len(raw) > MOST_BYTES:
            raise SourceError(
                origin, f"received more than {MOST_BYTES:,} bytes, allowed: up to {MOST_BYTES:,}"
            )
        text = decode(raw)
        if suffix in (".html", ".htm"):
            return from_page(text, origin, published=self._published)
        if problem := text_problem(text):
            raise SourceError(origin, f"text: {problem}")
        title = _leading_title(text) if suffix == ".md" else ""
        return Article(id=article_id(text), text=text, title=title, published=self._published)


class _Joined(io.RawIOBase):
    """A stream from its beginning, some of which has been read already."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self._head = head
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        piece = self._head[: len(buffer)] or _some(self._stream, len(buffer))
        self._head = self._head[len(piece) :]
        buffer[: len(piece)] = piece
        return len(piece)


def _some(stream: BinaryIO, most: int) -> bytes:
    """Read what is there: a pipe gives its lines as they come."""
    return stream.read1(most) if isinstance(stream, io.BufferedIOBase) else stream.read(most)


def _head(stream: BinaryIO) -> bytes:
    """Read at least the first line that is not blank, if it is short."""
    head = b""
    while len(head) < _SAMPLE and b"\n" not in head.lstrip():
        piece = _some(stream, _SAMPLE - len(head))
        if not piece:
            break
        head += piece
    return head


def _kind(head: bytes) -> str:
    """Tell what comes from a stream without a name, as the suffix that a file of it would have."""
    text = decode(head)
    if _JSON_OPENS.match(text):
        return ".jsonl"
    return ".html" if looks_like_page(text) else ".txt"


def _lines(stream: io.BufferedReader, code: str) -> Iterator[tuple[int, str | None]]:
    """Give the lines with their numbers; None for one that is too long, which is never held whole."""
    text = io.TextIOWrapper(stream, encoding=code, errors="replace", newline="\n")
    number = 0
    while line := text.readline(_LONGEST_ROW):
        number += 1
        if len(line) < _LONGEST_ROW or line.endswith("\n"):
            yield number, line
            continue
        while (line := text.readline(_LONGEST_ROW)) and not line.endswith("\n"):
            pass
        yield number, None


def _short_lines(stream: io.BufferedReader, code: str, origin: str) -> Iterator[str]:
    for number, line in _lines(stream, code):
        if line is None:
            raise SourceError(
                origin, f"line {number}: received more than {_LONGEST_ROW:,} characters{_ALLOWED}"
            )
        yield line


def _delimiter(header: str) -> str:
    """Tell the mark that parts the columns: a comma, or what stands more often in the first line."""
    return max(",;\t|", key=header.count)


def _leading_title(text: str) -> str:
    heading = _HEADING.match(text[:2000])
    return heading[1] if heading else ""
