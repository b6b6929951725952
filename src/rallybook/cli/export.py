"""`rallybook export`: the events of the book as a file, in our columns or in those of a known data set."""

from __future__ import annotations

import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from rallybook.cli.book import BOOK, DEFAULT, opened, said
from rallybook.cli.code import write_bytes
from rallybook.cli.exits import quiet_exits
from rallybook.cli.filters import filtered
from rallybook.errors import InputError
from rallybook.filters import Filters


class Layout(StrEnum):
    """The layouts: which columns there are, by which codes."""

    RALLYBOOK = "rallybook"
    ACLED = "acled"
    CCC = "ccc"
    PLOVER = "plover"


class ExportFormat(StrEnum):
    """The formats of a file."""

    CSV = "csv"
    JSONL = "jsonl"
    PARQUET = "parquet"
    GEOJSON = "geojson"
    GEOJSONL = "geojsonl"


_LAYOUT = typer.Option("--layout", metavar="|".join(Layout), help="Whose columns and codes.")
_FORMAT = typer.Option(
    "--format",
    metavar="|".join(ExportFormat),
    help="Format of the file (default: by the suffix of --out, else csv).",
)
_OUT = typer.Option("--out", metavar="FILE", help="The file to write, which must not be there (- : stdout).")
_OVERWRITE = typer.Option("--overwrite", "--force", help="Replace a file that is there.")

_OPENLY = typer.Option(
    "--openly",
    help="Leave out what rests on rows of other data sets whose terms do not allow to pass them on.",
)


@filtered
def export(  # noqa: PLR0913 - one for each option of the command
    *,
    book: Annotated[str, BOOK] = DEFAULT,
    layout: Annotated[Layout, _LAYOUT] = Layout.RALLYBOOK,
    format: Annotated[ExportFormat | None, _FORMAT] = None,  # noqa: A002 - the name of the option
    out: Annotated[str, _OUT] = "-",
    overwrite: Annotated[bool, _OVERWRITE] = False,
    openly: Annotated[bool, _OPENLY] = False,
    chosen: Callable[[], Filters],
) -> None:
    """Write the events of the book to a file, which appears when it is whole, or to stdout."""
    with quiet_exits(), opened(book) as kept:
        wanted = (format or _by_suffix(out)).value
        if out != "-":
            how = {"layout": layout.value, "format": wanted, "overwrite": overwrite, "openly": openly}
            count = kept.export(out, **how, **chosen())  # type: ignore[arg-type]
            said(f"{out}: {count:,} event" + ("" if count == 1 else "s"))
            return
        if wanted == ExportFormat.PARQUET and sys.stdout.isatty():
            raise InputError("--out", out, "a file or a pipe: a terminal cannot show parquet")
        from rallybook.publishing.event_formats import exported  # noqa: PLC0415 - start-up time

        events = kept.openly(**chosen()) if openly else kept.events(**chosen())
        write_bytes(exported(events, layout=layout.value, format=wanted))


def _by_suffix(out: str) -> ExportFormat:
    if out == "-":
        return ExportFormat.CSV
    suffix = Path(out).suffix.lower().removeprefix(".")
    if suffix not in list(ExportFormat):
        raise InputError(
            f"suffix of {out}", suffix, [*(f".{one}" for one in ExportFormat), "any with --format"]
        )
    return ExportFormat(suffix)
