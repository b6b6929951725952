"""`rallybook agreement`: how far two coders agree, by field and over time."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from rallybook.cli.book import BOOK, DEFAULT, opened
from rallybook.cli.exits import quiet_exits

if TYPE_CHECKING:
    from rallybook.reviewing.agreement import Agreement

By = StrEnum("By", ["week", "month"])
_BY = typer.Option(
    "--by", metavar="week|month", help="The periods to count in, by when the second coder was done."
)
_JSON = typer.Option("--json", help="Print the figures as JSON.")


def agreement(
    *,
    by: Annotated[By, _BY] = By.month,
    as_json: Annotated[bool, _JSON] = False,
    book: Annotated[str, BOOK] = DEFAULT,
) -> None:
    """Print how far blind second coders agree with the first: events found, Krippendorff's alpha of each field."""
    with quiet_exits(), opened(book) as kept:
        from rallybook.publishing.lines import as_json as in_json  # noqa: PLC0415 - start-up time

        found = kept.agreement(by="week" if by is By.week else "month")
        if as_json:
            typer.echo(in_json(found))
            return
        typer.echo("\n".join(_lines(found)))


def _lines(found: Sequence[Agreement]) -> list[str]:
    total = found[0]
    if not total.articles:
        return ["No article has two coders yet, of whom the second saw nothing of the first."]
    fields = list(total.fields)
    first = (
        f"{total.articles} articles, {total.disputed} of them disputed; "
        f"{total.events[0]} and {total.events[1]} events, {total.both} alike (F1 {total.found:.3f})"
    )
    names = [one.period or "all" for one in found]
    rows = [["alpha", *names], *([name, *(_cell(one, name) for one in found)] for name in fields)]
    rows.append(["events, F1", *(f"{one.found:.3f}" for one in found)])
    rows.append(["articles", *(str(one.articles) for one in found)])
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    table = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]
    return [first, "", *table]


def _cell(one: Agreement, field: str) -> str:
    told = one.fields[field]
    if told.alpha is None:
        return "–"
    interval = f" ({told.low:.2f} to {told.high:.2f})" if not one.period else ""
    return f"{told.alpha:.3f}{interval}"
