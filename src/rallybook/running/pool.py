"""Shards on one machine: worker processes, of which each may die without the others."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import NamedTuple

from rallybook.errors import RunningError
from rallybook.model.shard import Shard, ShardOutcome
from rallybook.running.local import checked_jobs

Work = Callable[[Shard], ShardOutcome]
# the work itself gives a shard up before this; whoever dies before he knows the shard ends here
_MOST_DEATHS = 8
# so many deaths with no shard done between them, for each worker: nothing will come of it
_IN_A_ROW = 8
# the one that a worker is at, and the next, so that it need not wait for a driver that writes to the book
_TASKS = 2
# how often a worker looks whether its driver is still there
_LOOK_S = 0.5


class LocalPool:
    """Runs the work on shards in worker processes; a shard whose worker died is given to another."""

    def __init__(self, jobs: int) -> None:
        """Take the number of processes; raises `InputError` for one that is not between 1 and 256."""
        self._jobs = checked_jobs(jobs)

    def run(self, work: Work, shards: Iterable[Shard]) -> Iterator[ShardOutcome]:
        """Give what became of each shard as it is done, whatever their order.

        Workers begin anew, not as a copy of this process: `work` is found by its name, and a script that runs this
        needs `if __name__ == "__main__":`. Raises `RunningError` where workers die and no shard gets done.
        """
        crew = _Crew(work, self._jobs)
        todo = iter(shards)
        again: deque[_Task] = deque()
        done = in_a_row = 0
        try:
            while True:
                while (worker := crew.free()) and (task := again.popleft() if again else _first(todo)):
                    worker.take(task)
                if not crew.busy():
                    return
                outcomes, died = crew.finished()
                again.extendleft(died)
                in_a_row = 0 if outcomes else in_a_row + len(died)
                if in_a_row > _IN_A_ROW * self._jobs:
                    raise RunningError(done, self._jobs)
                outcomes += [_given_up(task) for task in again if task.deaths >= _MOST_DEATHS]
                again = deque(task for task in again if task.deaths < _MOST_DEATHS)
                done += len(outcomes)
                yield from outcomes
        finally:
            crew.stop()

    def close(self) -> None:
        """Nothing is left to let go of: the workers end with each run."""


class _Task(NamedTuple):
    """A shard, and how many workers have died at it."""

    shard: Shard
    deaths: int = 0


def _first(shards: Iterator[Shard]) -> _Task | None:
    shard = next(shards, None)
    return None if shard is None else _Task(shard)


def _given_up(task: _Task) -> ShardOutcome:
    reason = f"{task.shard.name}: given up: {task.deaths} worker processes died at it"
    return ShardOutcome(shard=task.shard, state="failed", reason=reason)


class _Worker:
    """A worker process and the tasks that it was given: it is at the first, and finds the next when that is done."""

    def __init__(self, work: Work) -> None:
        # not a fork: a copy of a process that has a book open must not open it again
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.process: SpawnProcess = context.Process(
            target=_serve, args=(work, theirs, os.getpid()), daemon=True
        )
        self.process.start()
        theirs.close()
        self.tasks: deque[_Task] = deque()

    def take(self, task: _Task) -> None:
        self.tasks.append(task)
        # one that has died is found where its outcome is asked for
        with contextlib.suppress(OSError):
            self.connection.send(task.shard)

    def outcome(self) -> ShardOutcome | None:
        """Give what it says of its first task; None where it has died."""
        try:
            said: ShardOutcome = self.connection.recv()
        except (EOFError, OSError):
            return None
        self.tasks.popleft()
        return said


class _Crew:
    """The workers; no more than `jobs`, and no more than there is work for."""

    def __init__(self, work: Work, jobs: int) -> None:
        self._work = work
        self._jobs = jobs
        self._workers: list[_Worker] = []

    def free(self) -> _Worker | None:
        """Give the worker that has least to do, if it can be given more; the first ones are made as they are needed."""
        least = min(self._workers, key=lambda worker: len(worker.tasks), default=None)
        if (least is None or least.tasks) and len(self._workers) < self._jobs:
            least = _Worker(self._work)
            self._workers.append(least)
        return least if least and len(least.tasks) < _TASKS else None

    def busy(self) -> bool:
        return any(worker.tasks for worker in self._workers)

    def finished(self) -> tuple[list[ShardOutcome], list[_Task]]:
        """Wait for workers; give what they say of their tasks, and the tasks of those that have died."""
        busy = {worker.connection: worker for worker in self._workers if worker.tasks}
        outcomes: list[ShardOutcome] = []
        died: list[_Task] = []
        for connection in wait(list(busy)):
            worker = busy[connection]  # type: ignore[index]
            if (outcome := worker.outcome()) is not None:
                outcomes.append(outcome)
                continue
            self._workers.remove(worker)
            _end(worker)
            first, *others = worker.tasks
            died += [*others, _Task(first.shard, first.deaths + 1)]
        return outcomes, died

    def stop(self) -> None:
        for worker in self._workers:
            worker.process.terminate()
        for worker in self._workers:
            _end(worker)


def _end(worker: _Worker) -> None:
    worker.connection.close()
    worker.process.join(2)
    if worker.process.is_alive():
        worker.process.kill()
        worker.process.join()
    worker.process.close()


def _serve(work: Work, connection: Connection, driver: int) -> None:
    """Do what the driver gives, as long as it is there."""
    # an interrupt is for the driver, which then stops the workers
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with, args=(driver,), daemon=True).start()
    while True:
        try:
            connection.send(work(connection.recv()))
        except (EOFError, OSError):
            return


def _leave_with(driver: int) -> None:
    """End this process at once when the driver is gone; what it was at is done again by the next run."""
    while os.getppid() == driver:
        time.sleep(_LOOK_S)
    os._exit(1)
