"""Events for people at a terminal: one line each."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.style import Style
from rich.table import Table
from rich.text import Text

from rallybook.model.event import Event
from rallybook.publishing.wording import dates, harm, number, place, printable, response

_LEAST_WIDTH = 60
_ID, _WHEN, _HOW_MANY, _TOLD = 16, 17, 11, 6
# what is left of the width goes to these in this proportion
_SHARES = {"where": 3, "what": 3, "police": 2}
_NAMES = ("event", "when", "where", "what", "how many", "police", "told")
_DIM, _BOLD = Style(dim=True), Style(bold=True)
_UNKNOWN = "–"


def event_table(events: Iterable[Event], *, width: int = 80, colour: bool = False) -> Iterator[str]:
    """Give a line for each event, under a line of column names, and their number; `told` counts the reports."""
    wide = max(width, _LEAST_WIDTH)
    console = Console(
        file=io.StringIO(), width=wide, force_terminal=colour, highlight=False, emoji=False, markup=False
    )
    count = 0
    yield _drawn(console, _row([Text(name, _DIM) for name in _NAMES], wide))
    for event in events:
        count += 1
        yield _drawn(console, _row(_cells(event), wide))
    yield _drawn(console, Text(f"{count:,} event" + ("" if count == 1 else "s"), _DIM))


def _cells(event: Event) -> list[Text]:
    what = Text(event.form.replace("_", " "), _BOLD)
    if event.status != "happened":
        what.append(f", {event.status}", _DIM)
    if event.umbrella:
        what.append(", umbrella", _DIM)
    police = ", ".join(filter(None, (response(event.response), harm(event.harm))))
    return [
        Text(event.id),
        Text(dates(event.date.edtf) or _UNKNOWN),
        Text(printable(place(event.place)) or _UNKNOWN),
        what,
        Text(number(event.size.low, event.size.high)),
        Text(police),
        Text(f"{len(event.records)}×"),
    ]


def _row(cells: list[Text], width: int) -> Table:
    left = max(width - _ID - _WHEN - _HOW_MANY - _TOLD - len(_NAMES), len(_SHARES) * 6)
    widths = {name: left * share // sum(_SHARES.values()) for name, share in _SHARES.items()}
    widths |= {"event": _ID, "when": _WHEN, "how many": _HOW_MANY, "told": _TOLD}
    row = Table.grid(padding=(0, 1, 0, 0))
    for name in _NAMES:
        row.add_column(width=widths[name], overflow="fold")
    row.add_row(*cells)
    return row


def _drawn(console: Console, part: Table | Text) -> str:
    with console.capture() as captured:
        console.print(part)
    return "\n".join(line.rstrip(" ") for line in captured.get().split("\n"))
