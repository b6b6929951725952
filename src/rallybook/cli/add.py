"""`rallybook add`: code articles and keep them in the book."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from rallybook.api import bound_of
from rallybook.book.address import shown
from rallybook.cli.book import BOOK, DEFAULT, opened, said
from rallybook.cli.bulk import ADDRESS, LEDGER, RUNNER, Runner, Where, add_in_shards, in_shards
from rallybook.cli.code import CODER, MIN_CONFIDENCE, MODEL, Reader, reader
from rallybook.cli.endpoint import LLM_MODEL, LLM_PRICES, LLM_URL, announced, endpoint_for
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
    Pages,
    aside,
    jobs_of,
    noted,
)
from rallybook.cli.progress import progress
from rallybook.model.keeping import Added

# reasons that are told in a summary, the most frequent first
_REASONS = 5


def add(  # noqa: PLR0913 - one for each option of the command
    paths: Annotated[list[str] | None, PATHS] = None,
    *,
    book: Annotated[str, BOOK] = DEFAULT,
    published: Annotated[str | None, PUBLISHED] = None,
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
    pages: Annotated[Pages, PAGES] = Pages.LIKELY,
    runner: Annotated[Runner | None, RUNNER] = None,
    address: Annotated[str | None, ADDRESS] = None,
    ledger: Annotated[Path | None, LEDGER] = None,
) -> None:
    """Code articles and keep them in the book; the same article again adds nothing.

    Of web archives the pages whose words tell no protest are counted only (see --pages). A run that was cut off goes on
    where it was when it is started again. Of many or large files what is done is kept in a folder beside the book.
    """
    with quiet_exits():
        workers = jobs_of(jobs)
        endpoint = endpoint_for(coder.value, url=llm_url, model=llm_model, prices=llm_prices)
        bound = bound_of(coder.value, min_confidence)
        by = reader(coder, model)
        source = Input(
            paths or [],
            published,
            allow_private=allow_private,
            posts=posts,
            keep_photos=keep_photos,
            table=table,
            pages=pages,
            waiting=endpoint is None,
        )
        if in_shards(where := Where(runner, address, ledger), source, coder):
            tell(add_in_shards(book, source, where, jobs=jobs, by=by, min_confidence=bound), book)
            return
        items = announced(source.articles(), endpoint) if endpoint else source.items()
        with opened(book, create=True) as kept, progress(source.paths, printing=False) as step:
            added = kept.add(items, jobs=workers, by=by, min_confidence=bound, endpoint=endpoint, step=step)
        for line in source.tables():
            said(line)
        tell(_with_set_aside(added, source.set_aside), book)


def _with_set_aside(added: Added, here: Counter[str]) -> Added:
    """Give what became of the articles, with the pages that were set aside before they came to the book."""
    return msgspec.structs.replace(
        added,
        set_aside=added.set_aside + here["words"],
        other_language=added.other_language + here["language"],
    )


def tell(added: Added, book: str) -> None:
    """Name on stderr what failed, and what became of the rest; raises the exit where something failed."""
    for failure in added.failed:
        noted(failure)
    if added.unnamed:
        said(f"and {added.unnamed:,} failures more, which are in the book")
    for line in summary(added, book):
        said(line)
    if added.failed:
        raise typer.Exit(SOME_FAILED)


def summary(added: Added, book: str) -> Iterator[str]:
    """Give what became of the articles, in lines."""
    telling = added.new - added.no_event
    failed = len(added.failed) + added.unnamed
    yield f"{shown(book)}: {added.new:,} new, {added.there:,} already there, {failed:,} failed"
    yield from aside(added.set_aside, added.other_language)
    if added.taken_down:
        yield f"taken down before, not added: {added.taken_down:,}"
    yield f"of the new ones {telling:,} tell {added.records:,} events, {added.no_event:,} tell none"
    stages = Counter(failure.stage for failure in added.failed)
    for stage, count in stages.most_common(_REASONS):
        example = next(failure.reason for failure in added.failed if failure.stage == stage)
        yield f"failed at {stage}: {count:,}, such as {example}"
