"""`rallybook evaluate`: compare coded records with labelled ones."""

from __future__ import annotations

import json
import re
from enum import StrEnum
from itertools import zip_longest
from pathlib import Path
from typing import Annotated, Any

import typer
import typer.core

from rallybook.cli.exits import quiet_exits
from rallybook.cli.inputs import whole
from rallybook.errors import InputError

By = StrEnum("By", ["form", "status", "focus", "umbrella", "place", "country", "date"])
Cause = StrEnum("Cause", ["place", "date", "status", "form", "missed", "invented"])

_NUMBER = re.compile(r"[-+]?\d+")
# where errors are asked for, but no number
_ERRORS = 10
_MOST_ERRORS = 1_000_000


class Evaluate(typer.core.TyperCommand):
    """The verb, whose `--errors` may stand alone."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401 - typer keeps its type to itself
        """Read the arguments; `--errors` that no number follows asks for ten of each cause."""
        told: list[str] = []
        for word, following in zip_longest(args, args[1:], fillvalue=""):
            told.append(word)
            if word == "--errors" and not _NUMBER.fullmatch(following):
                told.append(str(_ERRORS))
        return super().parse_args(ctx, told)


_GOLD = typer.Argument(metavar="GOLD", help="Labelled articles, a file of JSON lines.")
_PRED = typer.Argument(metavar="PRED", help="Coded articles: rallybook code --format jsonl.")
_SHOW = typer.Option(
    "--errors", metavar="[N]", help=f"Show N errors of each cause ({_ERRORS} without a number)."
)
_JSON = typer.Option("--json", help="Print the figures as JSON.")
_BY = typer.Option("--by", metavar="|".join(By), help="Figures for each value of a field, too.")
_CAUSE = typer.Option("--cause", metavar="|".join(Cause), help="Show errors of this cause only.")
_TEXT = typer.Option(
    "--text", metavar="PATH", help="Articles to show errors in their context (default: those of GOLD)."
)


def evaluate(  # noqa: PLR0913 - one parameter for each argument and option
    gold: Annotated[Path, _GOLD],
    pred: Annotated[Path, _PRED],
    *,
    errors: Annotated[str, _SHOW] = "0",
    as_json: Annotated[bool, _JSON] = False,
    by: Annotated[By | None, _BY] = None,
    cause: Annotated[Cause | None, _CAUSE] = None,
    text: Annotated[Path | None, _TEXT] = None,
) -> None:
    """Compare predicted records with gold ones: figures with 95 % intervals, and the errors behind them."""
    with quiet_exits():
        from rallybook.evaluation import report  # noqa: PLC0415 - start-up time

        most = whole("--errors", errors, least=0, most=_MOST_ERRORS)
        shown = bool(most or cause or text)
        if as_json and shown:
            raise InputError("--json", "also --errors, --cause or --text", "--json without them")
        comparison = report.compare(gold, pred)
        if as_json:
            typer.echo(json.dumps(comparison.as_json(by.value if by else None), ensure_ascii=False))
            return
        typer.echo(comparison.as_text(by.value if by else None))
        if shown:
            which = cause.value if cause else None
            typer.echo(comparison.errors(most or _ERRORS, cause=which, text=text or gold), nl=False)
