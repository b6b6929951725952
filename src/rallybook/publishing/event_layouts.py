"""The layouts of events: which columns there are, what each holds, by which codes. They are data.

A file of `data/layouts` has an `about`, the `source` of its columns, the `position` (its columns of latitude and
longitude) and its `columns` in their order. Each column says what it is `about`, the `kind` of its cells (text,
integer, number, flag or list; by default text), and by these keys what stands there; one without them is always empty:

- `value`: one of the named values of `event_values`; `code`: this very text or number. "{country_name}" in a text
  stands for a value; where that is empty, so is the cell.
- `codes`: the layout's code for each of our values; what is not listed has none. `steps`: pairs of the least number
  and its code. `item`: of a list, the first, second ... member. `join`: the members of a list in one text.
- `when`: values and what they may be (null: empty); for a list, what one of its members may be. Where that does not
  hold the cell is empty.
- `choose`: in place of a value or a code several of them, each with its own `when`; the first that holds is taken.
- `released`: false where the column is left out of a release.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

import msgspec

from rallybook.errors import InputError
from rallybook.model.event import Event
from rallybook.publishing.event_values import VALUES
from rallybook.publishing.table import Cell, Heading, Kind, Row, Table
from rallybook.sheets import read_sheet

OUR_LAYOUT = "rallybook"
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_EMPTY: dict[Kind, Cell] = {"text": "", "integer": None, "number": None, "flag": None, "list": ()}

Code = str | int
Give = Callable[[Event], Cell]
Allowed = Mapping[str, Sequence[str | int | bool | None]]


class _Choice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    when: dict[str, list[str | int | bool | None]] = {}
    value: str = ""
    code: Code | None = None
    codes: dict[str, Code] | None = None
    steps: list[tuple[float, Code]] = []
    item: int = 0
    join: str | None = None


class _Column(_Choice, frozen=True, forbid_unknown_fields=True, kw_only=True):
    about: str
    kind: Kind = "text"
    choose: list[_Choice] = []
    released: bool = True


class _Sheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    about: str
    position: tuple[str, str]
    columns: dict[str, _Column]
    source: str = ""


class EventColumn(NamedTuple):
    """One column: its name, the kind of its cells, what it holds, how to read it from an event.

    `origin` is the rule behind it in words; `released` tells whether it is part of a release.
    """

    name: str
    kind: Kind
    about: str
    cell: Give
    origin: str = ""
    released: bool = True


class EventLayout(NamedTuple):
    """The columns of events by name and order, and where they are described."""

    name: str
    about: str
    source: str
    columns: tuple[EventColumn, ...]
    position: tuple[str, str]

    def table(self, events: Iterable[Event]) -> Table:
        """Give events as a table, one row each, which is made as they come."""
        cells = [column.cell for column in self.columns]
        rows = (Row(event.id, tuple(cell(event) for cell in cells)) for event in events)
        return Table(tuple(Heading(one.name, one.kind) for one in self.columns), self.position, rows)

    def released(self) -> EventLayout:
        """Give the layout with the columns that a release may show."""
        return self._replace(columns=tuple(column for column in self.columns if column.released))


def layout_names() -> list[str]:
    """Give the names of the layouts."""
    return sorted(file.name.removesuffix(".yaml") for file in _folder().iterdir())


@cache
def event_layout(name: str) -> EventLayout:
    """Give the layout of a name; raises `InputError` for a name that is none."""
    if name not in layout_names():
        raise InputError("layout", name, layout_names())
    text = (_folder() / f"{name}.yaml").read_text(encoding="utf-8")
    sheet = msgspec.convert(read_sheet(text), _Sheet)
    columns = tuple(
        EventColumn(key, column.kind, column.about, _cell(column), _origin(column), column.released)
        for key, column in sheet.columns.items()
    )
    return EventLayout(name, sheet.about, sheet.source, columns, sheet.position)


def _folder() -> Any:  # noqa: ANN401 - a part of the package, a folder or an archive
    return resources.files("rallybook.publishing") / "data" / "layouts"


def _cell(column: _Column) -> Give:
    """Give how a column is read from an event."""
    empty = _EMPTY[column.kind]
    choices = [(_holds(one.when), _given(one)) for one in column.choose]
    if not choices and not column.when and column.code is None and _plain(column):
        return VALUES[column.value] if column.value else lambda _: empty
    choices = choices or [(_holds({}), _given(column))]
    holds = _holds(column.when)

    def cell(event: Event) -> Cell:
        if holds(event):
            for chosen, give in choices:
                if chosen(event):
                    found = give(event)
                    return empty if found is None else found
        return empty

    return cell


def _plain(choice: _Choice) -> bool:
    return choice.codes is None and not choice.steps and not choice.item and choice.join is None


def _holds(when: Allowed) -> Callable[[Event], bool]:
    tests = [(VALUES[name], frozenset(allowed)) for name, allowed in when.items()]
    return lambda event: all(_fits(value(event), allowed) for value, allowed in tests)


def _fits(cell: Cell, allowed: frozenset[str | int | bool | None]) -> bool:
    if cell is None or cell in ("", ()):
        return None in allowed
    return not allowed.isdisjoint(cell) if isinstance(cell, tuple) else cell in allowed


def _given(choice: _Choice) -> Give:
    if not choice.value:
        return _worded(choice.code) if isinstance(choice.code, str) else lambda _: choice.code
    value = VALUES[choice.value]
    return value if _plain(choice) else lambda event: _coded(choice, value(event))


def _worded(text: str) -> Give:
    names = _PLACEHOLDER.findall(text)

    def cell(event: Event) -> Cell:
        values = {name: VALUES[name](event) for name in names}
        return None if None in values.values() or "" in values.values() else text.format(**values)

    return cell if names else lambda _: text


def _coded(choice: _Choice, cell: Cell) -> Cell:
    if isinstance(cell, tuple):
        members = (
            cell
            if choice.codes is None
            else tuple(str(choice.codes[one]) for one in cell if one in choice.codes)
        )
        if choice.item:
            return members[choice.item - 1] if len(members) >= choice.item else None
        return members if choice.join is None else choice.join.join(members)
    if choice.steps:
        reached = [code for least, code in choice.steps if isinstance(cell, int | float) and cell >= least]
        return reached[-1] if reached else None
    return choice.codes.get(str(cell)) if choice.codes is not None else cell


def _origin(column: _Column) -> str:
    """Give in words what stands in a column: "form: rally as demo, march as demo; where status is happened"."""
    given = [_told(choice) for choice in column.choose] or [_told(column, alone=True)]
    held = f"; where {_condition(column.when)}" if column.when else ""
    return "; else ".join(given) + held if any(given) else "always empty"


def _told(choice: _Choice, *, alone: bool = False) -> str:
    what = choice.value.replace("_", " ") or ("" if choice.code is None else f"“{choice.code}”")
    if choice.codes is not None:
        what += ": " + ", ".join(
            f"{ours.replace('_', ' ')} as {theirs}" for ours, theirs in choice.codes.items()
        )
    if choice.steps:
        what += ": " + ", ".join(f"from {least:g} as {code}" for least, code in choice.steps)
    if choice.item:
        what += f", the {choice.item}."
    if alone or not choice.when:
        return what
    return f"{what or 'empty'} if {_condition(choice.when)}"


def _condition(when: Allowed) -> str:
    return " and ".join(
        f"{name.replace('_', ' ')} is {' or '.join(map(_said, allowed))}" for name, allowed in when.items()
    )


def _said(value: str | int | bool | None) -> str:
    words = {None: "not told", True: "true", False: "false"}
    return words[value] if value is None or isinstance(value, bool) else str(value).replace("_", " ")
