"""`rallybook evaluate`: compare coded records with labelled ones."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from rallybook.cli.exits import quiet_exits
from rallybook.cli.inputs import whole

By = StrEnum("By", ["form", "status", "focus", "umbrella", "place", "country", "date"])
Cause = StrEnum("Cause", ["place", "date", "status", "form", "missed", "invented"])

# where a cause or texts are named, but no number
_ERRORS = 10
_MOST_ERRORS = 1_000_000


def evaluate(  # noqa: PLR0913 - one parameter for each argument and option
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="Labelled articles, a file of JSON lines.")],
    pred: Annotated[
        Path, typer.Argument(metavar="PRED", help="Coded articles: rallybook code --format jsonl.")
    ],
    *,
    errors: Annotated[str, typer.Option("--errors", metavar="N", help="Show N errors of each cause.")] = "0",
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
    by: Annotated[
        By | None,
        typer.Option(
            "--by",
            metavar="form|status|focus|umbrella|place|country|date",
            help="Figures for each value of a field, too.",
        ),
    ] = None,
    cause: Annotated[
        Cause | None,
        typer.Option(
            "--cause",
            metavar="place|date|status|form|missed|invented",
            help="Show errors of this cause only.",
        ),
    ] = None,
    text: Annotated[
        Path | None, typer.Option("--text", metavar="PATH", help="Articles to show errors in their context.")
    ] = None,
) -> None:
    """Compare predicted records with gold ones: figures with 95 % intervals, and the errors behind them."""
    with quiet_exits():
        from rallybook.evaluation import report  # noqa: PLC0415 - start-up time

        most = whole("--errors", errors, least=0, most=_MOST_ERRORS)
        comparison = report.compare(gold, pred)
        if as_json:
            typer.echo(json.dumps(comparison.as_json(by.value if by else None), ensure_ascii=False))
        else:
            typer.echo(comparison.as_text(by.value if by else None))
        if most or cause or text:
            typer.echo(
                comparison.errors(most or _ERRORS, cause=cause.value if cause else None, text=text), nl=False
            )
