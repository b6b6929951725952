"""`rallybook ground`: what the grounders find in articles, without coding events."""

from __future__ import annotations

import sys
from collections.abc import Callable
from enum import StrEnum
from functools import partial
from typing import Annotated

import typer

from rallybook.api import CONVENTIONS
from rallybook.api import ground as find
from rallybook.cli.exits import SOME_FAILED, quiet_exits
from rallybook.cli.inputs import PATHS, PUBLISHED, Input
from rallybook.errors import InputError
from rallybook.model.article import Article
from rallybook.publishing.findings import Findings


class CountedBy(StrEnum):
    """Whose conventions turn words for crowds into numbers."""

    CODEBOOK = "codebook"
    CCC = "ccc"
    COUNT_LOVE = "count_love"
    MPEDS = "mpeds"


class Format(StrEnum):
    """The formats that can be printed."""

    TABLE = "table"
    JSONL = "jsonl"


def ground(
    paths: Annotated[list[str] | None, PATHS] = None,
    *,
    what: Annotated[
        str,
        typer.Option("--what", metavar="KINDS", help="Some of places, dates, sizes, response, with commas."),
    ] = "places,dates,sizes,response",
    counted_by: Annotated[
        CountedBy,
        typer.Option(
            "--counted-by", metavar="|".join(CONVENTIONS), help="What words for crowds are worth as numbers."
        ),
    ] = CountedBy.CODEBOOK,
    published: Annotated[str | None, PUBLISHED] = None,
    format: Annotated[  # noqa: A002 - the name of the option
        Format | None,
        typer.Option(
            "--format",
            metavar="table|jsonl",
            help="Format of the output (default: table on a terminal, else jsonl).",
        ),
    ] = None,
) -> None:
    """Print the places, dates, head counts and police responses that articles name."""
    with quiet_exits():
        kinds = _kinds(what)
        table = (format or (Format.TABLE if sys.stdout.isatty() else Format.JSONL)) is Format.TABLE
        source = Input(paths or [], published, headed=table)
        _run(source, partial(find, kinds=kinds, counted_by=counted_by.value), table=table)
        if source.failed:
            raise typer.Exit(SOME_FAILED)


def _run(source: Input, look: Callable[[Article], Findings], *, table: bool) -> None:
    from rallybook.model.outcome import Failure  # noqa: PLC0415
    from rallybook.publishing.findings import as_line, as_table  # noqa: PLC0415
    from rallybook.running.local import attempted  # noqa: PLC0415

    for item in source.articles():
        if isinstance(item, Failure):
            source.note(item)
            continue
        findings = attempted(look, item, stage="ground")
        if isinstance(findings, Failure):
            source.note(findings)
            continue
        line = as_table(findings, source.heading(item.id)) if table else as_line(findings)
        sys.stdout.write(line)
        sys.stdout.flush()


def _kinds(what: str) -> tuple[str, ...]:
    from rallybook.publishing.findings import KINDS  # noqa: PLC0415

    asked = [kind.strip() for kind in what.split(",") if kind.strip()]
    for kind in asked:
        if kind not in KINDS:
            raise InputError("--what", kind, KINDS)
    if not asked:
        raise InputError("--what", what, KINDS)
    return tuple(kind for kind in KINDS if kind in asked)
