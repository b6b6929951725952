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
# a narrower terminal has no room for what the police did
_ROOMY = 100
_WIDTHS = {"event": 16, "when": 17, "how many": 11, "told": 5}
# what is left of the width goes to these in this proportion
_SHARES = {"where": 3, "what": 3, "police": 2}
_NAMES = ("event", "when", "where", "what", "how many", "police", "told")
_DIM, _BOLD = Style(dim=True), Style(bold=True)
_UNKNOWN = "–"


def event_table(events: Iterable[Event], *, width: int = 80, colour: bool = False) -> Iterator[str]:
    """Give a line for each event, under a line of column names, and their number; `told` counts the reports.

    A terminal of less than 100 columns does not show what the police did.
    """
    wide = max(width, _LEAST_WIDTH)
    names = tuple(name for name in _NAMES if wide >= _ROOMY or name != "police")
    console = Console(
        file=io.StringIO(), width=wide, force_terminal=colour, highlight=False, emoji=False, markup=False
    )
    count = 0
    yield _drawn(console, _row({name: Text(name, _DIM) for name in names}, wide))
    for event in events:
        count += 1
        yield _drawn(
            console, _row({name: cell for name, cell in _cells(event).items() if name in names}, wide)
        )
    yield _drawn(console, Text(f"{count:,} event" + ("" if count == 1 else "s"), _DIM))


def _cells(event: Event) -> dict[str, Text]:
    what = Text(event.form.replace("_", " "), _BOLD)
    if event.status != "happened":
        what.append(f", {event.status}", _DIM)
    if event.umbrella:
        what.append(", umbrella", _DIM)
    police = ", ".join(filter(None, (response(event.response), harm(event.harm))))
    return {
        "event": Text(event.id),
        "when": Text(dates(event.date.edtf) or _UNKNOWN),
        "where": Text(printable(place(event.place)) or _UNKNOWN),
        "what": what,
        "how many": Text(number(event.size.low, event.size.high)),
        "police": Text(police),
        "told": Text(f"{len(event.records)}×"),
    }


def _row(cells: dict[str, Text], width: int) -> Table:
    left = max(width - sum(_WIDTHS.values()) - len(cells), len(_SHARES) * 6)
    shares = {name: share for name, share in _SHARES.items() if name in cells}
    widths = _WIDTHS | {name: left * share // sum(shares.values()) for name, share in shares.items()}
    row = Table.grid(padding=(0, 1, 0, 0))
    for name in cells:
        row.add_column(width=widths[name], overflow="fold")
    row.add_row(*cells.values())
    return row


def _drawn(console: Console, part: Table | Text) -> str:
    with console.capture() as captured:
        console.print(part)
    return "\n".join(line.rstrip(" ") for line in captured.get().split("\n"))
