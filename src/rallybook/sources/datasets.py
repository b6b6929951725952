"""Files of other data sets (ACLED, CCC, GDELT, POLECAT): each row of a protest as an article of its own cells."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from rallybook.codebook.tables import TableOf, TableSheet, day_in, table, table_names
from rallybook.errors import SourceError
from rallybook.model.article import Article, article_id
from rallybook.model.outcome import Failure
from rallybook.model.row import Row
from rallybook.sources.rows import STAGE, shown
from rallybook.sources.streams import LONGEST_LINE

_NOT_READ = "the rest of the file was not read"
# so many rows of another width than the table has: it is another table, or has another mark between its columns
_HOPELESS = 100
_DELIMITERS = "\t,;|"
_NAMES = {"\t": "tabs", ",": "commas", ";": "semicolons", "|": "bars"}
# our own files have an apostrophe before what a spreadsheet would run as a formula
_GUARDED = tuple(f"'{mark}" for mark in "=+-@\t\r")


class Told(msgspec.Struct):
    """What became of the rows of a file: the table that they are of, how many there were, how many are no protests."""

    table: str
    rows: int = 0
    passed_over: int = 0


class DataSets:
    """Reads files as tables of other data sets; `told` has what became of each, by its name."""

    def __init__(self, table_name: str = "") -> None:
        """Take the name of the table that all files are of; without one only what is unmistakable is read.

        Raises `InputError` for a name that is none.
        """
        if table_name:
            table(table_name)
        self.forced = table_name
        self.told: dict[str, Told] = {}

    def table_of(self, first_line: str) -> str:
        """Give the name of the table that a file with this first line is of, empty where that is not plain."""
        return self.forced or guessed(first_line)

    def rows(self, lines: Iterable[str], origin: str, name: str) -> Iterator[Article | Failure]:
        """Give the articles of the rows of a table, a failure for each row that is none of its rows.

        Raises `SourceError` where the file is no such table.
        """
        told = self.told.setdefault(origin, Told(table(name).sheet.name))
        yield from _Reading(table(name), origin, told).rows(lines)


def guessed(first_line: str) -> str:
    """Give the table that a file with this first line is plainly of, empty where there is none."""
    cells = _cells_of(first_line)
    names = {cell.casefold() for cell in cells}
    if "text" in names:
        return ""
    for name in table_names():
        sheet = table(name).sheet
        if sheet.known_by and {one.casefold() for one in sheet.known_by} <= names:
            return name
        if not sheet.headed and _looks_headless(first_line.split("\t"), sheet):
            return name
    return ""


def _looks_headless(cells: Sequence[str], sheet: TableSheet) -> bool:
    """Tell whether a row without names is one: as many cells, a number first, a day of eight digits second."""
    return len(cells) in sheet.order and cells[0].isdigit() and cells[1].isdigit() and len(cells[1]) == 8


def _cells_of(line: str) -> list[str]:
    line = line.strip("\ufeff\r\n")
    return next(csv.reader([line], delimiter=_delimiter(line)), [])


def _delimiter(line: str) -> str:
    return max(_DELIMITERS, key=line.count)


class _Columns(NamedTuple):
    """Where the cells of a row stand that are kept, each with its name; and those that are asked for first."""

    kept: tuple[tuple[int, str], ...]
    place: dict[str, int]


class _Reading:
    """One file on its way through."""

    def __init__(self, of: TableOf, origin: str, told: Told) -> None:
        self._of = of
        self._sheet = of.sheet
        self._origin = origin
        self._told = told
        self._names: tuple[str, ...] = ()
        self._columns: dict[int, _Columns] = {}
        self._missing = frozenset(of.sheet.missing)
        rows = of.sheet.rows
        self._ours = frozenset(one.casefold() for one in rows.ours)
        self._others = frozenset(one.casefold() for one in rows.others)

    def rows(self, lines: Iterable[str]) -> Iterator[Article | Failure]:
        """Give what becomes of each row."""
        csv.field_size_limit(LONGEST_LINE)
        rest = iter(lines)
        first = next(rest, "").lstrip("\ufeff")
        mark = _delimiter(first) if self._sheet.headed else "\t"
        reader = self._reader(rest, mark)
        number = 1 if self._sheet.headed else 0
        if self._sheet.headed:
            self._names = self._named(_cells_of(first), mark)
        else:
            reader = self._reader(_with(first, rest), mark)
        wrong = 0
        for cells in self._parsed(reader, number):
            number = reader.line_num + (1 if self._sheet.headed else 0)
            if not any(cells):
                continue
            self._told.rows += 1
            columns = self._columns_of(cells)
            if columns is not None:
                wrong = -1
                yield from self._row(cells, columns, f"{self._origin}:{number}")
                continue
            yield self._failure(f"{self._origin}:{number}", "columns", f"{len(cells)}", self._widths(mark))
            wrong += wrong >= 0
            if wrong >= _HOPELESS:
                reason = f"{_HOPELESS} rows with another number of columns; {_NOT_READ}"
                raise SourceError(self._origin, reason)
        if not self._told.rows:
            raise SourceError(self._origin, "no rows in it")

    def _reader(self, lines: Iterable[str], mark: str) -> csv._reader:  # type: ignore[name-defined]
        if self._sheet.quoted or mark != "\t":
            return csv.reader(lines, delimiter=mark)
        return csv.reader(lines, delimiter=mark, quoting=csv.QUOTE_NONE)

    def _parsed(self, reader: Iterable[list[str]], number: int) -> Iterator[list[str]]:
        try:
            yield from reader
        except csv.Error as error:
            line = getattr(reader, "line_num", number)
            raise SourceError(f"{self._origin}:{line}", f"{error}; {_NOT_READ}") from error

    def _named(self, cells: Sequence[str], mark: str) -> tuple[str, ...]:
        """Give the names of the columns; raises `SourceError` where needed ones are missing."""
        given = [cell.strip() for cell in cells]
        there = {name.casefold() for name in given}
        aliases = {old: new for old, new in self._sheet.aliases.items() if new.casefold() not in there}
        names = tuple(aliases.get(name, name) for name in given)
        lacking = [one for one in self._sheet.needs if one.casefold() not in {n.casefold() for n in names}]
        if lacking:
            raise SourceError(
                self._origin,
                f"columns of {self._sheet.name}: received {shown(given)} between {_NAMES[mark]}, "
                f"allowed: a first line with {', '.join(self._sheet.needs)}, between commas, semicolons or tabs "
                f"(missing: {', '.join(lacking)})",
            )
        return names

    def _widths(self, mark: str) -> str:
        counts = [len(self._names)] if self._names else sorted(self._sheet.order)
        return f"{' or '.join(map(str, counts))}, between {_NAMES[mark]}"

    def _columns_of(self, cells: list[str]) -> _Columns | None:
        """Give the columns of a row as wide as this one; None where the table has none such."""
        width = len(cells)
        if width not in self._columns:
            names = self._names if width == len(self._names) else self._sheet.order.get(width)
            if names is None:
                # some released files have empty cells behind the last one
                over = self._names and width > len(self._names) and not any(cells[len(self._names) :])
                if not over:
                    return None
                names = self._names
            place = {name.casefold(): n for n, name in enumerate(names)}
            kept = tuple((n, name) for n, name in enumerate(names) if name.casefold() in self._of.kept)
            self._columns[width] = _Columns(kept, place)
        elif self._names and width > len(self._names) and any(cells[len(self._names) :]):
            return None
        return self._columns[width]

    def _row(self, cells: list[str], columns: _Columns, where: str) -> Iterator[Article | Failure]:
        rows = self._sheet.rows
        kind = self._cell(cells, columns, rows.column)
        if kind.casefold() in self._others:
            self._told.passed_over += 1
            return
        if self._ours and kind.casefold() not in self._ours:
            yield self._failure(where, rows.column, kind, ", ".join((*rows.ours, *filter(None, rows.others))))
            return
        text = "\n".join(self._lines(cells, columns))
        own = self._cell(cells, columns, self._sheet.id) if self._sheet.id else ""
        if self._sheet.id and not own:
            yield self._failure(where, self._sheet.id, "", "the id of the row")
            return
        published, problem = self._published(cells, columns)
        if problem:
            yield self._failure(where, *problem)
            return
        # without an id of its own it is known by all of its cells
        own = own or article_id("\x1f".join(cells), source=self._sheet.name)
        yield Article(
            id=f"{self._of.key}:{own}",
            text=text,
            title=self._cell(cells, columns, self._sheet.title),
            published=published,
            url=self._link(cells, columns),
            source=self._sheet.name,
            row=Row(self._of.key, where),
        )

    def _published(
        self, cells: Sequence[str], columns: _Columns
    ) -> tuple[dt.date | None, tuple[str, str, str] | None]:
        """Give the day of publication, or what is wrong with it: the column, what was received, what is allowed."""
        how = self._sheet.published
        cell = self._cell(cells, columns, how.column) if how else ""
        if not how or not cell:
            return None, None
        found = day_in(cell, how.formats)
        return found, None if found else (how.column, cell, f"a day as {' or '.join(how.formats)}")

    def _lines(self, cells: Sequence[str], columns: _Columns) -> Iterator[str]:
        for place, name in columns.kept:
            if cell := self._clean(cells[place]):
                yield f"{name}: {cell}"

    def _cell(self, cells: Sequence[str], columns: _Columns, column: str) -> str:
        place = columns.place.get(column.casefold())
        return "" if place is None or place >= len(cells) else self._clean(cells[place])

    def _clean(self, cell: str) -> str:
        """Give a cell on one line; empty for what stands for nothing."""
        cell = " ".join(cell.split())
        if cell.startswith(_GUARDED):
            cell = cell[1:]
        if not self._sheet.quoted and len(cell) > 1 and cell[0] == cell[-1] == '"':
            cell = cell[1:-1].strip()
        return "" if cell in self._missing else cell

    def _link(self, cells: Sequence[str], columns: _Columns) -> str:
        links = (self._cell(cells, columns, one) for one in self._sheet.links)
        return next((link for link in links if link.startswith(("http://", "https://"))), "")

    def _failure(self, where: str, column: str, received: str, allowed: str) -> Failure:
        return Failure(where, STAGE, f"{where}: {column}: received {shown(received)}, allowed: {allowed}")


def _with(first: str, rest: Iterable[str]) -> Iterator[str]:
    yield first
    yield from rest
