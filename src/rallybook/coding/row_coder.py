"""The coder of rows of other data sets: their codes and cells as a record, each value with the cell that tells it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import cast

import msgspec

from rallybook.codebook.tables import TableOf, TableSheet, table
from rallybook.coding import row_values
from rallybook.coding.row_cells import Cells, chosen, given
from rallybook.errors import InputError
from rallybook.model.article import Article
from rallybook.model.outcome import Coded, Failure
from rallybook.model.record import RESPONSE_ACTIONS, Form, Harm, Record, Response
from rallybook.model.row import Imported, Row
from rallybook.ports import Coder
from rallybook.version import __version__

# what is not kept and is read again when the row comes again
_STAGE = "code"


class RowCoder:
    """Codes articles that are rows; nothing is read in a text, and what a row does not tell stays empty."""

    @property
    def version(self) -> str:
        """The coder with its version."""
        return f"rallybook {__version__} rows"

    def code(self, article: Article) -> Coded:
        """Give the record of a row; a cell that cannot be read is a failure that names it: the row tells nothing."""
        row = article.row
        if row is None:
            raise InputError("article", article.id, "one that is a row of a table")
        of = table(row.table)
        events: tuple[Record, ...] = ()
        failures: tuple[Failure, ...] = ()
        cells = Cells(article.text)
        try:
            events = (_record(article.id, of, cells),)
        except InputError as error:
            failures, events = (_failure(article, row, error),), ()
        return Coded(
            id=article.id,
            published=article.published,
            coder=f"{self.version} {of.key}",
            events=events,
            failures=failures,
        )


def coder_of(item: Article | Failure, coder: Coder) -> Coder:
    """Give who reads an article: `coder`, or what reads rows of other data sets where it is one."""
    return _ROWS if isinstance(item, Article) and item.row else coder


_ROWS = RowCoder()


def _failure(article: Article, row: Row, error: InputError) -> Failure:
    return Failure(article.id, _STAGE, f"{article.id} ({row.origin}): {error}")


def _record(name: str, of: TableOf, cells: Cells) -> Record:
    sheet = of.sheet
    form, trigger = chosen(sheet.form, cells)
    if not form:
        columns = " or ".join(dict.fromkeys(rule.column for rule in sheet.form if rule.column))
        raise InputError(columns, "", "words for the act")
    record = Record(
        id=hashlib.sha256(name.encode()).hexdigest()[:16],
        form=cast("Form", form),
        status="happened",
        focus="focal",
        # whether an act was of many places is told by no table
        umbrella=False,
        date=row_values.date(sheet.date, cells),
        place=row_values.place(sheet.place, cells),
        size=row_values.size(sheet.size, cells) if sheet.size else row_values.NO_SIZE,
        participants=row_values.listed(sheet.participants, cells, "participants"),
        organisers=row_values.listed(sheet.organisers, cells, "organisers"),
        targets=row_values.listed(sheet.targets, cells, "targets"),
        claims=row_values.listed(sheet.claims, cells, "claims"),
        response=_response(sheet, cells),
        harm=Harm(
            row_values.count(sheet.injured, cells, "harm.injured"),
            row_values.count(sheet.killed, cells, "harm.killed"),
        ),
        trigger=cells.prove("trigger", trigger or sheet.rows.column),
        quote=_quote(sheet, cells),
        imported=Imported(
            of.key, name.removeprefix(f"{of.key}:"), sheet.terms.name, sheet.terms.republish, sheet.single
        ),
    )
    spans = {path: tuple(dict.fromkeys(spans)) for path, spans in cells.spans.items()}
    return msgspec.structs.replace(record, spans=spans)


def _response(sheet: TableSheet, cells: Cells) -> Response:
    found = set(_actions(sheet, cells))
    arrests = row_values.count(sheet.arrests, cells, "response.arrests")
    if arrests.low:
        found.add("arrests")
    return Response(tuple(action for action in RESPONSE_ACTIONS if action in found), arrests)


def _actions(sheet: TableSheet, cells: Cells) -> Iterator[str]:
    for rule in sheet.response:
        codes = list(given(rule, cells))
        if codes:
            for column in (rule.column or next(iter(rule.when), ""),):
                cells.prove("response.actions", column)
        yield from codes


def _quote(sheet: TableSheet, cells: Cells) -> str:
    column = next((one for one in sheet.quote if cells[one]), "")
    return cells.prove("quote", column) if column else ""
