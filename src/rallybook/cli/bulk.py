"""What `rallybook add` does where files are many or large: shards, and who runs them."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

import typer

from rallybook.cli.code import Reader
from rallybook.cli.inputs import Input, jobs_of
from rallybook.cli.progress import progress
from rallybook.errors import InputError
from rallybook.model.keeping import Added


class Runner(StrEnum):
    """Who runs the work on shards."""

    LOCAL = "local"
    RAY = "ray"


RUNNER = typer.Option(
    "--runner",
    metavar="local|ray",
    help="Who codes large inputs: worker processes of this machine (the default), or a Ray cluster (docs/cluster.md).",
)
ADDRESS = typer.Option(
    "--address",
    metavar="auto|HOST:PORT",
    help="The head of the Ray cluster (default: Ray is started on this machine for the run).",
)
LEDGER = typer.Option(
    "--ledger",
    metavar="DIR",
    help="Where a large run keeps what is done, to be taken up there (default: BOOK.shards).",
)


class Where(NamedTuple):
    """What a user said of who runs the work, and where what is done is kept."""

    runner: Runner | None
    address: str | None
    ledger: Path | None

    def checked(self) -> bool:
        """Tell whether a run in shards is asked for; raises `InputError` for an address that nobody asks."""
        if self.address is not None and self.runner is not Runner.RAY:
            raise InputError("--address", self.address, "none without --runner ray")
        return self.runner is not None or self.ledger is not None


def in_shards(where: Where, source: Input, coder: Reader) -> bool:
    """Tell whether the inputs are cut into shards: where that is asked for, and where they are large.

    Raises `InputError` where it is asked for and cannot be done.
    """
    asked = where.checked()
    if problem := _problem(source, coder):
        if asked:
            option, value = (
                ("--runner", where.runner.value) if where.runner else ("--ledger", str(where.ledger))
            )
            raise InputError(option, value, problem)
        return False
    if asked:
        return True
    from rallybook.bulk import is_large  # noqa: PLC0415 - start-up time

    return is_large(source.paths)


def add_in_shards(
    book: str,
    source: Input,
    where: Where,
    *,
    jobs: str | None,
    by: str | Path,
    min_confidence: float | None,
) -> Added:
    """Add files by shards; give what became of their articles."""
    from rallybook.bulk import add_files  # noqa: PLC0415 - start-up time

    runner = where.runner or Runner.LOCAL
    workers = jobs_of(jobs)
    with progress(source.paths, printing=False) as step:
        return add_files(
            book,
            source.paths,
            step=step,
            runner=runner.value,
            address=where.address,
            jobs=None if jobs is None and runner is Runner.RAY else workers,
            ledger=where.ledger,
            published=source.published,
            pages=source.pages.value,
            posts=source.posts,
            by=by,
            min_confidence=min_confidence,
        )


def _problem(source: Input, coder: Reader) -> str:
    """Tell why inputs cannot be cut into shards; empty where they can."""
    if coder is Reader.LLM:
        return "none with --coder llm"
    if source.keep_photos:
        return "none with --keep-photos"
    if source.table:
        return "none with --table"
    others = [path for path in source.paths if path == "-" or "://" in path]
    return f"files and folders only, not {others[0]}" if others else ""
