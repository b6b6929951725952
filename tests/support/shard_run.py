"""`rallybook` as a program of its own, with small shards and, but for Ray, a coder that notes what it codes.

Workers of this machine import it, too: what is replaced here is replaced there.

    NOTES=FILE python shard_run.py add … (without NOTES the coders that there are)

DEADLY is the id of an article that kills whoever codes it.
"""

import os
import signal
import time
from functools import partial

# beside this file
from fake_coder import FakeCoder
from fake_linker import FakeLinker

from rallybook import api
from rallybook.sources import shards

NOTES = os.environ.get("NOTES")
# some ten articles
shards.shards = partial(shards.shards, sizes=shards.Sizes(lines=800))


class NotingCoder(FakeCoder):
    """Takes some time for an article, as real ones do, and notes that it was coded."""

    def code(self, article):
        if article.id == os.environ.get("DEADLY"):
            os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(0.03)
        noted = os.open(NOTES, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.write(noted, f"{article.id}\n".encode())
        os.close(noted)
        return super().code(article)


if NOTES:
    coder, linker = NotingCoder(), FakeLinker()
    api.coder = lambda *_, **__: coder
    api.linker = lambda: linker

if __name__ == "__main__":
    from rallybook.cli.app import run

    run()
