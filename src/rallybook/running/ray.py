"""Shards on a Ray cluster, or on this machine by Ray: the only module that imports ray."""

from __future__ import annotations

import itertools
import logging
import os
import pickle
import re
import socket
import warnings
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from rallybook.errors import InputError, RunnerError, RunningError
from rallybook.model.shard import Shard, ShardOutcome
from rallybook.running.local import checked_jobs

Work = Callable[[Shard], ShardOutcome]
# read when ray is imported: nothing about the use is sent anywhere, and what it says of itself stays in its own logs
_QUIET = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_DATA_DISABLE_PROGRESS_BARS": "1",
    "RAY_BACKEND_LOG_LEVEL": "fatal",
}
# how long to wait for the head of a cluster
_WAIT_S = 5.0
# shards that Ray is given at a time: it keeps some kilobytes for each in the driver
_WAVE, _WAVE_OF_WORKER = 2_000, 64
# only names of shards pass through Ray's own store
_STORE_BYTES = 100 << 20
_GUARDED = "where the cluster asks for a token, RAY_AUTH_MODE=token and the same token here (docs/cluster.md)"
_SAME = "nodes with the same rallybook, and the same files at the same paths (docs/cluster.md)"
_RAISED = re.compile(r"(?!ray\.)[\w.]*(?:Error|Exception)\b: ")
_ADDRESSES = "auto (the cluster of this machine), or HOST:PORT of a head that `ray start --head` named"


class RayPool:
    """Runs the work on shards in actors of Ray, each of which keeps its models; what dies is started anew."""

    def __init__(self, jobs: int | None, address: str | None) -> None:
        """Take the number of actors (by default one for each CPU) and the address of a cluster.

        Without an address Ray is started on this machine, for this run alone. Raises `RunnerError` where ray is not
        installed and where nothing answers at the address, `InputError` for what is no address.
        """
        if jobs is not None:
            checked_jobs(jobs)
        if address is not None:
            _check(address)
        self._ray = _imported()
        self._jobs, self._gpus = self._connected(jobs, address)

    def run(self, work: Work, shards: Iterable[Shard]) -> Iterator[ShardOutcome]:
        """Give what became of each shard as it is done, whatever their order; raises `RunningError`."""
        rest = iter(shards)
        size = max(_WAVE, _WAVE_OF_WORKER * self._jobs)
        done = 0
        try:
            while wave := list(itertools.islice(rest, size)):
                for outcome in self._wave(work, wave):
                    yield outcome
                    done += 1
        except self._ray.exceptions.RayActorError as error:
            raise RunningError(done, self._jobs) from error
        except self._ray.exceptions.RayError as error:
            raise RunnerError("ray", _last_error(str(error)), _SAME) from error

    def close(self) -> None:
        """Let go of the cluster; what was started on this machine ends."""
        self._ray.shutdown()

    def _wave(self, work: Work, wave: list[Shard]) -> Iterator[ShardOutcome]:
        data: Any = self._ray.data
        # not given to the actors as they are made: Ray starts one that has died anew without what it was given
        task = pickle.dumps(work)
        rows = [{"work": task, "shard": pickle.dumps(shard)} for shard in wave]
        jobs = min(self._jobs, len(wave))
        mapped = data.from_items(rows, override_num_blocks=len(rows)).map(
            _Actor,
            compute=data.ActorPoolStrategy(size=jobs),
            num_cpus=1,
            num_gpus=self._gpus,
        )
        for row in mapped.iter_rows():
            yield pickle.loads(row["outcome"])  # noqa: S301 - what our own workers say

    def _connected(self, jobs: int | None, address: str | None) -> tuple[int, float]:
        """Give the number of actors, and how much of a GPU each has."""
        ray = self._ray
        quiet = {"logging_level": logging.ERROR, "log_to_driver": False}
        try:
            if address is None:
                ray.init(
                    num_cpus=jobs,
                    include_dashboard=False,
                    object_store_memory=_STORE_BYTES,
                    _node_ip_address="127.0.0.1",
                    **quiet,
                )
            else:
                ray.init(address=address, **quiet)
        except (ConnectionError, RuntimeError, ValueError) as error:
            said = str(error).splitlines()[0][:200]
            raise RunnerError(
                f"ray {address or 'on this machine'}", said, f"{_ADDRESSES}; {_GUARDED}"
            ) from None
        there = ray.cluster_resources()
        cpus = int(there.get("CPU", 0))
        workers = min(jobs or cpus, cpus)
        if not workers:
            ray.shutdown()
            raise RunnerError(f"ray {address}", "a cluster without CPUs", "one with a node that has some")
        return workers, min(1.0, there.get("GPU", 0) / workers)


class _Actor:
    """A worker of Ray: one process, which keeps what the work has loaded."""

    def __call__(self, row: dict[str, Any]) -> dict[str, Any]:
        work, shard = (pickle.loads(row[name]) for name in ("work", "shard"))  # noqa: S301 - what our own driver says
        return {"outcome": pickle.dumps(work(shard))}


def _last_error(said: str) -> str:
    """Give what was raised in a worker, of all that Ray says of it."""
    raised = [line.strip() for line in said.splitlines() if _RAISED.match(line.strip())]
    return (raised or said.splitlines() or ["an error without words"])[-1][:300]


def _imported() -> Any:  # noqa: ANN401 - ray has no types here
    for name, value in _QUIET.items():
        os.environ.setdefault(name, value)
    # Ray puts a time of its own into whatever anybody logs in this process
    records = logging.getLogRecordFactory()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import ray  # noqa: PLC0415 - part of the extra
            import ray.data  # noqa: PLC0415

            ray.data.DataContext.get_current().enable_progress_bars = False
    except ModuleNotFoundError as error:
        allowed = "the extra ray: pip install 'rallybook[ray]'; --runner local needs nothing"
        raise RunnerError("ray", f"no {error.name}", allowed) from None
    finally:
        logging.setLogRecordFactory(records)
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    return ray


def _check(address: str) -> None:
    """Raise an error for what is no address, and where nobody listens: Ray itself would wait for two minutes."""
    if address == "auto":
        return
    host, _, port = address.rpartition(":")
    if not host or "/" in address or not port.isdigit() or not 0 < int(port) < 65536:
        raise InputError("address", address, _ADDRESSES)
    try:
        socket.create_connection((host.strip("[]"), int(port)), timeout=_WAIT_S).close()
    except OSError as error:
        said = f"no answer within {_WAIT_S:.0f} s ({error.strerror or error})"
        raise RunnerError(f"ray {address}", said, _ADDRESSES) from None
