"""The values in the cells of a row: days, places, counts; an `InputError` names the column that cannot be read."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from rallybook.codebook.countries import country_code
from rallybook.codebook.tables import Counted, Dated, Listed, Located, Sized, day_in
from rallybook.coding.row_cells import Cells, chosen
from rallybook.errors import InputError
from rallybook.grounding.conventions import head_count
from rallybook.model.record import EventDate, EventPlace, Size
from rallybook.model.values import FINE, Range

_EXAMPLE = dt.date(2021, 2, 14)
_WHOLE = re.compile(r"(\d{1,10})(?:\.0*)?", re.ASCII)
_COUNT = re.compile(r"(at least |more than |over |up to )?(\d{1,9})(?:\s*-\s*(\d{1,9}))?", re.ASCII)
NO_SIZE = Size()
_OPEN, _CLOSED = ("at least ", "more than ", "over "), ("up to ",)


def day(how: Dated, cells: Cells) -> dt.date | None:
    """Give the day that a column tells, None where it is empty; raises `InputError`."""
    cell = cells[how.column]
    if not cell:
        return None
    found = day_in(cell, how.formats)
    if found is None:
        raise InputError(how.column, cell, f"a day such as {_such_as(how.formats)}")
    return found


def date(how: Dated, cells: Cells) -> EventDate:
    """Give when, as exact as the row says; raises `InputError`, also for an empty cell."""
    found = day(how, cells)
    if found is None:
        raise InputError(how.column, "", f"a day such as {_such_as(how.formats)}")
    exact, column = chosen(how.precision, cells)
    words = cells.prove("date.text", how.column)
    if column:
        cells.prove("date.edtf", column)
    edtf = found.isoformat()
    return EventDate(f"{edtf}~" if exact == "about" else edtf[:7] if exact == "month" else edtf, words)


def _such_as(formats: Sequence[str]) -> str:
    return " or ".join(dict.fromkeys(_EXAMPLE.strftime(form) for form in formats))


def place(how: Located, cells: Cells) -> EventPlace:
    """Give where; empty where the row tells none. Raises `InputError`."""
    precision, column = chosen(how.precision, cells)
    lat, lon = _degrees(how.lat, cells, 90), _degrees(how.lon, cells, 180)
    if (lat is None) != (lon is None):
        empty = how.lat if lat is None else how.lon
        raise InputError(empty, "", "a number of degrees, as the other of the two has one")
    code = _country(how, cells)
    if precision in ("", "unknown"):
        return EventPlace()
    named = next((name for name in how.name if cells[name]), "")
    name = (
        cells[named].partition(how.until)[0].strip() if how.until and named else cells[named] if named else ""
    )
    spot = cells.prove("place.text", how.site) if how.site and precision == "site" else ""
    text = spot or (cells.prove("place.text", named, name) if name else "")
    if spot and named:
        cells.prove("place.name", named)
    for path, proof in (("place.lat", how.lat), ("place.lon", how.lon), ("place.precision", column)):
        if proof:
            cells.prove(path, proof)
    if precision in FINE and not name:
        raise InputError(" or ".join(how.name), "", "the name of a place")
    return EventPlace(text, name, code, lat, lon, precision)  # type: ignore[arg-type]


def _degrees(column: str, cells: Cells, most: int) -> float | None:
    cell = cells[column]
    if not cell:
        return None
    try:
        value = float(cell)
    except ValueError:
        value = float("nan")
    if not -most <= value <= most:
        raise InputError(column, cell, f"degrees, -{most} to {most}, with a point")
    return value


def _country(how: Located, cells: Cells) -> str:
    wrong = ("", "")
    for one in how.country:
        if isinstance(one, str):
            return one
        column, scheme = one
        if cell := cells[column]:
            if code := country_code(cell, scheme):
                cells.prove("place.country", column)
                return code
            wrong = (column, cell)
    if wrong[0]:
        raise InputError(*wrong, "a country, as the table has them")
    return ""


def size(how: Sized, cells: Cells) -> Size:
    """Give how many took part: by its numbers, or else by its words as our codebook has them; raises `InputError`."""
    words = _size_words(how, cells)
    low, high = (_whole(column, cells) for column in (how.low, how.high))
    if low is not None and high is not None and low > high:
        raise InputError(how.high, cells[how.high], f"no fewer than {how.low}, which is {low}")
    if low is None and high is None:
        told = head_count(words) if words else Range()
        low, high = told.low, told.high
    else:
        for path, column in (("size.low", how.low), ("size.high", how.high)):
            cells.prove(path, column)
    return Size(cells.prove("size.text", how.text, words) if words else "", low, high)


def _size_words(how: Sized, cells: Cells) -> str:
    cell = cells[how.text]
    if how.pattern:
        found = re.search(how.pattern, cell, re.IGNORECASE)
        cell = found[1].strip() if found else ""
    return "" if cell.casefold() in how.silent else cell


def _whole(column: str, cells: Cells) -> int | None:
    cell = cells[column] if column else ""
    if not cell:
        return None
    found = _WHOLE.fullmatch(cell)
    if not found:
        raise InputError(column, cell, "a whole number, or nothing")
    return int(found[1])


def count(how: Counted | None, cells: Cells, path: str) -> Range:
    """Give a count as the sum of its columns; what is told in other words than numbers is left open."""
    told = [(column, _count(cells[column])) for column in how.columns if cells[column]] if how else []
    known = [
        (column, one) for column, one in told if one.known and (one != Range(0, 0) or (how and how.zero))
    ]
    if not how or not known:
        return Range()
    for column, _ in known:
        cells.prove(path, column)
    lows = [one.low for _, one in known if one.low is not None]
    highs = [one.high for _, one in known]
    closed = not how.least and len(known) == len(told) and None not in highs
    return Range(sum(lows) if lows else None, sum(one or 0 for one in highs) if closed else None)


def _count(cell: str) -> Range:
    whole = _WHOLE.fullmatch(cell)
    found = _COUNT.fullmatch(cell.casefold()) if not whole else None
    if whole:
        return Range(int(whole[1]), int(whole[1]))
    if not found:
        return Range()
    first, last = int(found[2]), int(found[3] or found[2])
    if found[1] in _CLOSED:
        return Range(None, last)
    return Range(first, None) if found[1] in _OPEN else Range(min(first, last), max(first, last))


def listed(how: Sequence[Listed], cells: Cells, path: str) -> tuple[str, ...]:
    """Give the members of a list by the first of its rules that has any."""
    for rule in how:
        if cells.hold(rule.when) and (found := tuple(dict.fromkeys(_members(rule, cells, path)))):
            return found
    return ()


def _members(rule: Listed, cells: Cells, path: str) -> Iterator[str]:
    for column in rule.columns:
        for member in cells[column].split(rule.split):
            if words := member.strip():
                yield cells.prove(path, column, words)
