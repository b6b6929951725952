"""`rallybook code`: read articles, print their records."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from rallybook.api import CODERS, bound_of, code_all
from rallybook.cli.endpoint import LLM, LLM_MODEL, LLM_PRICES, LLM_URL, announced, endpoint_for
from rallybook.cli.exits import SOME_FAILED, quiet_exits
from rallybook.cli.inputs import (
    ALLOW_PRIVATE,
    JOBS,
    KEEP_PHOTOS,
    PAGES,
    PATHS,
    POSTS,
    PUBLISHED,
    TABLE,
    Input,
    Options,
    Pages,
    aside,
    jobs_of,
)
from rallybook.cli.progress import progress
from rallybook.errors import InputError
from rallybook.model.outcome import Coded
from rallybook.ports import TextFormat


class Format(StrEnum):
    """The formats that can be printed."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    GEOJSON = "geojson"


class Reader(StrEnum):
    """The coders."""

    TAGGER = "tagger"
    RULES = "rules"
    LLM = LLM


FORMAT = typer.Option(
    "--format",
    metavar="table|json|jsonl|csv|geojson",
    help="Format of the output (default: table on a terminal, else jsonl).",
)
OUT = typer.Option(
    "--out",
    metavar="FILE",
    help="Write to FILE, too (.jsonl .json .csv .geojson .parquet); may be repeated.",
)
CODER = typer.Option(
    "--coder",
    metavar="|".join(CODERS),
    help="Who reads: the tagger and the rules, rules alone, or a large language model that you name.",
)
MODEL = typer.Option(
    "--model",
    metavar="DIR",
    help="A model of a codebook of your own, trained with rallybook train: its acts, forms and roles.",
)
MIN_CONFIDENCE = typer.Option(
    "--min-confidence",
    metavar="P",
    help="Leave out events less probable than P, 0 to 1 "
    "(default: 0.5, with rules 0.39, or 0.47 where no word says protest by itself).",
)


def code(  # noqa: PLR0913 - one for each option of the command
    paths: Annotated[list[str] | None, PATHS] = None,
    *,
    published: Annotated[str | None, PUBLISHED] = None,
    format: Annotated[Format | None, FORMAT] = None,  # noqa: A002 - the name of the option
    out: Annotated[list[Path] | None, OUT] = None,
    jobs: Annotated[str | None, JOBS] = None,
    coder: Annotated[Reader, CODER] = Reader.TAGGER,
    min_confidence: Annotated[float | None, MIN_CONFIDENCE] = None,
    model: Annotated[Path | None, MODEL] = None,
    llm_url: Annotated[str | None, LLM_URL] = None,
    llm_model: Annotated[str | None, LLM_MODEL] = None,
    llm_prices: Annotated[str | None, LLM_PRICES] = None,
    allow_private: Annotated[bool, ALLOW_PRIVATE] = False,
    posts: Annotated[bool, POSTS] = False,
    keep_photos: Annotated[Path | None, KEEP_PHOTOS] = None,
    table: Annotated[str, TABLE] = "",
    pages: Annotated[Pages, PAGES] = Pages.ALL,
) -> None:
    """Read articles and print the protest events they tell; keeps nothing."""
    with quiet_exits():
        workers = jobs_of(jobs)
        form = format or usual_format()
        endpoint = endpoint_for(coder.value, url=llm_url, model=llm_model, prices=llm_prices)
        bound = bound_of(coder.value, min_confidence)
        by = reader(coder, model)
        how = Options(
            allow_private=allow_private,
            posts=posts,
            keep_photos=keep_photos,
            table=table,
            pages=pages,
            waiting=endpoint is None,
        )
        source = Input(paths or [], published, headed=form is Format.TABLE, **how)
        _check(out or [])
        items = announced(source.articles(), endpoint) if endpoint else source.items()
        coded = code_all(
            items,
            jobs=workers,
            by=by,
            min_confidence=bound,
            endpoint=endpoint,
            on_set_aside=source.put_aside,
        )
        _print(_noted(coded, source, shown=form is Format.TABLE), form, source, out or [])
        for line in (*source.tables(), *aside(source.set_aside["words"], source.set_aside["language"])):
            typer.echo(f"rallybook: {line}", err=True)
        if source.failed:
            raise typer.Exit(SOME_FAILED)


def reader(coder: Reader, model: Path | None) -> str | Path:
    """Give who reads: a coder, or a model of one's own; raises `InputError` where both are named."""
    if model and coder is not Reader.TAGGER:
        raise InputError("--model", str(model), f"none with --coder {coder.value}")
    return model or coder.value


def usual_format() -> Format:
    """Give the format where none is asked for: for people on a terminal, else for programs."""
    return Format.TABLE if sys.stdout.isatty() else Format.JSONL


def _noted(coded: Iterable[Coded], source: Input, *, shown: bool) -> Iterator[Coded]:
    with progress(source.paths) as step:
        for article in coded:
            for failure in article.failures:
                source.note(failure, shown=shown)
            step()
            yield article


def _print(coded: Iterable[Coded], form: Format, source: Input, out: list[Path]) -> None:
    from rallybook.publishing.formats import write as write_file  # noqa: PLC0415
    from rallybook.publishing.spool import Spool  # noqa: PLC0415

    text = _text_format(form, source)
    if not out:
        write(text.lines(coded))
        return
    with Spool() as spool:
        write(text.lines(spool.through(coded)))
        for path in out:
            write_file(spool.read(), path)


def write(lines: Iterable[str]) -> None:
    """Print results piece by piece, so that a reader of the pipe has each at once."""
    for line in lines:
        sys.stdout.write(line)
        sys.stdout.flush()


def write_bytes(pieces: Iterable[bytes]) -> None:
    """Print results as bytes piece by piece."""
    sys.stdout.flush()
    for piece in pieces:
        sys.stdout.buffer.write(piece)
        sys.stdout.buffer.flush()


def _text_format(form: Format, source: Input) -> TextFormat:
    if form is not Format.TABLE:
        from rallybook.publishing.formats import text_format  # noqa: PLC0415

        return text_format(form.value)
    from rallybook.publishing.terminal import TerminalTable  # noqa: PLC0415

    return TerminalTable(width=terminal_width(), colour=coloured(), heading=source.heading)


def terminal_width() -> int:
    """Give the width of the terminal, 120 at most: longer lines are hard to read; 80 where there is none."""
    return min(shutil.get_terminal_size((80, 24)).columns, 120)


def coloured() -> bool:
    """Tell whether stdout wants colours (a terminal, and NO_COLOR is not set, see no-color.org)."""
    import os  # noqa: PLC0415

    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def _check(out: list[Path]) -> None:
    from rallybook.publishing.formats import check_suffix  # noqa: PLC0415

    for path in out:
        check_suffix(path)
