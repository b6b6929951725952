"""Work on shards that other processes find by its name, for tests of runners; the path of a shard tells what it is."""

import os
import signal
import time
from pathlib import Path

from rallybook.errors import LedgerError
from rallybook.model.shard import Part, Shard, ShardOutcome
from rallybook.running.ledger import Ledger


def shard(name, folder=""):
    return Shard((Part(f"{folder}/{name}" if folder else name),))


def work(given):
    """Do a shard; "once" kills its worker the first time, "always" whenever it is tried, "slow" takes a while."""
    path = Path(given.parts[0].path)
    if path.name.startswith("slow"):
        time.sleep(0.5)
    if path.name.startswith("always"):
        os.kill(os.getpid(), signal.SIGKILL)
    if path.name.startswith("once"):
        try:
            path.touch(exist_ok=False)
        except FileExistsError:
            pass
        else:
            os.kill(os.getpid(), signal.SIGKILL)
    return ShardOutcome(shard=given, state="coded", key=path.name, reason=str(os.getpid()))


def bounded(given):
    """Do a shard as `work` does, but give it up the fourth time, as work that counts its tries does."""
    path = Path(given.parts[0].path)
    with path.with_suffix(".tries").open("ab") as file:
        file.write(b"x")
        if file.tell() > 3:
            return ShardOutcome(shard=given, state="failed", reason="given up")
    return work(given)


def held(folder, how, said):
    """Try to open a ledger in another process; say what came of it."""
    try:
        with Ledger(folder, how):
            said.put("opened")
    except LedgerError as error:
        said.put(str(error))


class InThisProcess:
    """A runner that remembers which shards it was given; stops before the shard of number `stop`."""

    def __init__(self):
        self.given = []
        self.stop = None
        self.deadly = ()

    def run(self, work, shards):
        for one in shards:
            if self.stop is not None and len(self.given) >= self.stop:
                raise KeyboardInterrupt
            self.given.append(one.name)
            if any(word in one.name for word in self.deadly):
                yield ShardOutcome(shard=one, state="failed", reason=f"{one.name}: given up")
            else:
                yield work(one)

    def close(self):
        pass
