"""`rallybook train`: from labelled articles to a model of a codebook."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from rallybook.cli.exits import SOME_FAILED, quiet_exits
from rallybook.cli.inputs import whole

_DATA = typer.Argument(
    metavar="DATA", help="Labelled articles: a file of JSON lines, or a folder of such files."
)
_OUT = typer.Option("--out", metavar="MODEL", help="The folder to write the model into, new or empty.")
_CODEBOOK = typer.Option(
    "--codebook", metavar="FILE", help="Your forms and roles, a file of YAML (default: rallybook's own)."
)
_EPOCHS = typer.Option("--epochs", metavar="N", help="How often all articles are read (default: 5).")
_SEED = typer.Option("--seed", metavar="N", help="The seed of the training (default: 1).")
_MOST_EPOCHS, _MOST_SEED = 100, 2**32 - 1


def train(
    data: Annotated[Path, _DATA],
    *,
    out: Annotated[Path, _OUT],
    codebook: Annotated[Path | None, _CODEBOOK] = None,
    epochs: Annotated[str, _EPOCHS] = "5",
    seed: Annotated[str, _SEED] = "1",
) -> None:
    """Train a model of a codebook of your own, for rallybook code --model; needs the extra train."""
    with quiet_exits():
        from rallybook.api import train as trained  # noqa: PLC0415 - start-up time

        problems = trained(
            data,
            out,
            codebook=codebook,
            epochs=whole("--epochs", epochs, least=1, most=_MOST_EPOCHS),
            seed=whole("--seed", seed, least=0, most=_MOST_SEED),
            said=_say,
        )
        for problem in problems:
            _say(f"left out: {problem}")
        if problems:
            raise typer.Exit(SOME_FAILED)


def _say(words: str) -> None:
    sys.stderr.write(f"{words}\n")
    sys.stderr.flush()
