"""`rallybook labelstudio`: articles to Label Studio, and what people annotated there back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from rallybook.cli.book import BOOK, DEFAULT, opened, said
from rallybook.cli.code import write
from rallybook.cli.decisions import write_new
from rallybook.cli.exits import SOME_FAILED, quiet_exits
from rallybook.cli.filters import filtered
from rallybook.errors import InputError
from rallybook.filters import Filters


class Way(StrEnum):
    """What is exchanged."""

    CONFIG = "config"
    EXPORT = "export"
    IMPORT = "import"


_WAY = typer.Argument(
    metavar="config|export|import",
    help="Print the labelling set-up, the articles of events as tasks, or take its JSON export in.",
)
_PATH = typer.Argument(metavar="[FILE]", help="With import: what Label Studio exported.", show_default=False)
_OUT = typer.Option(
    "--out", metavar="FILE", help="With config and export: a new file, in place of standard output."
)
_BLIND = typer.Option(
    "--blind", help="With export: without what was read in the articles; with import: it was so exported."
)
_BY = typer.Option(
    "--by", metavar="NAME", help="With import: who annotated (default: as Label Studio has it)."
)


@filtered
def label_studio(  # noqa: PLR0913 - one for each argument and option of the command
    way: Annotated[Way, _WAY],
    path: Annotated[Path | None, _PATH] = None,
    *,
    out: Annotated[Path | None, _OUT] = None,
    blind: Annotated[bool, _BLIND] = False,
    by: Annotated[str, _BY] = "",
    book: Annotated[str, BOOK] = DEFAULT,
    chosen: Callable[[], Filters],
) -> None:
    """Exchange articles and annotations with Label Studio; an annotation is kept as a coding of its article."""
    with quiet_exits():
        if (path is None) == (way is Way.IMPORT):
            raise InputError("FILE", str(path or "nothing"), "a file with import, and none else")
        if way is Way.IMPORT and path:
            _take(path, book, by=by, blind=blind)
            return
        if way is Way.CONFIG:
            from rallybook.reviewing.label_studio.layout import configuration  # noqa: PLC0415 - start-up time

            _put(iter([configuration()]), out)
            return
        with opened(book) as kept:
            from rallybook.publishing.lines import as_json  # noqa: PLC0415

            tasks = [as_json(task) for task in kept.tasks(blind=blind, **chosen())]
            _put(iter(["[", ",\n".join(tasks), "]\n"]), out)
            said(f"{len(tasks):,} task" + ("" if len(tasks) == 1 else "s"))


def _take(path: Path, book: str, *, by: str, blind: bool) -> None:
    with opened(book) as kept:
        taken = kept.take_annotations(path, by=by, blind=blind)
    for failure in taken.failed:
        said(f"left out: {failure.reason}")
    said(f"{book}: {taken.new:,} codings are new, {taken.there:,} were there")
    if taken.failed:
        raise typer.Exit(SOME_FAILED)


def _put(pieces: Iterator[str], out: Path | None) -> None:
    if out is None:
        write(pieces)
    else:
        write_new(out, pieces)
