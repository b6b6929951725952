import itertools
import os
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest
from shard_works import shard, work

from rallybook.errors import InputError, RunningError
from rallybook.running.pool import LocalPool

_SUPPORT = Path(__file__).parents[2] / "support"
_ORPHANED = f"""
import sys
sys.path.insert(0, {str(_SUPPORT)!r})
from shard_works import shard, work
from rallybook.running.pool import LocalPool
if __name__ == "__main__":
    for outcome in LocalPool(2).run(work, map(shard, ["a", "b", *(f"slow{{n}}" for n in range(99))])):
        print(outcome.reason, flush=True)
"""


@pytest.mark.parametrize("jobs", [0, 257])
def test_a_number_of_jobs_that_makes_no_sense_is_named(jobs):
    with pytest.raises(InputError, match="jobs"):
        LocalPool(jobs)


def test_no_more_workers_than_there_is_work():
    outcomes = list(LocalPool(8).run(work, [shard("a")]))
    assert [outcome.key for outcome in outcomes] == ["a"]


def test_only_a_few_shards_are_taken_ahead():
    taken = []

    def endless():
        for number in itertools.count():
            taken.append(number)
            yield shard(f"{number}")

    outcomes = LocalPool(2).run(work, endless())
    assert len({next(outcomes).key for _ in range(20)}) == 20
    outcomes.close()
    assert len(taken) <= 20 + 2 * 2 * 2


def test_a_shard_that_kills_before_it_is_known_is_given_up(tmp_path):
    outcomes = {o.key or o.shard.name: o for o in LocalPool(2).run(work, map(shard, ["always", "a", "b"]))}
    assert outcomes["a"].state == outcomes["b"].state == "coded"
    assert outcomes["always"].reason == "always: given up: 8 worker processes died at it"


def test_workers_that_all_die_end_the_run():
    with pytest.raises(RunningError, match="a worker process died after 0 results"):
        list(LocalPool(1).run(partial(_never), map(shard, "abcdef")))


def _never(given):
    """Found by no other process: workers end before they begin."""


def test_workers_end_with_their_driver(tmp_path):
    script = tmp_path / "run.py"
    script.write_text(_ORPHANED)
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True) as driver:
        workers = {int(driver.stdout.readline()) for _ in range(2)}
        driver.kill()
        driver.wait()
        deadline = time.monotonic() + 30
        while any(Path(f"/proc/{worker}").exists() for worker in workers) and time.monotonic() < deadline:
            time.sleep(0.1)
        assert [worker for worker in workers if _runs(worker)] == []


def _runs(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
