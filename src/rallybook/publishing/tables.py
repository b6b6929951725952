"""CSV: one row for each record, flat columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from rallybook.model.outcome import Coded
from rallybook.publishing.columns import COLUMNS, Cell, rows

# a spreadsheet runs a cell that starts with one of these as a formula (OWASP, "CSV injection")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class Csv:
    """One row for each record under a line of column names; the members of lists are joined by " | ".

    Text that a spreadsheet would run as a formula gets an apostrophe in front.
    """

    def lines(self, coded: Iterable[Coded]) -> Iterator[str]:
        """Give the rows, each with its line end."""
        yield from csv_lines([column.name for column in COLUMNS], rows(coded))


def csv_lines(names: Sequence[str], all_rows: Iterable[tuple[Cell, ...]]) -> Iterator[str]:
    """Give a table as CSV: a line of column names, then the rows, each with its line end."""
    yield _row(names)
    for row in all_rows:
        yield _row([_cell(cell) for cell in row])


def _cell(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, tuple):
        cell = " | ".join(cell)
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell
    return cell


def _row(cells: Iterable[str | int | float]) -> str:
    text = io.StringIO(newline="")
    # the writer puts quotes round a carriage return only where its own line end has one
    csv.writer(text, lineterminator="\r\n").writerow(cells)
    return text.getvalue().removesuffix("\r\n") + "\n"
