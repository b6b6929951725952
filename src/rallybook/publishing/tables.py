"""CSV: a table as text (RFC 4180)."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterable, Iterator

from rallybook.model.outcome import Coded
from rallybook.publishing.columns import record_table
from rallybook.publishing.table import Cell, Table

# a spreadsheet runs a cell that starts with one of these as a formula (OWASP, "CSV injection")
_FORMULA_STARTS = frozenset("=+-@\t\r")


class Csv:
    """One row for each record under a line of column names; the members of lists are joined by " | ".

    Text that a spreadsheet would run as a formula gets an apostrophe in front.
    """

    def lines(self, coded: Iterable[Coded]) -> Iterator[str]:
        """Give the rows, each with its line end."""
        return csv_lines(record_table(coded), line_end="\n")


class _Line:
    """What a writer of CSV writes to: gives each row back as it is."""

    def write(self, row: str) -> str:
        return row


def csv_lines(table: Table, *, line_end: str = "\r\n") -> Iterator[str]:
    """Give a table as CSV: a line of column names, then the rows, each with its line end.

    The standard has lines end in CR LF; `line_end` is another one.
    """
    # the writer puts quotes round a carriage return only where its own line end has one
    writer = csv.writer(_Line(), lineterminator="\r\n")
    rows = itertools.chain((table.names,), (map(_cell, row.cells) for row in table.rows))
    for row in rows:
        yield str(writer.writerow(row)).removesuffix("\r\n") + line_end


def _cell(cell: Cell) -> str | int | float:
    if isinstance(cell, tuple):
        cell = " | ".join(cell)
    if isinstance(cell, str):
        return f"'{cell}" if cell[:1] in _FORMULA_STARTS else cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return cell
