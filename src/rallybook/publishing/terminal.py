"""The table for people at a terminal: under each article's heading one row for each record, and its proof."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator

from rich.console import Console
from rich.style import Style
from rich.table import Table
from rich.text import Text

from rallybook.model.outcome import Coded
from rallybook.model.record import Record
from rallybook.publishing.excerpts import around
from rallybook.publishing.wording import dates, harm, number, place, printable, response

_INDENT = 2
_LEAST_WIDTH = 60
_WHEN_WIDTH, _HOW_MANY_WIDTH = 17, 11
# what is left of the width goes to these in this proportion
_SHARES = {"where": 4, "what": 4, "police": 3}
_DIM, _BOLD = Style(dim=True), Style(bold=True)
_STATUS = {
    "planned": Style(color="cyan"),
    "cancelled": Style(color="yellow"),
    "prevented": Style(color="red"),
}
_UNKNOWN = "–"


class TerminalTable:
    """Coded articles for a terminal of `width` columns, with colours where `colour` says so.

    `heading` gives the title, or the first words, of an article by its id.
    """

    def __init__(
        self,
        *,
        width: int = 80,
        colour: bool = False,
        heading: Callable[[str], str] = lambda article: article,
    ) -> None:
        self._width = max(width, _LEAST_WIDTH)
        self._heading = heading
        self._console = Console(
            file=io.StringIO(),
            width=self._width,
            force_terminal=colour,
            color_system="standard" if colour else None,
            highlight=False,
            emoji=False,
            markup=False,
            legacy_windows=False,
        )

    def lines(self, coded: Iterable[Coded]) -> Iterator[str]:
        """Give the table piece by piece: a line of column names, then article by article, then the sum."""
        articles = records = 0
        yield self._drawn(self._row([Text(name, _DIM) for name in _NAMES]))
        for article in coded:
            articles, records = articles + 1, records + len(article.events)
            yield self._article(article)
        yield self._drawn(Text(f"{_counted(records, 'record')} in {_counted(articles, 'article')}", _DIM))

    def _article(self, article: Coded) -> str:
        date = article.published.isoformat() if article.published else "undated"
        facts = Text(f"  {date}", _DIM)
        title = Text(printable(self._heading(article.id)) or article.id, _BOLD)
        title.truncate(self._width - facts.cell_len, overflow="ellipsis")
        parts: list[Table | Text] = [title + facts]
        for record in article.events:
            parts += [self._record(record), self._proof(record)]
        if not article.events:
            parts.append(Text("  no protest event", _DIM))
        for failure in article.failures:
            parts.append(
                Text(f"  failed at {failure.stage}: {printable(failure.reason)}", Style(color="red"))
            )
        return self._drawn(*parts) + "\n"

    def _record(self, record: Record) -> Table:
        what = Text(record.form.replace("_", " "), _BOLD)
        if record.status != "happened":
            what.append(f", {record.status}", _STATUS.get(record.status, _DIM))
        for mark in ("umbrella",) * record.umbrella + ("background",) * (record.focus == "background"):
            what.append(f", {mark}", _DIM)
        police = ", ".join(filter(None, (response(record.response), harm(record.harm))))
        plain = [
            dates(record.date.edtf) or _UNKNOWN,
            printable(place(record.place)) or _UNKNOWN,
            number(record.size.low, record.size.high),
            police,
        ]
        when, where, how_many, by_police = (Text(cell) for cell in plain)
        return self._row([when, where, what, how_many, by_police])

    def _row(self, cells: list[Text]) -> Table:
        row = Table.grid(padding=(0, 1, 0, 0))
        row.add_column(width=_INDENT - 1)
        left = self._width - _INDENT - _WHEN_WIDTH - _HOW_MANY_WIDTH - len(_NAMES)
        widths = {name: left * share // sum(_SHARES.values()) for name, share in _SHARES.items()}
        widths |= {"when": _WHEN_WIDTH, "how many": _HOW_MANY_WIDTH}
        for name in _NAMES:
            row.add_column(width=widths[name], overflow="fold")
        row.add_row(Text(), *cells)
        return row

    def _proof(self, record: Record) -> Text:
        quote, trigger = printable(record.quote), printable(record.trigger)
        room = self._width - _INDENT - 2
        shown, at = around(quote, trigger, room)
        proof = Text(f"{' ' * _INDENT}“{shown}”", _DIM)
        if at >= 0:
            start = _INDENT + 1 + at
            proof.stylize(Style(dim=False, italic=True, underline=True), start, start + len(trigger))
        proof.truncate(self._width, overflow="ellipsis")
        return proof

    def _drawn(self, *parts: Table | Text) -> str:
        with self._console.capture() as captured:
            for part in parts:
                self._console.print(part, soft_wrap=isinstance(part, Text))
        return "\n".join(line.rstrip(" ") for line in captured.get().split("\n"))


_NAMES = ("when", "where", "what", "how many", "police")


def _counted(count: int, thing: str) -> str:
    return f"{count} {thing}" + ("" if count == 1 else "s")
