"""A reader that takes a file of CSV as `read.csv` of R does: quotes, and the type of each column from its cells."""

import csv
import io

_LOGICAL = {"T": True, "F": False, "TRUE": True, "FALSE": False, "true": True, "false": False}


def read_csv(text):
    """Give the columns; a blank cell is missing (None) in every column but one of text, as is NA in all of them.

    Raises `AssertionError` where R would fill up or refuse: rows of another length, names that are not one each.
    """
    head, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    assert len(set(head)) == len(head)
    assert all(len(row) == len(head) for row in rows)
    return {name: _typed([row[place] for row in rows]) for place, name in enumerate(head)}


def _typed(cells):
    told = [cell for cell in cells if cell not in ("", "NA")]
    for kind in (_LOGICAL.__getitem__, int, float):
        try:
            values = {cell: kind(cell) for cell in told}
        except (KeyError, ValueError):
            continue
        return [values.get(cell) for cell in cells]
    return [None if cell == "NA" else cell for cell in cells]
