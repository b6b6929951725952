"""Rows of tables that others made: ACLED, the Crowd Counting Consortium, GDELT, POLECAT."""

from __future__ import annotations

import msgspec


class Row(msgspec.Struct, frozen=True):
    """What an article has that is a row of a table: the name of the table, and where the row stands ("FILE:12").

    Its text is made of the row's own cells, one on a line: "column: value".
    """

    table: str
    origin: str


class Imported(msgspec.Struct, frozen=True):
    """Whose record it is that no text was read for: the table, and the row in it by its own id.

    `terms` names the licence of the table; `republish` tells whether it allows to pass the row on, `single` whether the
    table has one row for each event, so that two of its rows are two events.
    """

    table: str
    row: str
    terms: str
    republish: bool
    single: bool
