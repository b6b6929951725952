"""What every verb that reads articles shares: its arguments, stdin, headings, failures."""

from __future__ import annotations

import datetime as dt
import io
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import typer

from rallybook.api import as_day, post_reader
from rallybook.cli.exits import usage_error
from rallybook.errors import InputError
from rallybook.logs import say
from rallybook.model.article import Article
from rallybook.model.outcome import Failure, SetAside
from rallybook.model.waiting import Item
from rallybook.page_reading import page_reader, told

if TYPE_CHECKING:
    from rallybook.sources.datasets import DataSets

PATHS = typer.Argument(
    metavar="[PATH|URL|-]...",
    help="Files (.txt .md .html .jsonl .csv .warc .warc.gz .warc.zst; tables of other data sets also .tsv .gz .zip), "
    "folders, web addresses, or - for standard input "
    "(also where nothing is named and a pipe is there).",
    show_default=False,
)
PUBLISHED = typer.Option(
    "--published", metavar="DATE", help="Day of publication, YYYY-MM-DD, where the input carries none."
)
ALLOW_PRIVATE = typer.Option(
    "--allow-private",
    help="Fetch from this machine and its own network, too, and from any port (for tests and intranets).",
)
POSTS = typer.Option(
    "--posts",
    help="Rows are posts on social media, with author, time, geotag, hashtags and media (docs/sources.md).",
)
KEEP_PHOTOS = typer.Option(
    "--keep-photos",
    metavar="DIR",
    help="Keep copies of the photos of posts in DIR, without what their files tell.",
)
TABLE = typer.Option(
    "--table",
    metavar="acled|ccc|gdelt|polecat",
    help="Files are of this data set, plain, in gzip or zip (docs/sources.md); what is plainly one needs no option.",
)
PAGES = typer.Option(
    "--pages",
    metavar="all|likely",
    help="Which pages of web archives are read to the end: all, or those whose words may tell a protest.",
)
JOBS = typer.Option("--jobs", metavar="N", help="Worker processes (default: the number of cores).")

_MOST_JOBS = 256
# as many characters as a heading can use
_HEADING_LENGTH = 300


class Pages(StrEnum):
    """Which pages of web archives are read to the end."""

    ALL = "all"
    LIKELY = "likely"


class Options(TypedDict, total=False):
    """How inputs are read."""

    allow_private: bool
    posts: bool
    keep_photos: Path | None
    table: str
    pages: Pages
    # whether pages of archives are read where they are coded: whoever counts or heads the articles needs them before
    waiting: bool


class Input:
    """The articles of a run; remembers which inputs failed and, where they are `headed`, each one's heading."""

    def __init__(
        self,
        paths: Sequence[str],
        published: str | None,
        *,
        headed: bool = False,
        **options: Unpack[Options],
    ) -> None:
        if options.get("keep_photos") and not options.get("posts"):
            raise InputError("--keep-photos", str(options["keep_photos"]), "with --posts only")
        if options.get("table") and options.get("posts"):
            raise InputError("--table", options["table"], "none with --posts")
        self.published = _day(published)
        self.paths = list(paths) or _piped()
        self.failed: list[Failure] = []
        self.set_aside: Counter[str] = Counter()
        self.posts, self.table = options.get("posts", False), options.get("table", "")
        self.keep_photos = options.get("keep_photos")
        self.pages = options.get("pages", Pages.ALL)
        self._headed = headed
        self._options = options
        self._headings: dict[str, str] = {}
        self._datasets = _data_sets(options.get("table", ""))

    def items(self) -> Iterator[Item]:
        """Give the articles, and a failure for each input that cannot be read."""
        from rallybook.sources.named import named  # noqa: PLC0415 - start-up time

        stdin = sys.stdin.buffer if sys.stdin else io.BytesIO()
        items = named(
            self.paths,
            published=self.published,
            stdin=stdin,
            allow_private=self._options.get("allow_private", False),
            posts=post_reader(self.keep_photos) if self.posts else None,
            datasets=self._datasets,
            pages=page_reader(
                likely=self._options.get("pages") is Pages.LIKELY,
                waiting=self._options.get("waiting", False) and not self._headed,
            ),
        )
        for item in items:
            if self._headed and isinstance(item, Article):
                self._headings[item.id] = item.title or item.text[:_HEADING_LENGTH].lstrip()
            yield item

    def tables(self) -> Iterator[str]:
        """Give in lines which files were read as those of other data sets, and how many rows were no protests."""
        for origin, table in self._datasets.told.items():
            rest = f", {table.passed_over:,} passed over: no protests" if table.passed_over else ""
            yield f"{origin}: read as {table.table}, {table.rows:,} rows{rest}"

    def articles(self) -> Iterator[Article | Failure]:
        """Give the articles and failures as they are read here; pages that are not read further are counted."""
        return told(self.items(), self.put_aside)

    def heading(self, article: str) -> str:
        """Give the title or the first words of an article; asked once, then forgotten."""
        return self._headings.pop(article, article)

    def put_aside(self, page: SetAside) -> None:
        """Count a page that was not read further."""
        self.set_aside[page.why] += 1

    def note(self, failure: Failure, *, shown: bool = False) -> None:
        """Keep a failure and name it on stderr, but where the same screen has `shown` it."""
        self.failed.append(failure)
        if shown and sys.stdout.isatty() and sys.stderr.isatty():
            return
        noted(failure)


def aside(words: int, language: int) -> Iterator[str]:
    """Give in a line how many pages were not read further, because of their words and of their language."""
    if words or language:
        yield (
            f"pages set aside, not read further: {words:,} whose words tell no protest, "
            f"{language:,} in languages that cannot be read yet"
        )


def noted(failure: Failure) -> None:
    """Name a failure on stderr."""
    named = not failure.article or failure.reason.startswith(failure.article)
    origin = "" if named else f"{failure.article}: "
    say(f"{origin}{failure.reason}", level="warning", article=failure.article, stage=failure.stage)


def jobs_of(jobs: str | None) -> int:
    """Give the number of worker processes, by default the number of cores; raises `InputError`."""
    return cores() if jobs is None else whole("--jobs", jobs, least=1, most=_MOST_JOBS)


def whole(option: str, value: str, *, least: int, most: int) -> int:
    """Give the whole number that an option received; raises `InputError` with the limits."""
    plain = value.isascii() and value.isdigit() and len(value) <= len(str(most))
    if not plain or not least <= int(value) <= most:
        raise InputError(option, value, f"a whole number, {least} to {most}")
    return int(value)


def cores() -> int:
    """Give the number of cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _data_sets(table: str) -> DataSets:
    from rallybook.sources.datasets import DataSets  # noqa: PLC0415 - start-up time

    return DataSets(table)


def _day(published: str | None) -> dt.date | None:
    return as_day(published)


def _piped() -> list[str]:
    if sys.stdin is None or sys.stdin.isatty():
        raise usage_error("nothing to read: name a PATH, or - for standard input (see --help)")
    return ["-"]
