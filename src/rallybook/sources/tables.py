"""JSON Lines and CSV files as rows."""

from __future__ import annotations

import csv
import datetime as dt
import itertools
import json
import sys
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, BinaryIO, Protocol

from rallybook.errors import SourceError
from rallybook.model.article import Article
from rallybook.model.outcome import Failure
from rallybook.sources.rows import STAGE, from_row, shown
from rallybook.sources.streams import LONGEST_LINE, lines

if TYPE_CHECKING:
    from _csv import Reader as _Reader

_TOO_LONG = f"received a line of more than {LONGEST_LINE:,} characters, allowed: up to that"
_NOT_READ = "the rest of the file was not read"
_COLUMNS = "text, id, title, published, url, source, language"


class RowReader(Protocol):
    """Reads one row; `origin` is the name of the table with the number of the line."""

    def __call__(
        self, row: Mapping[str, object], origin: str, *, published: dt.date | None = None
    ) -> Iterator[Article | Failure]:
        """Give the article of a row, and what failed in it."""
        ...


def json_rows(
    stream: BinaryIO,
    origin: str,
    *,
    encoding: str,
    published: dt.date | None,
    read: RowReader = from_row,
    before: int = 0,
) -> Iterator[Article | Failure]:
    """Give the articles of a JSON Lines stream; a wrong line gives a failure that names its number.

    `before` is how many lines stand before the stream.

    Raises `SourceError` where there is no row at all.
    """
    rows = 0
    for number, line in lines(stream, encoding, before):
        where = f"{origin}:{number}"
        rows += line is None or not line.isspace()
        if line is None:
            yield Failure(where, STAGE, f"{where}: {_TOO_LONG}")
        elif not line.isspace():
            row = _decoded(line)
            if isinstance(row, dict):
                yield from read(row, where, published=published)
            else:
                yield Failure(where, STAGE, f"{where}: row: received {row}, allowed: a JSON object with text")
    if not rows:
        raise SourceError(origin, "no rows in it")


def _decoded(line: str) -> dict[str, object] | str:
    """Give the JSON object of a line, or words for what it is instead."""
    try:
        # not msgspec: it refuses the lone surrogates that posts on social media come with
        row = json.loads(line)
    except json.JSONDecodeError as error:
        rest = line[error.pos :][:20].rstrip()
        there = shown(rest) if rest else "the end of the line"
        return f"no JSON ({error.msg.removesuffix(' at')} at character {error.pos + 1}: {there})"
    except RecursionError:
        return "no JSON that can be read (brackets within brackets, too many)"
    except ValueError:  # Python turns no longer words into a number, lest it take for ever
        return f"no JSON that can be read (a number of more than {sys.get_int_max_str_digits():,} digits)"
    return row if isinstance(row, dict) else shown(row)


def csv_rows(
    stream: BinaryIO,
    origin: str,
    *,
    encoding: str,
    published: dt.date | None,
    read: RowReader = from_row,
) -> Iterator[Article | Failure]:
    """Give the articles of a CSV stream whose first line names the columns, one of them `text`.

    Raises `SourceError` where that line is missing, and where the rest cannot be told apart into rows.
    """
    csv.field_size_limit(LONGEST_LINE)
    text = short_lines(stream, origin, encoding)
    header = next(text, "")
    reader = csv.reader(itertools.chain((header,), text), delimiter=_delimiter(header))
    number = None
    for number, row in _rows(reader, origin):
        yield from read(row, f"{origin}:{number}", published=published)
    if number is None:
        raise SourceError(origin, "no rows below the first line")


def _rows(reader: _Reader, origin: str) -> Iterator[tuple[int, dict[str, object]]]:
    try:
        columns = [name.strip().lower() for name in next(reader)]
        _check(columns, origin)
        for cells in reader:
            if any(cells):
                yield reader.line_num, dict(zip(columns, cells, strict=False))
    except csv.Error as error:
        raise SourceError(f"{origin}:{reader.line_num}", f"{error}; {_NOT_READ}") from error


def _check(columns: list[str], origin: str) -> None:
    if "text" not in columns:
        received = f"first line: received {shown(columns)}"
        raise SourceError(origin, f"{received}, allowed: columns of {_COLUMNS}; text is needed")


def short_lines(stream: BinaryIO, origin: str, encoding: str) -> Iterator[str]:
    """Give the lines of a table; raises `SourceError` for one that is too long to be held."""
    for number, line in lines(stream, encoding):
        if line is None:
            raise SourceError(f"{origin}:{number}", f"{_TOO_LONG}; {_NOT_READ}")
        yield line


def _delimiter(header: str) -> str:
    """Tell the mark that parts the columns: a comma, or what stands more often in the first line."""
    return max(",;\t|", key=header.count)
