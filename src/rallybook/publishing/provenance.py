"""Rows of other data sets among what is handed out: whose they are, under which terms, and what was left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

from rallybook.codebook.tables import TableSheet, table
from rallybook.model.event import Event, Telling
from rallybook.model.row import Imported

# gives an event as it may be passed on, None where nothing of it may
Passing = Callable[[Event], Event | None]


class PassedOn:
    """Events on their way out, without what may not be passed on; counts what is shown and what was left out.

    `rows` and `withheld` have the number of rows by the name of their table, `events` the events that nothing else
    tells and that were left out whole.
    """

    def __init__(self, events: Iterable[Event], passing: Passing | None) -> None:
        """Take the events; without `passing` all is passed on."""
        self._events = events
        self._passing = passing
        self.rows: Counter[str] = Counter()
        self.withheld: Counter[str] = Counter()
        self.events = 0

    def __iter__(self) -> Iterator[Event]:
        for event in self._events:
            passed = self._passing(event) if self._passing else event
            shown = _tables(passed.records) if passed else Counter[str]()
            self.rows += shown
            self.withheld += _tables(event.records) - shown
            if passed is None:
                self.events += 1
            else:
                yield passed


def _tables(tellings: Iterable[Telling]) -> Counter[str]:
    return Counter(one.imported.table for one in tellings if one.imported)


def closed(tables: Iterable[str]) -> list[str]:
    """Give those of some tables whose terms do not allow to pass rows on, by the names that they are called."""
    sheets = [table(name).sheet for name in sorted(tables)]
    return [sheet.name for sheet in sheets if not sheet.terms.republish]


def sources(tables: Iterable[str]) -> list[dict[str, str]]:
    """Give whom to name for the rows of some tables, as a data package lists its sources."""
    return [_source(table(name).sheet) for name in sorted(tables)]


def _source(sheet: TableSheet) -> dict[str, str]:
    return {"title": f"{sheet.terms.attribution} ({sheet.terms.name})", "path": sheet.home}


def attributed(rows: Mapping[str, int]) -> str:
    """Give in a paragraph whose rows are among the data, empty where there are none."""
    named = [
        f"{number:,} row{'' if number == 1 else 's'} of {table(name).sheet.terms.attribution} "
        f"({table(name).sheet.terms.name}, {table(name).sheet.terms.path})"
        for name, number in sorted(rows.items())
    ]
    return f"Records of other data sets: {'; '.join(named)}. No text was read for them." if named else ""


def left_out(withheld: Mapping[str, int], events: int) -> str:
    """Give in a sentence which rows were left out and how many events with them, empty where there were none."""
    if not withheld:
        return ""
    named = " and ".join(
        f"{number:,} of {table(name).sheet.name}" for name, number in sorted(withheld.items())
    )
    alone = f", and {events:,} event{'' if events == 1 else 's'} that nothing else tells" if events else ""
    return f"Rows whose terms do not allow to pass them on: {named}{alone}."


def whose(imported: Imported) -> str:
    """Give in words what a record is that no text was read for."""
    sheet = table(imported.table).sheet
    allowed = "" if imported.republish else "; not to be passed on"
    return f"row {imported.row} of {sheet.name}, no text was read; terms: {imported.terms}{allowed}"
