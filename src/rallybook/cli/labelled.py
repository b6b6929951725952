"""`rallybook labelled`: what people reviewed in a book, as labelled articles to train and to measure with."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rallybook.cli.book import BOOK, DEFAULT, opened, said
from rallybook.cli.code import write
from rallybook.cli.decisions import write_new
from rallybook.cli.exits import SOME_FAILED, quiet_exits

_OUT = typer.Option("--out", metavar="FILE", help="A new file, in place of standard output.")
_WHOLE = typer.Option(
    "--whole", help="Only articles that somebody coded as a whole: nobody looked for more in the others."
)


def labelled(
    *,
    out: Annotated[Path | None, _OUT] = None,
    whole: Annotated[bool, _WHOLE] = False,
    book: Annotated[str, BOOK] = DEFAULT,
) -> None:
    """Write the articles that people have reviewed whole as JSON lines that rallybook train reads."""
    with quiet_exits(), opened(book) as kept:
        from rallybook.model.outcome import Failure  # noqa: PLC0415 - start-up time
        from rallybook.publishing.lines import as_json  # noqa: PLC0415

        lines, failed = [], []
        for row in kept.labelled(whole=whole):
            if isinstance(row, Failure):
                failed.append(row)
            else:
                lines.append(as_json(row) + "\n")
        if out is None:
            write(iter(lines))
        else:
            write_new(out, iter(lines))
        for failure in failed:
            said(f"left out: {failure.reason}")
        said(f"{len(lines):,} labelled article" + ("" if len(lines) == 1 else "s"))
        if failed:
            raise typer.Exit(SOME_FAILED)
