"""Many files into a book: cut into shards, coded by workers here or elsewhere, taken up where a run was cut off."""

from __future__ import annotations

import datetime as dt
import os
import secrets
import uuid
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import msgspec

from rallybook import api, opened
from rallybook.errors import InputError, LedgerError
from rallybook.model.article import Article
from rallybook.model.keeping import Added
from rallybook.model.outcome import Coded, Failure
from rallybook.model.shard import Shard, ShardOutcome
from rallybook.ports import Book, ShardRunner
from rallybook.shard_reading import What, shard_reading

if TYPE_CHECKING:
    from rallybook.running.ledger import Ledger, Marker
    from rallybook.running.shard_work import Line

Item = Article | Failure
RUNNERS = ("local", "ray")
PAGES = ("likely", "all")
# failures of a run that are held in memory and named; the book has them all
_NAMED = 10_000
_STAGE = "run"


class How(TypedDict, total=False):
    """How `add_files` does its work.

    `runner` is one of `RUNNERS`; `address` is the head of a Ray cluster ("auto", or "HOST:PORT"), without which Ray
    runs on this machine; `jobs` is the number of workers, by default one for each core; `ledger` is the folder in which
    is kept what is done, by default beside the book. `pages` is "likely" (of web archives only the pages whose words
    may tell a protest are read to the end) or "all". With `posts` the rows of tables are posts, whose photos workers
    find beside them. `published`, `by` and `min_confidence` are those of `code`.
    """

    runner: str
    address: str | None
    jobs: int | None
    ledger: str | Path | None
    published: dt.date | str | None
    pages: str
    posts: bool
    by: str | Path
    min_confidence: float | None


def add_files(
    book: str | Path,
    paths: Sequence[str | Path],
    *,
    step: Callable[[], None] | None = None,
    **how: Unpack[How],
) -> Added:
    """Code the articles of files and folders, keep them in a book and link them; give what became of them.

    The work is cut into shards, which worker processes (runner "local") or a Ray cluster ("ray") read and code; this
    process keeps and links. A run that was cut off goes on when it is started again, with whatever runner: no more is
    done again than the shards that the workers were at. A worker that dies is replaced; an article at which two have
    died is passed over and named as a failure, and tried again by the next run. `step` is called once an article;
    the other options are those of `How`.

    Call it below `if __name__ == "__main__":`, as workers import the script that they are started from. Raises
    `InputError`, `BookError`, `LedgerError` and `RunnerError`.
    """
    from rallybook.running.ledger import Ledger  # noqa: PLC0415 - start-up time
    from rallybook.running.shard_work import ShardWork  # noqa: PLC0415

    if unknown := sorted(how.keys() - How.__annotations__.keys()):
        raise InputError("option", unknown[0], How.__annotations__)
    by, bound = how.get("by", api.CODERS[0]), how.get("min_confidence")
    published = api.as_day(how.get("published"))
    if by == "llm":
        raise InputError("coder", by, "tagger, rules or a model of your own where many files are added")
    pages = how.get("pages", PAGES[0])
    if pages not in PAGES:
        raise InputError("pages", pages, PAGES)
    by = by.resolve() if isinstance(by, Path) else by  # workers may have another folder
    coder = api.coder(by, bound)  # what cannot be used is said before the first article
    settings = {"coder": coder.version, "min_confidence": "" if bound is None else str(bound)}
    # workers elsewhere do not reach the book
    near = str(book) if how.get("runner", RUNNERS[0]) == RUNNERS[0] else None
    place = Path(how.get("ledger") or _beside(str(book)))
    with Ledger(place, settings) as ledger, closing(_runner(how)) as runner, opened.open(book) as kept:
        ledger.begin()
        work = ShardWork(
            place.resolve(),
            uuid.uuid4().hex,
            shard_reading(by, bound, What(published, pages, _salt(how)), near),
        )
        run = _Run(kept.book, ledger, step or _unheard)
        run.add(_shards(paths, run.note), partial(runner.run, work))
        # the workers of a cluster are not on this machine, which links, and Ray leaves threads behind
        jobs = (near and how.get("jobs")) or _cores()
        kept.book.link(runner=opened.sharers(jobs, spawn=True) if jobs > 1 else None)
        ledger.finish()
        return run.added


def is_large(paths: Sequence[str]) -> bool:
    """Tell whether files and folders are so much that a run takes minutes, and being cut off would be a loss."""
    from rallybook.sources.shards import large  # noqa: PLC0415 - start-up time

    return large(paths, most_bytes=16 << 20, most_files=2_000)


def _beside(book: str) -> str:
    return f"{opened.DEFAULT_BOOK if '://' in book else book}.shards"


def _salt(how: How) -> str | None:
    """Give the salt of the authors of posts; without one in the environment it is another for each run."""
    return (os.environ.get(api.SALT) or secrets.token_hex(32)) if how.get("posts") else None


def _runner(how: How) -> ShardRunner:
    name, address, jobs = how.get("runner", RUNNERS[0]), how.get("address"), how.get("jobs")
    if name not in RUNNERS:
        raise InputError("runner", name, " or ".join(RUNNERS))
    if name == "ray":
        from rallybook.running.ray import RayPool  # noqa: PLC0415 - part of the extra

        return RayPool(jobs, address)
    if address is not None:
        raise InputError("address", address, "none with the runner local")
    from rallybook.running.pool import LocalPool  # noqa: PLC0415 - start-up time

    return LocalPool(_cores() if jobs is None else jobs)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _unheard() -> None:
    """Hear of an article that is done, and say nothing."""


def _shards(paths: Sequence[str | Path], failed: Callable[[Failure], None]) -> Iterator[Shard]:
    from rallybook.sources.shards import shards  # noqa: PLC0415 - start-up time

    # workers may have another folder
    for found in shards([os.path.abspath(path) if Path(path).exists() else str(path) for path in paths]):  # noqa: PTH100
        if isinstance(found, Shard):
            yield found
        else:
            failed(found)


class _Run:
    """One run: what has become of its shards so far."""

    def __init__(self, book: Book, ledger: Ledger, step: Callable[[], None]) -> None:
        self._book = book
        self._ledger = ledger
        self._step = step
        self.added = Added()

    def add(self, shards: Iterator[Shard], run: Callable[[Iterator[Shard]], Iterator[ShardOutcome]]) -> None:
        """Keep what comes of the shards; those that the ledger has and the book has not are done again."""
        lost = [outcome.shard for outcome in run(shards) if not self._take(outcome)]
        for outcome in run(iter(lost)) if lost else ():
            if not self._take(outcome):
                reason = f"{outcome.shard.name}: what was coded of it cannot be read"
                self.note(Failure(outcome.shard.name, _STAGE, reason))

    def note(self, failure: Failure) -> None:
        """Keep a failure, and name it."""
        self._count(self._book.keep((), (failure,)))

    def _take(self, outcome: ShardOutcome) -> bool:
        if outcome.state == "stopped":
            raise LedgerError(
                str(self._ledger.folder), outcome.reason, "a folder with room; start again to go on"
            )
        if outcome.state == "failed":
            self.note(Failure(outcome.shard.name, _STAGE, outcome.reason))
        elif outcome.state == "kept":
            return self._again(outcome.key)
        else:
            try:
                self._keep(outcome.key)
            except (OSError, EOFError, zlib.error, msgspec.MsgspecError):
                self._ledger.discard(outcome.key)  # damaged by a disk, not by a kill
                return False
        return True

    def _again(self, key: str) -> bool:
        """Count a shard that was done before; False where the book has not got it: another one, or an older copy."""
        marker = self._ledger.marker(key)
        if marker.last and not self._has(marker.last):
            self._ledger.forget(key)
            return False
        self._count(Added(failed=marker.failed))
        self._count_unread(marker, marker.articles)
        for _ in range(marker.articles):
            self._step()
        return True

    def _has(self, article: str) -> bool:
        try:
            self._book.article(article)
        except InputError:
            return False
        return True

    def _keep(self, key: str) -> None:
        from rallybook.book.adding import append  # noqa: PLC0415 - start-up time
        from rallybook.running.ledger import Marker  # noqa: PLC0415

        lines = _Lines(self._ledger.result(key))
        kept = append(self._book, lines, step=self._step)
        end = lines.end
        there, taken_down = kept.there + end.there, kept.taken_down + end.taken_down
        self._count_unread(end, end.there)
        self._count(kept)
        if end.passed:
            self._ledger.discard(key)  # perhaps there is more memory next time
            return
        marker = Marker(
            articles=kept.new + there,
            taken_down=taken_down,
            set_aside=end.set_aside,
            other_language=end.other_language,
            last=lines.last,
            failed=kept.failed,
        )
        self._ledger.mark(key, marker)

    def _count_unread(self, told: Line | Marker, there: int) -> None:
        """Count what of a shard did not come to the book: articles that were there or taken down, pages set aside."""
        aside = told.set_aside, told.other_language
        self._count(
            Added(there=there, taken_down=told.taken_down, set_aside=aside[0], other_language=aside[1])
        )
        for _ in range(sum(aside)):
            self._step()

    def _count(self, more: Added) -> None:
        added = {name: getattr(self.added, name) + getattr(more, name) for name in Added.__struct_fields__}
        added["unnamed"] += max(len(added["failed"]) - _NAMED, 0)
        added["failed"] = added["failed"][:_NAMED]
        self.added = Added(**added)


class _Lines:
    """The articles of a shard with what was coded of them; afterwards `end` and `last` tell of the rest of it."""

    def __init__(self, path: Path) -> None:
        from rallybook.running.shard_work import Line  # noqa: PLC0415 - start-up time

        self._path = path
        self.end = Line()
        self.last = ""

    def __iter__(self) -> Iterator[tuple[Item, Coded]]:
        from rallybook.book.facts import RETRIED  # noqa: PLC0415 - start-up time
        from rallybook.running.shard_work import coded_lines  # noqa: PLC0415

        for line in coded_lines(self._path):
            item = line.article or line.failure
            if item is None or line.coded is None:
                self.end = line
                self.last = self.last or line.last
                continue
            if isinstance(item, Article) and not any(f.stage == RETRIED for f in line.coded.failures):
                self.last = item.id
            yield item, line.coded
