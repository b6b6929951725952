"""Work on one machine: in this process, or in several."""

from __future__ import annotations

import itertools
import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any

import msgspec

from rallybook.errors import InputError, RunningError
from rallybook.model.article import Article
from rallybook.model.outcome import Coded, Failure
from rallybook.ports import Coder, Item, Result

# a chunk of 8 articles takes some tens of milliseconds: much more than its way to a worker and back
_CHUNK = 8
# chunks in flight for each worker: enough that none waits, few enough that memory stays small
_AHEAD = 4
_MOST_JOBS = 256


class LocalRunner:
    """Runs work in this process (one job) or in a pool of worker processes."""

    def __init__(self, jobs: int, *, chunk: int = _CHUNK, ahead: int = _AHEAD, spawn: bool = False) -> None:
        """Take the number of processes; raises `InputError` for one that is not between 1 and 256.

        A process gets `chunk` items at a time, and `ahead` times as many are read for each before the first is done.
        With `spawn` they are started afresh, as they must be where others work in threads of this process.
        """
        self._jobs = checked_jobs(jobs)
        self._chunk = chunk
        self._ahead = ahead
        self._spawn = spawn

    def run(self, work: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        """Give the results in the order of the items, reading only a few items ahead.

        What `work` needs beside its item (a coder, a gazetteer) it should get from a function with a cache,
        so that it is made once a process. Raises `RunningError` when a process dies; what `work` raises
        is raised here.
        """
        return map(work, items) if self._jobs == 1 else self._pooled(work, items)

    def _pooled(self, work: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        # fork starts a worker in milliseconds and needs nothing pickled; not every system has it
        fork = not self._spawn and "fork" in multiprocessing.get_all_start_methods()
        context = multiprocessing.get_context("fork" if fork else "spawn")
        pool = ProcessPoolExecutor(self._jobs, context, initializer=_start, initargs=(work,))
        flying: deque[Future[list[Result]]] = deque()
        given = 0
        try:
            for chunk in _chunks(items, self._chunk):
                flying.append(pool.submit(_work_on, chunk))
                if len(flying) >= self._ahead * self._jobs:
                    results = flying.popleft().result()
                    yield from results
                    given += len(results)
            while flying:
                results = flying.popleft().result()
                yield from results
                given += len(results)
        except BrokenProcessPool as error:
            raise RunningError(given, self._jobs) from error
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def checked_jobs(jobs: int) -> int:
    """Give a number of processes; raises `InputError` for one that is not between 1 and 256."""
    if not 1 <= jobs <= _MOST_JOBS:
        raise InputError("jobs", jobs, f"1 to {_MOST_JOBS}")
    return jobs


def guarded(coder: Coder, given: Article | Failure) -> Coded:
    """Code what a source gave: a failure is handed on, an error while coding becomes a failure."""
    if isinstance(given, Failure):
        return Coded(id=given.article, coder=coder.version, failures=(given,))
    outcome = attempted(coder.code, given, stage="code")
    if not isinstance(outcome, Failure):
        return outcome
    return Coded(
        id=given.id,
        published=given.published,
        language=given.language,
        coder=coder.version,
        failures=(outcome,),
    )


def attempted(work: Callable[[Article], Result], article: Article, *, stage: str) -> Result | Failure:
    """Do some work on an article; an error becomes a failure at this stage."""
    try:
        return work(article)
    except Exception as error:  # noqa: BLE001 - one article must not stop the others
        return Failure(article.id, stage, f"{article.id}: {type(error).__name__}: {error}")


def one_each(outcomes: Iterable[Coded]) -> Iterator[Coded]:
    """Join a failure of the source with the article that follows it, where both bear the same id.

    A row whose date is no date comes as a failure and then as an article; it is one article all the same.
    """
    held: Coded | None = None
    for outcome in outcomes:
        joined = outcome
        if held is not None:
            if held.id == outcome.id:
                joined = msgspec.structs.replace(outcome, failures=held.failures + outcome.failures)
            else:
                yield held
            held = None
        if _of_the_source(outcome):
            held = joined
        else:
            yield joined
    if held is not None:
        yield held


def _of_the_source(outcome: Coded) -> bool:
    return not outcome.events and any(failure.stage == "read" for failure in outcome.failures)


def _chunks(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    rest = iter(items)
    while chunk := list(itertools.islice(rest, size)):
        yield chunk


# the work of this worker process, given once when it started
_work: list[Callable[[Any], Any]] = []


def _start(work: Callable[[Item], Result]) -> None:
    # an interrupt is for the main process, which then stops the workers
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _work[:] = [work]


def _work_on(chunk: list[Item]) -> list[Any]:
    return [_work[0](item) for item in chunk]
