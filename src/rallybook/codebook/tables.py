"""What the tables of others hold, for reading them: their columns and codes in our terms. They are data.

A file of `data/tables` says how a table is called, under which terms it may be used, how its rows are known and which
of them are protests, and for each field of a record where it stands. Columns are named as the table has them, whatever
their case. A rule (`Rule`) gives a code of ours by what stands in a row:

- `column` with `codes`: our code for each of theirs; another one is a failure. With `words`: our code for the first of
  these words that the cell holds; a cell that holds none gives nothing.
- `value`: this code. `when`: columns and what may stand there ("*": anything, "": nothing) for the rule to hold.

Of several rules for one field the first that gives something is taken; of those for `response` each.
"""

from __future__ import annotations

import datetime as dt
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

import msgspec

from rallybook.codebook.countries import Scheme
from rallybook.errors import InputError
from rallybook.sheets import read_sheet

# the years that the dates of articles may have, too
_FIRST_YEAR, _LAST_YEAR = 1600, 2200


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


class Terms(_Part, frozen=True):
    """The licence of a table: its name and address, whether it allows to pass rows on, and whom to name."""

    name: str
    path: str
    republish: bool
    attribution: str


class Rule(_Part, frozen=True):
    """What gives a code of ours; see above."""

    column: str = ""
    codes: dict[str, str] = {}
    words: dict[str, str] = {}
    value: str = ""
    when: dict[str, tuple[str, ...]] = {}


class Rows(_Part, frozen=True):
    """Which rows are protests: those with one of `ours` in a column (none listed: any); `others` are passed over."""

    column: str
    ours: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


class Dated(_Part, frozen=True):
    """Where a day stands, in which formats (of `strptime`), and how exact it is: day, about or month."""

    column: str
    formats: tuple[str, ...]
    precision: tuple[Rule, ...] = ()


class Located(_Part, frozen=True):
    """Where a place stands: its name (the first column with one; of each what stands before `until`), country, point.

    `country` is a column and how it says a country, or an ISO code; of several the first that gives one is taken.
    `site` is the column with the words for a spot in the place.
    """

    name: tuple[str, ...]
    country: tuple[tuple[str, Scheme] | str, ...]
    lat: str
    lon: str
    precision: tuple[Rule, ...]
    until: str = ""
    site: str = ""


class Sized(_Part, frozen=True):
    """Where a head count stands: in numbers, or in words (a `pattern` finds them; `silent` ones tell none)."""

    text: str
    low: str = ""
    high: str = ""
    pattern: str = ""
    silent: tuple[str, ...] = ()


class Listed(_Part, frozen=True):
    """Where the members of a list stand, with `split` between two; of several the first that has any is taken."""

    columns: tuple[str, ...]
    split: str = ";"
    when: dict[str, tuple[str, ...]] = {}


class Counted(_Part, frozen=True):
    """Where a count stands, as the sum of columns. `zero`: a 0 is told; else it says nothing. `least`: or more."""

    columns: tuple[str, ...]
    zero: bool = True
    least: bool = False


class TableSheet(_Part, frozen=True, kw_only=True):
    """How a table is read.

    `known_by` are columns that no other table has together, `needs` those without which no row can be read, `order` the
    columns by their number where a file has no line of names or a damaged one. `aliases` are other names of columns,
    `missing` what stands in a cell that is empty, `id` the column with a row's own id (empty: it has none), `also`
    columns that are kept with a row although no field rests on them.
    """

    name: str
    about: str
    home: str
    terms: Terms
    single: bool
    needs: tuple[str, ...]
    rows: Rows
    form: tuple[Rule, ...]
    date: Dated
    place: Located
    known_by: tuple[str, ...] = ()
    order: dict[int, tuple[str, ...]] = {}
    headed: bool = True
    quoted: bool = True
    aliases: dict[str, str] = {}
    missing: tuple[str, ...] = ()
    id: str = ""
    published: Dated | None = None
    links: tuple[str, ...] = ()
    title: str = ""
    quote: tuple[str, ...] = ()
    size: Sized | None = None
    participants: tuple[Listed, ...] = ()
    organisers: tuple[Listed, ...] = ()
    targets: tuple[Listed, ...] = ()
    claims: tuple[Listed, ...] = ()
    response: tuple[Rule, ...] = ()
    arrests: Counted | None = None
    injured: Counted | None = None
    killed: Counted | None = None
    also: tuple[str, ...] = ()


class TableOf(NamedTuple):
    """A table by the name that it is asked for, with its sheet and the columns that are kept of a row."""

    key: str
    sheet: TableSheet
    kept: frozenset[str]


def table_names() -> list[str]:
    """Give the names of the tables that can be read."""
    folder = files("rallybook.codebook").joinpath("data/tables")
    return sorted(file.name.removesuffix(".yaml") for file in folder.iterdir())


@cache
def table(name: str) -> TableOf:
    """Give a table by its name; raises `InputError` for a name that is none."""
    if name not in table_names():
        raise InputError("table", name, table_names())
    text = files("rallybook.codebook").joinpath(f"data/tables/{name}.yaml").read_text("utf-8")
    sheet = msgspec.convert(read_sheet(text), TableSheet)
    return TableOf(
        name, sheet, frozenset(one.casefold() for one in _columns(msgspec.to_builtins(sheet)) if one)
    )


@lru_cache(maxsize=16_384)
def day_in(cell: str, formats: tuple[str, ...]) -> dt.date | None:
    """Give the day that a cell tells in one of these formats, None where it tells none of the years 1600 to 2200."""
    for form in formats:
        try:
            found = dt.datetime.strptime(cell, form).replace(tzinfo=dt.UTC).date()
        except ValueError:
            continue
        # "2021214" is no day, though strptime reads it
        whole = not form.startswith("%Y%m") or cell.startswith(found.strftime("%Y%m%d"))
        if whole and _FIRST_YEAR <= found.year <= _LAST_YEAR:
            return found
    return None


# by these keys a part of a sheet names a column, columns, or columns with something beside each
_ONE = ("column", "lat", "lon", "site", "text", "low", "high", "id", "title")
_SEVERAL = ("columns", "links", "quote", "also", "needs")


def _columns(part: Any) -> list[str]:  # noqa: ANN401 - whatever a sheet holds
    """Give all columns that a part of a sheet names."""
    if isinstance(part, list | tuple):
        return [name for one in part for name in _columns(one)]
    if not isinstance(part, dict):
        return []
    found: list[str] = []
    for key, value in part.items():
        if key in _ONE and isinstance(value, str):
            found.append(value)
        elif key in _SEVERAL or key == "when" or (key == "name" and isinstance(value, list | tuple)):
            found += value
        elif key == "country":
            found += [one[0] for one in value if not isinstance(one, str)]
        elif key not in ("order", "aliases", "terms", "codes", "words"):
            found += _columns(value)
    return found
